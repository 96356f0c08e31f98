// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// The access tokens of the session: refreshed ahead of their expiry, one refresh at a time.
final class Tokens {

  private static final Duration LONGEST = Duration.ofHours(12);

  private final Profile profile;
  private final Issuer issuer;
  private final Memory memory;
  private final java.time.Clock clock;
  private final ReentrantLock refreshing = new ReentrantLock();
  private final Map<Audience, Token> tokens = new EnumMap<>(Audience.class);

  Tokens(Profile profile, Issuer issuer, Memory memory, java.time.Clock clock) {
    this.profile = profile;
    this.issuer = issuer;
    this.memory = memory;
    this.clock = clock;
  }

  /// Whom a token is for.
  enum Audience {
    API("vigil-api", "DPoP"),
    GATEWAY("vigil-gateway", "Bearer");

    final String wire;
    final String type;

    Audience(String wire, String type) {
      this.wire = wire;
      this.type = type;
    }
  }

  /// A token and the moment from which it is no longer used.
  private record Token(String value, Instant stale) {
    @Override
    public String toString() {
      return "Token(hidden)";
    }
  }

  /// A token that is good for a while yet.
  String token(Audience audience) throws Halt {
    refreshing.lock();
    try {
      var token = tokens.get(audience);
      if (token != null && clock.instant().isBefore(token.stale())) {
        return token.value();
      }
      return refresh(audience);
    } finally {
      refreshing.unlock();
    }
  }

  private String refresh(Audience audience) throws Halt {
    var secret =
        memory
            .refreshToken()
            .orElseThrow(
                () -> new Halt(new Refused.SignInRequired("nobody is signed in on this phone")));
    var fields = new LinkedHashMap<String, String>();
    fields.put("grant_type", "refresh_token");
    fields.put("refresh_token", secret);
    fields.put("client_id", profile.clientId());
    fields.put("audience", audience.wire);
    var reply = issuer.form(issuer.endpoints().token(), fields);
    if (reply.fine()) {
      return accept(reply.mustBeJson(), audience);
    }
    if (reply
        .json()
        .flatMap(json -> json.text("error"))
        .filter("invalid_grant"::equals)
        .isPresent()) {
      end();
      throw new Halt(new Refused.SignInRequired("the session has ended"));
    }
    throw new Halt(Problem.refused(reply));
  }

  /// Takes in a token response (RFC 6749 section 5.1). A token that is not bound to our key is
  /// refused.
  String accept(Json json, Audience audience) throws Halt {
    var value =
        json.text("access_token")
            .filter(text -> text.matches("[A-Za-z0-9._~+/=-]{1,16384}"))
            .orElseThrow(() -> Halt.unreadable("the answer holds no token"));
    if (!json.textOr("token_type", "").equalsIgnoreCase(audience.type)) {
      throw Halt.unreadable("the token is not of the type `" + audience.type + "`");
    }
    var life =
        Duration.ofSeconds(
            Math.max(0, Math.min(json.number("expires_in").orElse(0L), LONGEST.toSeconds())));
    var rotated = json.text("refresh_token");
    refreshing.lock();
    try {
      if (rotated.isPresent()) {
        memory.keep(rotated.get());
      }
      tokens.put(
          audience, new Token(value, clock.instant().plus(life.multipliedBy(4).dividedBy(5))));
      return value;
    } finally {
      refreshing.unlock();
    }
  }

  /// Stops using a token that was refused, unless it has been replaced meanwhile.
  void discard(String refused) {
    refreshing.lock();
    try {
      tokens.values().removeIf(token -> token.value().equals(refused));
    } finally {
      refreshing.unlock();
    }
  }

  /// Stops using any token for this audience.
  void discard(Audience audience) {
    refreshing.lock();
    try {
      tokens.remove(audience);
    } finally {
      refreshing.unlock();
    }
  }

  /// Forgets the session.
  void end() throws Halt {
    refreshing.lock();
    try {
      tokens.clear();
      memory.forgetSession();
    } finally {
      refreshing.unlock();
    }
  }
}
