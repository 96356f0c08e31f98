// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity;

/// What an authenticator said of itself when a passkey was registered, and how much it is worth
/// (WebAuthn Level 3, section 6.5).
///
/// @param format the attestation statement format, such as `packed` or `none`
public record Attestation(String format, Trust trust) {

  /// Nothing was said: the model is a claim.
  public static final Attestation NONE = new Attestation("none", Trust.NONE);

  /// How far the word of an authenticator about its model reaches, weakest first.
  public enum Trust {
    /// No statement.
    NONE("none"),
    /// Signed by the passkey's own key: proves nothing of the model.
    SELF("self"),
    /// Signed by a certificate that nothing known to us vouches for.
    UNVERIFIED("unverified"),
    /// Signed under a root that verified metadata name for this very model.
    VERIFIED("verified");

    private final String label;

    Trust(String label) {
      this.label = label;
    }

    /// The name in JSON and in the store.
    public String label() {
      return label;
    }
  }

  /// Whether the model is more than a claim.
  public boolean verified() {
    return trust == Trust.VERIFIED;
  }
}
