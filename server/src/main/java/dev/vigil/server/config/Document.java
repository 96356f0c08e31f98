// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.config;

import java.net.URI;
import java.nio.file.Path;

/// Where something that others publish, and that changes, comes from.
public sealed interface Document {

  /// A file that somebody else keeps up to date.
  record InFile(Path file) implements Document {}

  /// An https address.
  record At(URI url) implements Document {}
}
