// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports;

/// One thing that an administrator should know about what was carried over.
///
/// @param path where it stands in the export, such as `$.conditions.locations`
/// @param why what is the matter
/// @param next what to do
public record Finding(Kind kind, String path, String why, String next) {

  /// How much it matters.
  public enum Kind {
    /// Because of it nothing of the policy was carried over.
    REFUSED,
    /// It was left out, and less is asked for without it.
    MISSING,
    /// It was left out or replaced, and more is asked for than before.
    STRICTER,
    /// Nothing was left out.
    NOTE,
    /// The rule has ids in it, as nobody said what they are called here.
    NAMING
  }

  public Finding {
    path = Plain.line(path, 200);
    why = Plain.line(why, 400);
    next = Plain.line(next, 300);
  }
}
