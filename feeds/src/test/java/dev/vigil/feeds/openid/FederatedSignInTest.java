// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.openid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.FactsOf;
import dev.vigil.admission.federation.FederatedSignIn.Finished;
import dev.vigil.identity.Authentication.Strength;
import dev.vigil.identity.federation.AuthorizationCall;
import dev.vigil.identity.federation.Provider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// People who sign in somewhere else.
class FederatedSignInTest extends FederationScene {

  @Test
  void a_person_comes_through_a_provider_and_is_the_same_person_the_next_time() {
    var first = signIn("bank", "alice");
    var again = signIn("bank", "alice", claims -> claims.claim("preferred_username", "renamed"));
    assertThat(again.subject()).isEqualTo(first.subject());
    assertThat(person(first).userName()).isEqualTo("alice@bank.example");
    assertThat(person(first).displayName()).isEqualTo("Somebody Called alice");
  }

  @Test
  void several_providers_serve_at_once_and_equal_subjects_of_them_are_different_people() {
    var here = signIn("bank", "alice");
    var there = signIn("other", "alice", claims -> claims.claim("preferred_username", "alice2"));
    assertThat(there.subject()).isNotEqualTo(here.subject());
  }

  @Test
  void what_the_provider_says_never_counts_as_a_passkey() {
    var session =
        signIn(
            "bank",
            "alice",
            claims ->
                claims
                    .claim("amr", List.of("fpt", "hwk", "user", "ngcmfa", "pwd"))
                    .claim("acr", "urn:bank:mfa"));
    var made = session.authentications().getFirst();
    assertThat(made.strength()).isEqualTo(Strength.FEDERATED);
    assertThat(made.phishingResistant()).isFalse();
    assertThat(made.userVerified()).isFalse();
    assertThat(made.methods())
        .containsExactlyInAnyOrder(
            "federated", "federated-fpt", "federated-hwk", "federated-user", "mfa", "pwd");
    var facts = FactsOf.authentication(session, 1);
    assertThat(facts.find("authentication.biometric")).contains(false);
    assertThat(facts.find("authentication.acr")).contains("mfa");
  }

  @Test
  void an_acr_that_is_not_mapped_is_no_fact() {
    var session = signIn("bank", "alice", claims -> claims.claim("acr", "phr"));
    assertThat(session.authentications().getFirst().acr()).isEmpty();
  }

  @Test
  void an_authentication_is_as_old_as_the_provider_says() {
    var session =
        signIn(
            "bank",
            "alice",
            claims -> claims.claim("auth_time", time.now().minusSeconds(900).getEpochSecond()));
    assertThat(session.authentications().getFirst().at()).isEqualTo(time.now().minusSeconds(900));
  }

  @Test
  void the_browser_is_sent_with_everything_the_code_is_bound_to() {
    configure(
        "bank",
        bank,
        provider ->
            of(provider, new Provider.Wanted(List.of("gold"), Optional.of(Duration.ofHours(1)))));
    var asked = start("bank").asked();
    assertThat(asked)
        .containsEntry("response_type", "code")
        .containsEntry("response_mode", "query")
        .containsEntry("scope", "openid profile")
        .containsEntry("code_challenge_method", "S256")
        .containsEntry("acr_values", "gold")
        .containsEntry("max_age", "3600")
        .containsEntry("redirect_uri", PAGES + "/federation/callback/bank")
        .containsKeys("state", "nonce", "code_challenge");
  }

  @Test
  void groups_come_by_the_mapping_and_go_with_it_and_ours_stay() {
    var session =
        signIn("bank", "alice", claims -> claims.claim("groups", List.of("Tellers", "Admins")));
    assertThat(person(session).groups()).containsExactly("tellers");
    signIn("bank", "alice", claims -> claims.claim("groups", List.of()));
    assertThat(person(session).groups()).isEmpty();
  }

  @Test
  void an_invited_person_links_an_account_and_signs_in_with_it() {
    configure("bank", bank, provider -> of(provider, Provider.Provision.NEVER));
    var alice = person("alice@bank.example", true);
    var visit = invited(alice);
    var leg = leg("bank", new Phone(phone(Map.of()).proof(), visit));
    bank.idToken = () -> bank.signed(claims(bank, leg, "upstream-alice").build());
    assertThat(done(finish("bank", leg)))
        .isEqualTo(new Finished.Linked(alice, "alice@bank.example"));
    assertThat(signIn("bank", "upstream-alice").subject()).isEqualTo(alice);
    assertThat(person(signIn("bank", "upstream-alice")).groups()).containsExactly("staff");
  }

  @Test
  void a_new_key_of_the_provider_is_fetched_when_it_first_signs() {
    signIn("bank", "alice");
    bank.key = TestProvider.newKey("second");
    bank.published = List.of(bank.key.toPublicJWK());
    time.pass(Duration.ofSeconds(30));
    signIn("bank", "alice");
    assertThat(bank.keyFetches).hasValue(2);
  }

  @Test
  void a_key_that_is_newer_than_the_set_of_a_moment_ago_is_fetched_at_once() {
    signIn("bank", "alice");
    bank.key = TestProvider.newKey("second");
    bank.published = List.of(bank.key.toPublicJWK());
    signIn("bank", "alice");
    signIn("bank", "alice");
    assertThat(bank.keyFetches).hasValue(2);
  }

  @Test
  void a_provider_that_is_down_leaves_the_others_working() {
    bank.misbehave.put("/.well-known/openid-configuration", "down");
    var phone = phone(Map.of());
    refused(federation().begin(phone.visit(), "bank"), "federation.unreachable");
    signIn("other", "alice");
    bank.misbehave.clear();
    time.pass(Duration.ofSeconds(30));
    signIn("bank", "bob");
  }

  @Test
  void the_code_is_exchanged_with_our_secret_and_verifier() {
    signIn("bank", "alice");
    assertThat(bank.authorizations.getFirst()).startsWith("Basic ");
    assertThat(bank.tokenRequests.getFirst())
        .containsKeys("code_verifier")
        .containsEntry("code", "the-code")
        .doesNotContainKey("client_secret");
  }

  @Test
  void entra_people_are_known_by_tenant_and_object_and_too_many_groups_are_asked_for() {
    entra(Set.of("tenant-1"));
    bank.graph =
        () -> Map.of("value", List.of(Map.of("id", "Tellers"), Map.of("id", "group-of-others")));
    var session =
        signIn(
            "bank",
            "pairwise",
            claims ->
                claims
                    .issuer(bank.issuer + "/tenant-1/v2.0")
                    .claim("tid", "tenant-1")
                    .claim("oid", "object-1")
                    .claim("_claim_names", Map.of("groups", "src1"))
                    .claim(
                        "_claim_sources",
                        Map.of("src1", Map.of("endpoint", "http://127.0.0.1:1/stolen"))));
    assertThat(person(session).groups()).containsExactly("tellers");
    assertThat(bank.authorizations.getLast()).isEqualTo("Bearer graph-token");
    var links = changes.read(view -> view.federation().linksOf(session.subject()));
    assertThat(links.getFirst().key().value()).isEqualTo("tenant-1 object-1");
  }

  @Test
  void groups_that_cannot_be_asked_for_are_none() {
    entra(Set.of("tenant-1"));
    bank.misbehave.put("/v1.0/me/transitiveMemberOf/microsoft.graph.group", "down");
    var session =
        signIn(
            "bank",
            "pairwise",
            claims ->
                claims
                    .issuer(bank.issuer + "/tenant-1/v2.0")
                    .claim("tid", "tenant-1")
                    .claim("oid", "object-1")
                    .claim("hasgroups", true));
    assertThat(person(session).groups()).isEmpty();
  }

  void entra(Set<String> tenants) {
    String template = bank.issuer + "/{tenantid}/v2.0";
    bank.discovery.put("issuer", template);
    bank.discovery.remove("authorization_response_iss_parameter_supported");
    configure("bank", bank, provider -> of(provider, Provider.Kind.ENTRA, template, tenants));
  }

  @Override
  AuthorizationCall.Answer code(TestProvider server) {
    boolean template = String.valueOf(server.discovery.get("issuer")).contains("{");
    return template
        ? new AuthorizationCall.Answer(Optional.of("the-code"), Optional.empty(), Optional.empty())
        : super.code(server);
  }
}
