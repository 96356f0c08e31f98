// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.openid;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.vigil.feeds.web.Web;
import dev.vigil.identity.federation.FederationRefusal;
import dev.vigil.kernel.Outcome;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Optional;

/// The public keys of a provider as they were fetched (RFC 7517 section 5).
///
/// @param etag by which the provider can say that nothing changed
record KeySet(JWKSet keys, Optional<String> etag) {

  private static final int MOST = 100;
  private static final int UNCHANGED = 304;
  private static final int OK = 200;

  static Outcome<KeySet> fetch(Web web, URI address, Optional<KeySet> before) {
    return Asked.get(web, address, before.flatMap(KeySet::etag))
        .then(answer ->
            answer.status() == UNCHANGED && before.isPresent()
                ? Outcome.done(before.get())
                : read(answer));
  }

  private static Outcome<KeySet> read(Web.Answer answer) {
    if (answer.status() != OK) return Outcome.refused(FederationRefusal.UNREACHABLE);
    try {
      var keys =
          JWKSet.parse(new String(answer.body().toArray(), StandardCharsets.UTF_8))
              .toPublicJWKSet();
      return keys.size() <= MOST
          ? Outcome.done(new KeySet(keys, answer.etag()))
          : Outcome.refused(FederationRefusal.DISCOVERY);
    } catch (ParseException | RuntimeException e) { // hostile input; whatever is wrong, no keys
      return Outcome.refused(FederationRefusal.DISCOVERY);
    }
  }

  Optional<JWK> key(String kid) {
    return Optional.ofNullable(keys.getKeyByKeyId(kid));
  }
}
