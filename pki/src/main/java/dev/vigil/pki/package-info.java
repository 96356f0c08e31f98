// SPDX-License-Identifier: Apache-2.0
/// pki.
@NullMarked
package dev.vigil.pki;

import org.jspecify.annotations.NullMarked;
