// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

/// Who would be locked out by policies.
public enum Lockout {
  /// No administrator would reach any app with the tag `administration` any more.
  ADMINISTRATORS("no administrator would reach an app with the tag `administration`"),
  /// Somebody can use an app now, and nobody could use any.
  EVERYBODY("nobody would reach any app, whatever they did");

  private final String says;

  Lockout(String says) {
    this.says = says;
  }

  /// What would happen, in a sentence.
  public String says() {
    return says;
  }
}
