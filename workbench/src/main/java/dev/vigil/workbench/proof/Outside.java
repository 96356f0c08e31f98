// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

/// Something that cannot be said to the solver exactly, so that nothing that rests on it is proved.
///
/// @param where the rule or property it stands in
/// @param what what it is
public record Outside(String where, String what) {

  @Override
  public String toString() {
    return "`" + where + "` is outside of what can be proved: " + what;
  }

  /// Ends a translation.
  static final class Reached extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Reached(String what) {
      super(what, null, false, false);
    }
  }
}
