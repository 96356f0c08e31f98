// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

/// The server does not start; nothing was changed. The message says what and why, [#next] what to
/// do.
public final class StartRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String next;

  StartRefused(String says, String next) {
    super(says);
    this.next = next;
  }

  /// What to do.
  public String next() {
    return next;
  }
}
