// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

/// A further subcommand of `vigil` that another module brings, found by [java.util.ServiceLoader].
public interface Subcommand {

  /// An object that picocli understands as a command.
  Object command();
}
