// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.openid;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.vigil.identity.federation.AuthorizationCall;
import dev.vigil.identity.federation.Provider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Providers that are slow, huge, broken or not what they seem.
class FederatedNetworkAbuseTest extends FederationScene {

  private void tokenRefused(Function<Leg, String> token, String code) {
    var leg = start("bank");
    bank.idToken = () -> token.apply(leg);
    refused(finish("bank", leg), code);
  }

  private void claimsRefused(UnaryOperator<JWTClaimsSet.Builder> with, String code) {
    tokenRefused(leg -> bank.signed(with.apply(claims(bank, leg, "alice")).build()), code);
  }

  @Test
  void a_provider_that_is_slow_huge_broken_or_sends_elsewhere_is_unreachable() {
    for (String how : List.of("slow", "huge", "down", "redirect")) {
      var leg = start("bank");
      bank.misbehave.put("/token", how);
      refused(
          finish("bank", leg),
          List.of("down", "redirect").contains(how)
              ? "federation.exchange"
              : "federation.unreachable");
    }
    bank.misbehave.clear();
    for (String how : List.of("huge", "redirect", "down")) {
      bank.misbehave.put("/keys", how);
      claimsRefused(claims -> claims, "federation.signature");
    }
    signIn("other", "bob");
  }

  @Test
  void a_discovery_document_of_another_issuer_or_with_strange_addresses_is_refused() {
    for (var wrong :
        Map.of(
                "issuer", "https://evil.example",
                "token_endpoint", "http://evil.example/token",
                "jwks_uri", "file:///etc/passwd",
                "authorization_endpoint", "javascript:alert(1)")
            .entrySet()) {
      var honest = bank.discovery.put(wrong.getKey(), wrong.getValue());
      refused(federation().begin(phone(Map.of()).visit(), "bank"), "federation.discovery");
      bank.discovery.put(wrong.getKey(), Objects.requireNonNull(honest));
      time.pass(Duration.ofMinutes(1));
    }
    start("bank");
  }

  @Test
  void people_of_other_tenants_are_refused() {
    entra();
    claimsRefused(
        claims ->
            claims
                .issuer(bank.issuer + "/tenant-2/v2.0")
                .claim("tid", "tenant-2")
                .claim("oid", "object-1"),
        "federation.tenant");
    claimsRefused(
        claims ->
            claims
                .issuer(bank.issuer + "/tenant-2/v2.0")
                .claim("tid", "tenant-1")
                .claim("oid", "object-1"),
        "federation.issuer");
    claimsRefused(
        claims ->
            claims
                .issuer(bank.issuer + "/{tenantid}/v2.0")
                .claim("tid", "tenant-1")
                .claim("oid", "object-1"),
        "federation.issuer");
    claimsRefused(
        claims -> claims.issuer(bank.issuer + "/tenant-1/v2.0").claim("oid", "object-1"),
        "federation.tenant");
    claimsRefused(
        claims -> claims.issuer(bank.issuer + "/tenant-1/v2.0").claim("tid", "tenant-1"),
        "federation.token");
  }

  @Test
  void groups_of_graph_are_read_whole_or_not_at_all_and_the_token_goes_nowhere_else() {
    entra();
    var pages = new ArrayList<Map<String, Object>>();
    for (String next : List.of("http://127.0.0.1:1/v1.0/me", bank.issuer + "/v1.0/me/again")) {
      pages.clear();
      bank.graph =
          () -> {
            pages.add(Map.of());
            return Map.of("value", List.of(Map.of("id", "Tellers")), "@odata.nextLink", next);
          };
      var session =
          signIn(
              "bank",
              "pairwise",
              claims ->
                  claims
                      .issuer(bank.issuer + "/tenant-1/v2.0")
                      .claim("tid", "tenant-1")
                      .claim("oid", "object-1")
                      .claim("hasgroups", "true"));
      assertThat(person(session).groups()).isEmpty();
      assertThat(pages).hasSizeLessThanOrEqualTo(20);
    }
  }

  private void entra() {
    String template = bank.issuer + "/{tenantid}/v2.0";
    bank.discovery.put("issuer", template);
    configure(
        "bank", bank, provider -> of(provider, Provider.Kind.ENTRA, template, Set.of("tenant-1")));
  }

  @Override
  AuthorizationCall.Answer code(TestProvider server) {
    String issuer =
        String.valueOf(server.discovery.get("issuer")).replace("{tenantid}", "tenant-1");
    return new AuthorizationCall.Answer(
        Optional.of("the-code"), Optional.empty(), Optional.of(issuer));
  }
}
