// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.openid;

import dev.vigil.identity.Authentication;
import dev.vigil.identity.oauth.AppRequest;
import dev.vigil.identity.oauth.RegisteredClient;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What one-time values of registered clients stand for, as JSON. Their keys are other digests than
/// those of built-in clients, so that neither passes for the other.
final class Held {

  private Held() {}

  /// A pushed request.
  ///
  /// @param key the thumbprint of the key that pushed it; empty if none was proven
  record Pushed(Map<String, String> form, String client, String key) {
    Pushed {
      form = Map.copyOf(form);
    }
  }

  /// An authorization under way in a browser.
  ///
  /// @param at when it began
  record Pending(Pushed pushed, String at) {

    /// Empty if the client was changed meanwhile, so that it may not ask for this any more.
    Optional<AppRequest> request(RegisteredClient client) {
      return AppRequest.read(pushed.form(), client) instanceof Outcome.Done<AppRequest>(var request)
          ? Optional.of(request)
          : Optional.empty();
    }

    Instant began() {
      return Instant.parse(at);
    }
  }

  /// A code that was issued.
  record Code(Pending pending, String session, String device, String address, Signed signed) {}

  /// The authentication that an ID token tells of.
  record Signed(String at, Authentication.Strength strength, Set<String> methods) {
    Signed {
      methods = Set.copyOf(methods);
    }

    static Signed of(Authentication made) {
      return new Signed(made.at().toString(), made.strength(), made.methods());
    }

    OpenIdTokens.How how() {
      return new OpenIdTokens.How(Instant.parse(at), strength, methods);
    }
  }

  /// The strongest of these authentications that is what was asked for, the latest of those.
  static Optional<Authentication> fitting(
      List<Authentication> all, AppRequest request, Instant began, Instant now) {
    return all.stream()
        .filter(one -> request.strength().map(one.strength()::compareTo).orElse(0) >= 0)
        .filter(one -> fresh(one, request, began, now))
        .max(Comparator.comparing(Authentication::strength).thenComparing(Authentication::at));
  }

  private static boolean fresh(Authentication one, AppRequest request, Instant began, Instant now) {
    if (!one.at().isBefore(began)) return true;
    if (request.prompt() == AppRequest.Prompt.LOGIN) return false;
    return request.maxAge().map(age -> !one.at().isBefore(now.minusSeconds(age))).orElse(true);
  }

  static Sha256 key(String kind, String text) {
    return Sha256.of(("openid " + kind + " " + text).getBytes(StandardCharsets.UTF_8));
  }
}
