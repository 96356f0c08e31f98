// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports;

/// What became of something that was exported.
public enum Fate {
  /// It says here what it said there.
  EXACTLY("carried over"),
  /// It is here, and asks for more or of more people than it did.
  STRICTER("carried over, stricter"),
  /// Some of what it asks for is here, and some is not.
  PARTLY("carried over in part"),
  /// Nothing of it is here.
  NOT("not carried over"),
  /// It was switched off there.
  DISABLED("switched off there"),
  /// What it is about cannot happen here, or always is so.
  NEEDLESS("needless here"),
  /// It is not of the kind that is imported.
  OTHER("something else");

  private final String says;

  Fate(String says) {
    this.says = says;
  }

  /// In words.
  public String says() {
    return says;
  }

  /// Whether everything it said is here, or need not be.
  public boolean whole() {
    return switch (this) {
      case EXACTLY, DISABLED, NEEDLESS, OTHER -> true;
      case STRICTER, PARTLY, NOT -> false;
    };
  }

  /// Whether rules were written for it.
  public boolean written() {
    return switch (this) {
      case EXACTLY, STRICTER, PARTLY -> true;
      case NOT, DISABLED, NEEDLESS, OTHER -> false;
    };
  }
}
