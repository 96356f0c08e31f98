// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.federation;

import dev.vigil.kernel.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Judges the token with which a provider says that somebody signed out there (OpenID Connect
/// Back-Channel Logout 1.0 section 2.6).
public final class LogoutTokens {

  /// How long the identifier of a token must be remembered so that it does not count twice.
  public static final Duration REMEMBERED = Duration.ofMinutes(15);

  private static final String TYPE = "logout+jwt";
  private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
  private static final int LONGEST = 255;

  private LogoutTokens() {}

  /// Who signed out.
  ///
  /// @param id the token's `jti`
  /// @param subject all sign-ins of this `sub`, or of it in the session
  /// @param sid the provider's session
  public record Notice(String id, Optional<String> subject, Optional<String> sid) {}

  /// The notice, if the token is right.
  public static Outcome<Notice> verify(
      Provider provider, ProviderKeys keys, String token, Instant now) {
    return SignedToken.read(token, keys)
        .then(signed -> IdTokens.issuer(provider, signed))
        .then(signed -> notice(provider, signed, now));
  }

  private static Outcome<Notice> notice(Provider provider, SignedToken signed, Instant now) {
    var id = signed.text("jti", LONGEST);
    var subject = signed.text("sub", LONGEST);
    var sid = signed.text("sid", LONGEST);
    boolean whole =
        (subject.isPresent() || sid.isPresent())
            && subject.isPresent() == (signed.claims().getClaim("sub") != null)
            && sid.isPresent() == (signed.claims().getClaim("sid") != null);
    boolean right =
        TYPE.equalsIgnoreCase(signed.type())
            && id.isPresent()
            && whole
            && signed.isFor(provider.clientId())
            && signed.lives(now)
            && signed.claims().getClaim("nonce") == null
            && signed.claims().getClaim("events") instanceof Map<?, ?> events
            && events.get(EVENT) instanceof Map<?, ?>;
    return right
        ? Outcome.done(new Notice(id.get(), subject, sid))
        : Outcome.refused(FederationRefusal.LOGOUT_TOKEN);
  }
}
