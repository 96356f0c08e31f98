// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.web;

import dev.vigil.feeds.said.Api;
import dev.vigil.kernel.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// An access token for ourselves (RFC 6749 section 4.4).
///
/// @param endpoint the token endpoint
/// @param scope what is asked for; empty if the product wants none
public record ClientCredentials(URI endpoint, String clientId, Optional<String> scope, Proof proof)
    implements Api.Login {

  private static final Duration USUAL_LIFE = Duration.ofMinutes(30);

  /// How we prove who asks.
  public sealed interface Proof {

    /// A secret in the form (RFC 6749 section 2.3.1), as Entra takes it.
    record InForm(Secret secret) implements Proof {}

    /// A secret in the header (RFC 6749 section 2.3.1).
    record Basic(Secret secret) implements Proof {}
  }

  @Override
  public HttpRequest.Builder request(Instant now) {
    var form = new LinkedHashMap<String, String>();
    form.put("grant_type", "client_credentials");
    scope.ifPresent(text -> form.put("scope", text));
    var request =
        HttpRequest.newBuilder(endpoint)
            .header("Accept", "application/json")
            .header("Content-Type", "application/x-www-form-urlencoded");
    switch (proof) {
      case Proof.InForm(Secret secret) -> {
        form.put("client_id", clientId);
        form.put("client_secret", text(secret));
      }
      case Proof.Basic(Secret secret) ->
          request.header("Authorization", basic(encoded(clientId), encoded(text(secret))));
    }
    var body =
        form.entrySet().stream()
            .map(one -> one.getKey() + "=" + encoded(one.getValue()))
            .collect(Collectors.joining("&"));
    return request.POST(HttpRequest.BodyPublishers.ofString(body));
  }

  @Override
  public Optional<Api.Token> read(ObjectNode answer, Instant now) {
    return Api.Token.read(answer, "access_token", USUAL_LIFE, now);
  }

  /// The value of an `Authorization` header of the scheme Basic (RFC 7617).
  public static String basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private static String text(Secret secret) {
    return new String(secret.reveal(), StandardCharsets.UTF_8);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
