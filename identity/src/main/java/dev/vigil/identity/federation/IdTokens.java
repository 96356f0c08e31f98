// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.federation;

import dev.vigil.kernel.Outcome;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/// Judges the ID token with which a provider says who signed in (OpenID Connect Core section
/// 3.1.3.7), step by step; every step that fails has a [FederationRefusal] of its own.
public final class IdTokens {

  private static final int LONGEST_SUBJECT = 255;
  private static final int MOST_VALUES = 64;
  private static final int MOST_GROUPS = 2000;

  private IdTokens() {}

  /// What the sign-in knows of the token it waits for.
  ///
  /// @param nonce the one that was sent
  public record Expected(String nonce) {
    @Override
    public String toString() {
      return "Expected(hidden)";
    }
  }

  /// Who signed in, if the token is right.
  public static Outcome<Identity> verify(
      Provider provider, ProviderKeys keys, String token, Expected expected, Instant now) {
    return SignedToken.read(token, keys)
        .then(signed -> issuer(provider, signed))
        .then(signed ->
            signed.isFor(provider.clientId())
                ? Outcome.done(signed)
                : Outcome.refused(FederationRefusal.AUDIENCE))
        .then(signed -> lives(signed, now))
        .then(signed ->
            signed.text("nonce", LONGEST_SUBJECT).filter(expected.nonce()::equals).isPresent()
                ? Outcome.done(signed)
                : Outcome.refused(FederationRefusal.NONCE))
        .then(signed -> fresh(provider, signed, now))
        .then(signed -> identity(provider, signed, now));
  }

  /// Step 2: the issuer exactly, and of Entra only the tenants that may.
  static Outcome<SignedToken> issuer(Provider provider, SignedToken signed) {
    var by = signed.text("iss", 2048);
    var tenant = signed.text("tid", 64);
    if (!provider.takes(tenant)) return Outcome.refused(FederationRefusal.TENANT);
    return by.filter(name -> provider.issued(name, tenant)).isPresent()
        ? Outcome.done(signed)
        : Outcome.refused(FederationRefusal.ISSUER);
  }

  /// Steps 9 and 10.
  private static Outcome<SignedToken> lives(SignedToken signed, Instant now) {
    if (signed.instant("exp").isEmpty() || signed.instant("iat").isEmpty())
      return Outcome.refused(FederationRefusal.TOKEN);
    boolean early =
        signed.instant("nbf").filter(from -> from.isAfter(now.plus(SignedToken.SKEW))).isPresent();
    return signed.lives(now) && !early
        ? Outcome.done(signed)
        : Outcome.refused(FederationRefusal.EXPIRED);
  }

  /// Step 13: when a maximum age was asked for, the time must be there and recent enough.
  private static Outcome<SignedToken> fresh(Provider provider, SignedToken signed, Instant now) {
    var at = signed.instant("auth_time");
    if (at.filter(time -> time.isAfter(now.plus(SignedToken.SKEW))).isPresent())
      return Outcome.refused(FederationRefusal.STALE);
    var most = provider.wanted().maxAge();
    if (most.isEmpty()) return Outcome.done(signed);
    return at.filter(time -> !time.plus(most.get()).plus(SignedToken.SKEW).isBefore(now))
            .isPresent()
        ? Outcome.done(signed)
        : Outcome.refused(FederationRefusal.STALE);
  }

  private static Outcome<Identity> identity(Provider provider, SignedToken signed, Instant now) {
    var subject = signed.text("sub", LONGEST_SUBJECT).filter(IdTokens::plain);
    var key = subject.flatMap(sub -> SubjectKey.of(provider, signed, sub));
    if (subject.isEmpty() || key.isEmpty()) return Outcome.refused(FederationRefusal.TOKEN);
    var said = signed.instant("auth_time").or(() -> signed.instant("iat")).orElse(now);
    return Outcome.done(
        new Identity(
            provider.id(),
            key.get(),
            subject.get(),
            signed.text("sid", LONGEST_SUBJECT).filter(IdTokens::plain),
            new Identity.Met(
                said.isAfter(now) ? now : said,
                signed.text("acr", LONGEST_SUBJECT),
                Set.copyOf(signed.texts("amr", MOST_VALUES))),
            new Identity.Labels(
                signed.text("preferred_username", LONGEST_SUBJECT),
                signed.text("name", LONGEST_SUBJECT)),
            groups(provider, signed)));
  }

  /// The groups in the token, or that they are to be asked for: Entra leaves out more than 200 and
  /// says so by `_claim_names` or `hasgroups`. The address that comes with it is not followed.
  private static Identity.Groups groups(Provider provider, SignedToken signed) {
    String claim = provider.meanings().groupsClaim();
    if (provider.kind() == Provider.Kind.ENTRA && elsewhere(signed, claim))
      return new Identity.Groups.Elsewhere();
    return new Identity.Groups.Listed(Set.copyOf(signed.texts(claim, MOST_GROUPS)));
  }

  private static boolean elsewhere(SignedToken signed, String claim) {
    boolean named =
        signed.claims().getClaim("_claim_names") instanceof Map<?, ?> names
            && names.containsKey(claim);
    return named || "true".equals(String.valueOf(signed.claims().getClaim("hasgroups")));
  }

  /// Visible ASCII: what may be kept, compared byte by byte and shown.
  static boolean plain(String text) {
    return text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
  }
}
