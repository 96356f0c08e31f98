// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.google;

import dev.vigil.feeds.said.Api;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Gets access tokens for a service account by the JWT bearer grant (RFC 7523 section 2.1).
///
/// @param actsFor the administrator on whose behalf it asks (domain-wide delegation)
record GoogleLogin(ServiceAccount account, String scope, Optional<String> actsFor)
    implements Api.Login {

  private static final String GRANT = "urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer";
  private static final Duration USUAL = Duration.ofMinutes(30);

  @Override
  public HttpRequest.Builder request(Instant now) {
    String form = "grant_type=" + GRANT + "&assertion=" + account.assertion(scope, actsFor, now);
    return HttpRequest.newBuilder(account.token())
        .header("Accept", "application/json")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(form));
  }

  @Override
  public Optional<Api.Token> read(ObjectNode answer, Instant now) {
    return Api.Token.read(answer, "access_token", USUAL, now);
  }
}
