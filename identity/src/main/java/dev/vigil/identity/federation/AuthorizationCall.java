// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.federation;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.Sha256;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// One way of a browser to a provider and back: the state that names it, and the nonce and PKCE
/// verifier that only this browser's visit and the state together yield. So nothing secret of it is
/// stored.
public final class AuthorizationCall {

  private final Secret visit;
  private final Secret state;

  /// @param visit the secret in the browser's cookie
  /// @param state fresh
  public AuthorizationCall(Secret visit, Secret state) {
    this.visit = visit;
    this.state = state;
  }

  /// The `nonce` of the ID token.
  public String nonce() {
    return derived("vigil-federation-nonce-v1").toString();
  }

  /// The PKCE verifier (RFC 7636 section 4.1).
  public Secret verifier() {
    return Secret.of(
        derived("vigil-federation-verifier-v1").toString().getBytes(StandardCharsets.US_ASCII));
  }

  /// The secret comes first, of a fixed length, and the state last: neither can pass for the other.
  private Sha256 derived(String purpose) {
    var content = new ByteArrayOutputStream();
    content.writeBytes(visit.digest().bytes());
    content.writeBytes(visit.reveal());
    content.writeBytes(purpose.getBytes(StandardCharsets.US_ASCII));
    content.writeBytes(state.digest().bytes());
    content.writeBytes(state.reveal());
    return Sha256.of(content.toByteArray());
  }

  /// Where the browser goes (OpenID Connect Core section 3.1.2.1).
  ///
  /// @param endpoint the provider's authorization endpoint
  /// @param redirect where the provider sends it back
  public URI at(Provider provider, URI endpoint, URI redirect) {
    var form = new LinkedHashMap<String, String>();
    form.put("response_type", "code");
    form.put("response_mode", "query");
    form.put("client_id", provider.clientId());
    form.put("redirect_uri", redirect.toString());
    form.put("scope", scope(provider));
    form.put("state", Bytes.of(state.reveal()).toString());
    form.put("nonce", nonce());
    form.put("code_challenge", Sha256.of(verifier().reveal()).toString());
    form.put("code_challenge_method", "S256");
    if (!provider.wanted().acr().isEmpty())
      form.put("acr_values", String.join(" ", provider.wanted().acr()));
    provider
        .wanted()
        .maxAge()
        .ifPresent(age -> form.put("max_age", Long.toString(age.toSeconds())));
    String glue = endpoint.getRawQuery() == null ? "?" : "&";
    return URI.create(endpoint + glue + encoded(form));
  }

  private static String scope(Provider provider) {
    List<String> scopes = new ArrayList<>(List.of("openid"));
    provider.scopes().stream().filter(one -> !one.equals("openid")).forEach(scopes::add);
    return String.join(" ", scopes);
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(entry ->
            entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  /// What the browser brought back.
  ///
  /// @param error the provider's reason why not, when there is no code
  /// @param issuer who answers (RFC 9207)
  public record Answer(Optional<String> code, Optional<String> error, Optional<String> issuer) {}

  /// The code, if the provider that was asked answered with one (RFC 9207 section 2.4).
  ///
  /// @param namesItself the provider says that it always sends `iss`
  public static Outcome<Secret> code(Provider provider, boolean namesItself, Answer answer) {
    boolean same = answer.issuer().map(provider::mayAnswerAs).orElse(!namesItself);
    if (!same) return Outcome.refused(FederationRefusal.MIX_UP);
    if (answer.error().isPresent()) return Outcome.refused(reason(answer.error().get()));
    return answer
        .code()
        .filter(code -> !code.isEmpty())
        .map(code -> Outcome.done(Secret.of(code.getBytes(StandardCharsets.UTF_8))))
        .orElseGet(() -> Outcome.refused(FederationRefusal.STATE));
  }

  /// The provider's error in our words; its own text is never shown.
  private static FederationRefusal reason(String error) {
    return switch (error) {
      case "access_denied", "consent_required" -> FederationRefusal.DECLINED;
      case "temporarily_unavailable", "server_error" -> FederationRefusal.PROVIDER_BUSY;
      default -> FederationRefusal.PROVIDER_REFUSED;
    };
  }

  @Override
  public String toString() {
    return "AuthorizationCall(hidden)";
  }
}
