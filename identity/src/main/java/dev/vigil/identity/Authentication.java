// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/// One authentication made in a session.
///
/// @param methods RFC 8176 `amr` values such as `hwk`, `swk`, `user`, `fpt`
/// @param userVerified the authenticator verified the person (WebAuthn UV flag)
/// @param credentialId the passkey used, the certificate's thumbprint, or the reference of a
///   sign-in through another provider
/// @param acr the authentication context class that another provider asserted, as it is mapped
public record Authentication(
    Instant at,
    Strength strength,
    Set<String> methods,
    boolean phishingResistant,
    boolean userVerified,
    String credentialId,
    Optional<String> acr) {

  public Authentication {
    methods = Set.copyOf(methods);
  }

  /// One that no other provider vouches for.
  public Authentication(
      Instant at,
      Strength strength,
      Set<String> methods,
      boolean phishingResistant,
      boolean userVerified,
      String credentialId) {
    this(at, strength, methods, phishingResistant, userVerified, credentialId, Optional.empty());
  }

  /// How much an authentication is worth, weakest first.
  public enum Strength {
    /// A workload's certificate over mutual TLS.
    CERTIFICATE("certificate"),
    /// The word of another OpenID provider, whatever it says of how it knows.
    FEDERATED("federated"),
    /// A passkey that may be synced between devices.
    PASSKEY("passkey"),
    /// A passkey bound to one piece of hardware.
    PASSKEY_HARDWARE("passkey-hardware");

    private final String label;

    Strength(String label) {
      this.label = label;
    }

    /// The name in policies and in `acr` values.
    public String label() {
      return label;
    }

    /// The strength of this name.
    public static Optional<Strength> named(String label) {
      return Arrays.stream(values()).filter(one -> one.label.equals(label)).findFirst();
    }
  }
}
