// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.openid;

import com.nimbusds.jose.jwk.JWK;
import dev.vigil.admission.federation.Upstream;
import dev.vigil.feeds.web.Web;
import dev.vigil.identity.federation.AuthorizationCall;
import dev.vigil.identity.federation.FederationRefusal;
import dev.vigil.identity.federation.IdTokens;
import dev.vigil.identity.federation.Identity;
import dev.vigil.identity.federation.LogoutTokens;
import dev.vigil.identity.federation.Provider;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.TimeSource;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// One upstream OpenID provider on the network.
public final class OpenIdProvider implements Upstream {

  private static final int OK = 200;
  private static final int LONGEST_TOKEN = 16 * 1024;

  private final Provider provider;
  private final Connection connection;
  private final Web web;
  private final TimeSource time;
  private final Fetched<Endpoints> endpoints;
  private final Fetched<KeySet> keys;

  public OpenIdProvider(Provider provider, Connection connection, Web web, TimeSource time) {
    this.provider = provider;
    this.connection = connection;
    this.web = web;
    this.time = time;
    this.endpoints = new Fetched<>(time, _ -> discover());
    this.keys =
        new Fetched<>(
            time, before -> endpoints.get().then(known -> KeySet.fetch(web, known.keys(), before)));
  }

  /// How we talk to it.
  ///
  /// @param redirect our address to which it sends browsers back
  /// @param graph where Microsoft Graph is, such as `https://graph.microsoft.com`
  public record Connection(Credential credential, URI redirect, URI graph) {}

  @Override
  public Provider provider() {
    return provider;
  }

  private Outcome<Endpoints> discover() {
    return Asked.get(web, Endpoints.discovery(provider), Optional.empty())
        .then(answer ->
            answer.status() == OK
                ? Asked.json(answer, FederationRefusal.DISCOVERY)
                : Outcome.refused(FederationRefusal.UNREACHABLE))
        .then(document -> Endpoints.read(provider, document));
  }

  @Override
  public Outcome<URI> authorize(AuthorizationCall call) {
    return endpoints
        .get()
        .map(known -> call.at(provider, known.authorization(), connection.redirect()));
  }

  @Override
  public Outcome<Identity> arrived(AuthorizationCall call, AuthorizationCall.Answer answer) {
    return endpoints
        .get()
        .then(known ->
            AuthorizationCall.code(provider, known.namesItself(), answer)
                .then(code -> exchange(known, call, code)))
        .then(tokens -> identity(call, tokens));
  }

  /// Redeems the code (OpenID Connect Core section 3.1.3).
  private Outcome<ObjectNode> exchange(Endpoints known, AuthorizationCall call, Secret code) {
    var form = new LinkedHashMap<String, String>();
    form.put("grant_type", "authorization_code");
    form.put("code", text(code));
    form.put("redirect_uri", connection.redirect().toString());
    form.put("code_verifier", text(call.verifier()));
    var header = connection.credential().prove(provider.clientId(), known, form);
    var request =
        HttpRequest.newBuilder(known.token())
            .header("Accept", "application/json")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(encoded(form)));
    header.ifPresent(value -> request.header("Authorization", value));
    return Asked.send(web, request)
        .then(answer ->
            answer.status() == OK
                ? Asked.json(answer, FederationRefusal.EXCHANGE)
                : Outcome.refused(FederationRefusal.EXCHANGE));
  }

  private Outcome<Identity> identity(AuthorizationCall call, ObjectNode tokens) {
    return IdTokens.verify(
            provider,
            this::key,
            tokens.path("id_token").asString(""),
            new IdTokens.Expected(call.nonce()),
            time.now())
        .map(identity ->
            switch (identity.groups()) {
              case Identity.Groups.Listed _ -> identity;
              case Identity.Groups.Elsewhere _ -> identity.in(asked(tokens));
            });
  }

  /// Groups that cannot be read are none.
  private Set<String> asked(ObjectNode tokens) {
    String token = tokens.path("access_token").asString("");
    boolean sound =
        !token.isEmpty()
            && token.length() <= LONGEST_TOKEN
            && token.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    if (!sound) return Set.of();
    var secret = Secret.of(token.getBytes(StandardCharsets.US_ASCII));
    return switch (new GraphGroups(web, connection.graph()).of(secret)) {
      case Outcome.Done<Set<String>>(Set<String> groups) -> groups;
      case Outcome.Refused<Set<String>> _ -> Set.of();
    };
  }

  /// The key of this name; for one that is not known the set is fetched again, now and then.
  private Optional<JWK> key(String kid) {
    return find(keys.get(), kid).or(() -> find(keys.again(), kid));
  }

  private static Optional<JWK> find(Outcome<KeySet> keys, String kid) {
    return keys instanceof Outcome.Done<KeySet>(KeySet set) ? set.key(kid) : Optional.empty();
  }

  @Override
  public Outcome<LogoutTokens.Notice> loggedOut(String token) {
    return LogoutTokens.verify(provider, this::key, token, time.now());
  }

  private static String text(Secret secret) {
    return new String(secret.reveal(), StandardCharsets.UTF_8);
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(entry ->
            entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
