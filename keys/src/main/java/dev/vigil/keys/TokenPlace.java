// SPDX-License-Identifier: Apache-2.0
package dev.vigil.keys;

import java.nio.file.Path;

/// Where a PKCS#11 token is.
///
/// @param library the shared library of whoever made it
/// @param token its label, or `slot:` and a number
/// @param pinFile holds the user's PIN; mode 0600
public record TokenPlace(Path library, String token, Path pinFile) {}
