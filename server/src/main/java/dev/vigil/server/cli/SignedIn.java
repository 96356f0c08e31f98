// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import com.nimbusds.jose.jwk.ECKey;
import java.net.URI;
import java.text.ParseException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What stays on disk between commands while somebody is signed in.
///
/// @param anchors certificates in PEM that the server's must lead to; empty for those of the
///   machine
/// @param key the P-256 key that every token is bound to
/// @param expiresAt of the access token
record SignedIn(
    URI issuer,
    String anchors,
    ECKey key,
    String refreshToken,
    String accessToken,
    Instant expiresAt) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  String write() {
    var node = JSON.createObjectNode();
    node.put("issuer", issuer.toString()).put("anchors", anchors);
    node.set("key", JSON.readTree(key.toJSONString()));
    node.put("refresh_token", refreshToken)
        .put("access_token", accessToken)
        .put("expires_at", expiresAt.toString());
    return node.toPrettyString();
  }

  /// @throws IllegalArgumentException if the text is not what [#write] wrote
  static SignedIn read(String text) {
    try {
      var node = JSON.readTree(text);
      return new SignedIn(
          URI.create(node.required("issuer").asString()),
          node.required("anchors").asString(),
          ECKey.parse(node.required("key").toString()),
          node.required("refresh_token").asString(),
          node.required("access_token").asString(),
          Instant.parse(node.required("expires_at").asString()));
    } catch (JacksonException | ParseException | DateTimeParseException e) {
      throw new IllegalArgumentException("this is not a kept sign-in", e);
    }
  }

  SignedIn with(String refresh, String access, Instant expires) {
    return new SignedIn(issuer, anchors, key, refresh, access, expires);
  }

  @Override
  public String toString() {
    return "SignedIn(" + issuer + ")";
  }
}
