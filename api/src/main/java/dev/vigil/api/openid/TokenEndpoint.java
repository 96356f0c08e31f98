// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.openid;

import dev.vigil.admission.openid.ClientAuthentication.Known;
import dev.vigil.admission.openid.CodeGrant;
import dev.vigil.admission.openid.Exchange;
import dev.vigil.admission.openid.Grants.Issued;
import dev.vigil.admission.openid.RefreshGrant;
import dev.vigil.admission.openid.ServiceGrant;
import dev.vigil.api.http.Response;
import dev.vigil.api.signin.OAuthAnswers;
import dev.vigil.identity.oauth.OAuthRefusal;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The token endpoint of registered clients, one grant each.
public final class TokenEndpoint {

  private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
  private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

  private final Grants grants;

  TokenEndpoint(Grants grants) {
    this.grants = grants;
  }

  /// The use cases, one for each grant.
  public record Grants(
      CodeGrant codes, RefreshGrant refreshes, ServiceGrant services, Exchange exchanges) {}

  Response answer(Known client, Map<String, String> form) {
    String grant = form.getOrDefault("grant_type", "");
    return OAuthAnswers.of(
        granted(grant, client, form),
        issued ->
            Response.json(200, TokenJson.of(issued, grant.equals(EXCHANGE) ? ACCESS_TOKEN : "")));
  }

  private Outcome<Issued> granted(String grant, Known client, Map<String, String> form) {
    return switch (grant) {
      case "authorization_code" ->
          grants
              .codes()
              .redeem(
                  client,
                  new CodeGrant.Given(
                      form.getOrDefault("code", ""),
                      form.getOrDefault("code_verifier", ""),
                      form.getOrDefault("redirect_uri", "")));
      case "refresh_token" ->
          grants
              .refreshes()
              .refresh(
                  client,
                  Secret.of(
                      form.getOrDefault("refresh_token", "").getBytes(StandardCharsets.UTF_8)),
                  Optional.ofNullable(form.get("scope")).filter(text -> !text.isEmpty()));
      case "client_credentials" ->
          app(form).then(app -> grants.services().issue(client, app, scopes(form)));
      case EXCHANGE -> exchange(client, form);
      default -> Outcome.refused(OAuthRefusal.GRANT_TYPE);
    };
  }

  private Outcome<Issued> exchange(Known client, Map<String, String> form) {
    boolean known =
        ACCESS_TOKEN.equals(form.get("subject_token_type"))
            && ACCESS_TOKEN.equals(form.getOrDefault("requested_token_type", ACCESS_TOKEN))
            && !form.containsKey("actor_token");
    if (!known)
      return Outcome.refused(
          OAuthRefusal.PARAMETER, "only access tokens are exchanged, for access tokens");
    return app(form)
        .then(app ->
            app.isEmpty()
                ? Outcome.refused(OAuthRefusal.PARAMETER, "`audience` is missing")
                : grants
                    .exchanges()
                    .exchange(
                        client, form.getOrDefault("subject_token", ""), app.get(), scopes(form)));
  }

  /// The app in `audience`, by its name or as tokens write it.
  private static Outcome<Optional<AppId>> app(Map<String, String> form) {
    var audience = Optional.ofNullable(form.get("audience")).filter(text -> !text.isEmpty());
    try {
      return Outcome.done(
          audience.map(text -> new AppId(text.replaceFirst("^urn:vigil:app:", ""))));
    } catch (IllegalArgumentException e) {
      return Outcome.refused(OAuthRefusal.TARGET, "it is no app");
    }
  }

  private static Set<String> scopes(Map<String, String> form) {
    return Arrays.stream(form.getOrDefault("scope", "").split(" ", -1))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }
}
