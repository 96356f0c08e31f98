// SPDX-License-Identifier: Apache-2.0
package dev.vigil.keys;

import dev.vigil.pki.Branch;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a key is for; each key is for one purpose only.
public enum KeyPurpose {
  ROOT,
  DEVICE_AUTHORITY,
  PARTNER_AUTHORITY,
  WORKLOAD_AUTHORITY,
  /// TLS of this server.
  SERVER,
  ACCESS_TOKENS,
  /// The identity header for upstreams.
  IDENTITY_ASSERTIONS,
  /// ID tokens and logout tokens of registered clients.
  ID_TOKENS,
  /// Who we are, at the token endpoints of other OpenID providers.
  CLIENT_ASSERTIONS,
  /// SAML responses: RSA, because few service providers take anything else. Made when it is first
  /// asked for.
  SAML,
  /// The registration authority of SCEP: RSA, because devices encrypt to it. Made when it is first
  /// asked for, and again when the authority for devices changes.
  SCEP_RA;

  /// The name in the key store and in certificates, such as `access-tokens`.
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Whether the key store holds it always: the root's key may be kept elsewhere, those for SAML
  /// and SCEP are made late.
  boolean alwaysHeld() {
    return this != ROOT && this != SAML && this != SCEP_RA;
  }

  /// Whether it may live in a PKCS#11 token: it signs certificates, and nothing else.
  boolean fitsToken() {
    return this == ROOT || branch().isPresent();
  }

  /// The branch that this key issues for; empty if it is no authority.
  public Optional<Branch> branch() {
    return Arrays.stream(Branch.values()).filter(branch -> of(branch) == this).findFirst();
  }

  /// How long a key is known after it was rotated away: longer than anything lives that it signed.
  /// A certificate lives for 90 days at most, and for 30 more its owner is told to renew it.
  Duration knownFor() {
    return branch().isPresent() ? Duration.ofDays(120) : KeyRing.KEPT;
  }

  static KeyPurpose of(Branch branch) {
    return switch (branch) {
      case DEVICE -> DEVICE_AUTHORITY;
      case PARTNER -> PARTNER_AUTHORITY;
      case WORKLOAD -> WORKLOAD_AUTHORITY;
    };
  }
}
