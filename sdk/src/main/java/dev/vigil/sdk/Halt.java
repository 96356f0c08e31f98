// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk;

/// Unwinds a ceremony to the public method that began it, which returns what is inside.
final class Halt extends Exception {

  private static final long serialVersionUID = 1;

  private final transient Refused refused;

  Halt(Refused refused) {
    super(refused.text(), null, false, false);
    this.refused = refused;
  }

  Refused refused() {
    return refused;
  }

  static Halt unreadable(String what) {
    return new Halt(new Refused.Unreachable(what));
  }

  static Halt untrusted(String why) {
    return new Halt(new Refused.NotTrusted(why));
  }
}
