// SPDX-License-Identifier: Apache-2.0
package dev.vigil.keys;

import dev.vigil.kernel.Entropy;
import dev.vigil.pki.Branch;
import dev.vigil.pki.Hierarchy;
import dev.vigil.pki.Issuer;
import dev.vigil.pki.SigningKey;
import dev.vigil.pki.Validity;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// For whom keys are made and certified.
///
/// @param organisation the name in the root's certificate
/// @param hosts the host names and addresses of this server, in lower case; at least one
/// @param token where new keys of the root and the authorities are made; empty for the key store's
///   own file
public record Founding(String organisation, List<String> hosts, Optional<Token> token) {

  private static final Duration ROOT_LIFE = Duration.ofDays(3653);
  private static final Duration AUTHORITY_LIFE = Duration.ofDays(1826);
  private static final Duration SERVER_LIFE = Duration.ofDays(398);

  /// With every key in the key store's own file.
  public Founding(String organisation, List<String> hosts) {
    this(organisation, hosts, Optional.empty());
  }

  public Founding {
    hosts = hosts.stream().map(Hierarchy::canonical).distinct().toList();
  }

  /// The first key of every purpose.
  Holding first(Instant now, Entropy entropy) {
    var root =
        generate(
            KeyPurpose.ROOT,
            key -> new Hierarchy(entropy).root(key, organisation, Validity.from(now, ROOT_LIFE)));
    var keys = new EnumMap<KeyPurpose, Held>(Map.of(KeyPurpose.ROOT, root));
    var issuer = new Issuer(root.certificate(), root);
    for (KeyPurpose purpose : KeyPurpose.values()) {
      if (purpose.alwaysHeld()) keys.put(purpose, fresh(purpose, issuer, now, entropy));
    }
    return new Holding(keys, List.of(), root.certificate());
  }

  /// Another key of a purpose that the root certifies.
  ///
  /// @throws dev.vigil.pki.KeyUnavailable if it belongs in the token, or the root is there, and the
  ///   token is away
  Held fresh(KeyPurpose purpose, Issuer root, Instant now, Entropy entropy) {
    return generate(purpose, key -> certify(purpose, key, root, now, entropy));
  }

  private Held generate(KeyPurpose purpose, Function<SigningKey, X509Certificate> certifying) {
    var home = token.filter(_ -> purpose.fitsToken());
    if (home.isEmpty()) return HeldKey.generate(certifying);
    return new TokenKey(home.get().ask(open -> open.generate(purpose, certifying)), home);
  }

  private X509Certificate certify(
      KeyPurpose purpose, SigningKey key, Issuer root, Instant now, Entropy entropy) {
    var hierarchy = new Hierarchy(entropy);
    return switch (purpose) {
      case ROOT -> throw new IllegalArgumentException("the root certifies itself");
      case DEVICE_AUTHORITY ->
          hierarchy.intermediate(
              root, Branch.DEVICE, key.publicKey(), Validity.from(now, AUTHORITY_LIFE));
      case PARTNER_AUTHORITY ->
          hierarchy.intermediate(
              root, Branch.PARTNER, key.publicKey(), Validity.from(now, AUTHORITY_LIFE));
      case WORKLOAD_AUTHORITY ->
          hierarchy.intermediate(
              root, Branch.WORKLOAD, key.publicKey(), Validity.from(now, AUTHORITY_LIFE));
      case SERVER ->
          hierarchy.server(root, key.publicKey(), hosts, Validity.from(now, SERVER_LIFE));
      case ACCESS_TOKENS, IDENTITY_ASSERTIONS, ID_TOKENS, CLIENT_ASSERTIONS ->
          label(purpose, key, now, entropy);
      case SAML -> throw new IllegalArgumentException("SAML's key certifies itself");
      case SCEP_RA -> throw new IllegalArgumentException("the root certifies no registration");
    };
  }

  /// Another key that needs no root.
  static HeldKey freshForTokens(KeyPurpose purpose, Instant now, Entropy entropy) {
    return HeldKey.generate(key -> label(purpose, key, now, entropy));
  }

  /// Another key for SAML.
  static HeldKey freshForSaml(Instant now, Entropy entropy) {
    return RsaKeys.generate(KeyPurpose.SAML.label(), Validity.from(now, ROOT_LIFE), entropy);
  }

  /// Another key for SCEP's registration authority, certified by the authority for devices.
  static HeldKey freshForScep(Issuer devices, Instant now, Entropy entropy) {
    return RsaKeys.generate(
        key -> new Hierarchy(entropy).registration(devices, key, Validity.from(now, SERVER_LIFE)));
  }

  private static X509Certificate label(
      KeyPurpose purpose, SigningKey key, Instant now, Entropy entropy) {
    return new Hierarchy(entropy).label(key, purpose.label(), Validity.from(now, ROOT_LIFE));
  }

  /// What is held, with keys for the purposes that are newer than the key store and need no root;
  /// empty if none is missing.
  static Optional<Holding> grown(Holding before, Instant now, Entropy entropy) {
    var missing =
        Stream.of(KeyPurpose.ID_TOKENS, KeyPurpose.CLIENT_ASSERTIONS)
            .filter(purpose -> before.find(purpose).isEmpty())
            .toList();
    if (missing.isEmpty()) return Optional.empty();
    var holding = before;
    for (var purpose : missing)
      holding = holding.with(purpose, freshForTokens(purpose, now, entropy));
    return Optional.of(holding);
  }
}
