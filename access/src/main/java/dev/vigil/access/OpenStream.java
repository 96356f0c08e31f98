// SPDX-License-Identifier: Apache-2.0
package dev.vigil.access;

/// An open stream at an enforcement point. A port: the enforcement point ends it on its own thread.
@FunctionalInterface
public interface OpenStream {

  /// Ends the stream; called at most once, from any thread, and must not wait.
  void cut(Verdict why);
}
