// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

/// How a command ends, as scripts see it.
public enum Exit {
  /// It was done.
  DONE(0),
  /// It was refused, or it failed; nothing was changed.
  REFUSED(1),
  /// It was typed in a way that cannot be understood.
  USAGE(2),
  /// Nobody is signed in, or the session has ended.
  NOT_SIGNED_IN(3),
  /// The server does not answer.
  UNREACHABLE(4),
  /// It was only looked at, and something would change.
  CHANGES(5),
  /// It could not be found out.
  UNDECIDED(6);

  private final int code;

  Exit(int code) {
    this.code = code;
  }

  /// The exit code of the process.
  public int code() {
    return code;
  }
}
