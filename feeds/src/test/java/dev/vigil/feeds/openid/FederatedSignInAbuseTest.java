// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.openid;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.vigil.admission.Actor;
import dev.vigil.admission.signin.Invitations;
import dev.vigil.identity.Passkey;
import dev.vigil.identity.Subject;
import dev.vigil.identity.federation.AuthorizationCall;
import dev.vigil.identity.federation.Provider;
import dev.vigil.identity.federation.ProviderId;
import dev.vigil.kernel.Bytes;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Sign-in through other providers, as an attacker would have it: every attempt is refused and
/// leaves an event.
class FederatedSignInAbuseTest extends FederationScene {

  private void tokenRefused(Function<Leg, String> token, String code) {
    var leg = start("bank");
    bank.idToken = () -> token.apply(leg);
    refused(finish("bank", leg), code);
  }

  private void claimsRefused(UnaryOperator<JWTClaimsSet.Builder> with, String code) {
    tokenRefused(leg -> bank.signed(with.apply(claims(bank, leg, "alice")).build()), code);
  }

  private JWSHeader.Builder header() {
    return new JWSHeader.Builder(JWSAlgorithm.ES256)
        .type(JOSEObjectType.JWT)
        .keyID(bank.key.getKeyID());
  }

  @Test
  void a_token_without_signature_is_refused() {
    tokenRefused(
        leg -> new PlainJWT(claims(bank, leg, "alice").build()).serialize(),
        "federation.algorithm");
  }

  @Test
  void a_token_signed_with_the_public_key_as_a_shared_secret_is_refused() {
    tokenRefused(
        leg -> {
          try {
            var header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(bank.key.getKeyID());
            var jwt = new SignedJWT(header.build(), claims(bank, leg, "alice").build());
            byte[] known = bank.key.toECPublicKey().getEncoded();
            jwt.sign(new MACSigner(Arrays.copyOf(known, 64)));
            return jwt.serialize();
          } catch (JOSEException e) {
            throw new AssertionError(e);
          }
        },
        "federation.algorithm");
  }

  @Test
  void a_key_that_comes_with_the_token_is_not_believed() throws Exception {
    var stranger = TestProvider.newKey("stranger");
    bank.key = stranger;
    var headers =
        List.of(
            header().jwk(stranger.toPublicJWK()).build(),
            header().jwkURL(URI.create(bank.issuer + "/keys")).build(),
            header().x509CertURL(URI.create(bank.issuer + "/certificate")).build(),
            header().x509CertChain(List.of(new com.nimbusds.jose.util.Base64("AAAA"))).build());
    for (var header : headers)
      tokenRefused(
          leg -> bank.signed(header, claims(bank, leg, "alice").build()), "federation.header");
  }

  @Test
  void a_strangers_key_is_refused_and_a_flood_of_unknown_keys_fetches_once() {
    signIn("bank", "alice");
    bank.key = TestProvider.newKey("stranger");
    time.pass(Duration.ofSeconds(30));
    int before = bank.keyFetches.get();
    for (int i = 0; i < 20; i++) claimsRefused(claims -> claims, "federation.signature");
    assertThat(bank.keyFetches.get() - before).isEqualTo(1);
  }

  @Test
  void a_changed_token_is_refused() {
    tokenRefused(
        leg -> {
          String[] parts = bank.signed(claims(bank, leg, "alice").build()).split("\\.");
          var other = claims(bank, leg, "mallory").build();
          return parts[0] + "." + Base64URL.encode(other.toString()) + "." + parts[2];
        },
        "federation.signature");
  }

  @Test
  void tokens_of_others_for_others_or_of_another_time_are_refused() {
    claimsRefused(claims -> claims.issuer("https://evil.example"), "federation.issuer");
    claimsRefused(claims -> claims.issuer(bank.issuer + "/"), "federation.issuer");
    claimsRefused(claims -> claims.issuer(null), "federation.issuer");
    claimsRefused(claims -> claims.audience("another-client"), "federation.audience");
    claimsRefused(
        claims -> claims.audience(List.of(CLIENT, "another-client")), "federation.audience");
    claimsRefused(claims -> claims.claim("azp", "another-client"), "federation.audience");
    claimsRefused(claims -> claims.audience((String) null), "federation.audience");
    claimsRefused(
        claims -> claims.expirationTime(Date.from(time.now().minusSeconds(61))),
        "federation.expired");
    claimsRefused(
        claims -> claims.issueTime(Date.from(time.now().plusSeconds(120))), "federation.expired");
    claimsRefused(
        claims -> claims.issueTime(Date.from(time.now().minusSeconds(3600))), "federation.expired");
    claimsRefused(
        claims -> claims.notBeforeTime(Date.from(time.now().plusSeconds(120))),
        "federation.expired");
    claimsRefused(claims -> claims.expirationTime(null), "federation.token");
    claimsRefused(claims -> claims.subject(null), "federation.token");
    claimsRefused(claims -> claims.subject("two words"), "federation.token");
    claimsRefused(claims -> claims.subject("x".repeat(256)), "federation.token");
  }

  @Test
  void a_nonce_that_is_missing_or_of_another_sign_in_is_refused() {
    claimsRefused(claims -> claims.claim("nonce", null), "federation.nonce");
    claimsRefused(
        claims -> claims.claim("nonce", start("bank").asked().get("nonce")), "federation.nonce");
  }

  @Test
  void a_person_who_signed_in_there_too_long_ago_is_refused_where_that_counts() {
    configure(
        "bank",
        bank,
        provider ->
            of(provider, new Provider.Wanted(List.of(), Optional.of(Duration.ofMinutes(5)))));
    claimsRefused(
        claims -> claims.claim("auth_time", time.now().minusSeconds(400).getEpochSecond()),
        "federation.stale");
    claimsRefused(claims -> claims.claim("auth_time", null), "federation.stale");
  }

  @Test
  void a_state_counts_once_and_in_its_own_browser_and_not_for_ever() {
    var leg = start("bank");
    bank.idToken = () -> bank.signed(claims(bank, leg, "alice").build());
    done(finish("bank", leg));
    refused(finish("bank", leg), "federation.state");

    var victim = start("bank");
    var attacker = new Leg(phone(Map.of()), victim.address());
    refused(finish("bank", attacker), "federation.state");
    refused(finish("bank", victim), "federation.state");

    var late = start("bank");
    time.pass(Duration.ofMinutes(11));
    refused(finish("bank", late), "federation.state");
  }

  @Test
  void the_answer_of_one_provider_is_not_taken_for_anothers() {
    var leg = start("bank");
    refused(finish("other", leg, code(other)), "federation.mix-up");
    refused(finish("bank", start("bank"), code(other)), "federation.mix-up");
    var nameless =
        new AuthorizationCall.Answer(Optional.of("code"), Optional.empty(), Optional.empty());
    refused(finish("bank", start("bank"), nameless), "federation.mix-up");
    assertThat(bank.tokenRequests).isEmpty();
    assertThat(other.tokenRequests).isEmpty();
  }

  @Test
  void a_token_of_another_provider_is_refused() {
    var leg = start("bank");
    bank.idToken = () -> other.signed(claims(other, leg, "alice").build());
    refused(finish("bank", leg), "federation.signature");
  }

  @Test
  void errors_are_told_in_our_words() {
    for (var error :
        Map.of(
                "access_denied", "federation.declined",
                "server_error", "federation.provider-busy",
                "<script>alert(1)</script>", "federation.provider-refused")
            .entrySet()) {
      var answer =
          new AuthorizationCall.Answer(
              Optional.empty(), Optional.of(error.getKey()), Optional.of(bank.issuer));
      refused(finish("bank", start("bank"), answer), error.getValue());
      assertThat(events().getLast().toString()).doesNotContain("script");
    }
    var nothing =
        new AuthorizationCall.Answer(Optional.empty(), Optional.empty(), Optional.of(bank.issuer));
    refused(finish("bank", start("bank"), nothing), "federation.state");
  }

  @Test
  void somebody_with_the_mail_address_or_name_of_another_is_somebody_else() {
    var alice = person("alice@bank.example", true);
    claimsRefused(
        claims -> claims.claim("email", "alice@bank.example").claim("email_verified", true),
        "federation.name-taken");
    var session =
        signIn(
            "bank",
            "mallory",
            claims ->
                claims
                    .claim("email", "alice@bank.example")
                    .claim("email_verified", false)
                    .claim("upn", "alice@bank.example"));
    assertThat(session.subject()).isNotEqualTo(alice);
    assertThat(changes.<Integer>read(view -> view.federation().linksOf(alice).size())).isZero();
  }

  @Test
  void a_name_that_is_none_becomes_no_name() {
    var session =
        signIn(
            "bank",
            "mallory",
            claims ->
                claims
                    .claim("preferred_username", "admin\u202e@bank.example")
                    .claim("name", "Eve\u0000"));
    assertThat(person(session).userName()).matches("bank-[a-z0-9]{16}");
    assertThat(person(session).displayName()).isEqualTo(person(session).userName());
  }

  @Test
  void groups_that_are_not_mapped_give_nothing_whatever_they_are_called() {
    for (Object groups :
        List.of(
            List.of("tellers", "administrators", "TELLERS", "*"),
            "Tellers",
            Map.of("Tellers", true),
            List.of(List.of("Tellers"), 1))) {
      var session = signIn("bank", "alice", claims -> claims.claim("groups", groups));
      assertThat(person(session).groups()).isEmpty();
      assertThat(person(session).roles()).isEmpty();
    }
  }

  @Test
  void nobody_new_comes_through_a_provider_that_brings_nobody() {
    configure("bank", bank, provider -> of(provider, Provider.Provision.NEVER));
    claimsRefused(claims -> claims, "federation.not-linked");
    assertThat(changes.<Integer>read(view -> view.subjects().size())).isZero();
  }

  @Test
  void a_deactivated_person_is_refused() {
    var session = signIn("bank", "alice");
    var alice = person(session);
    changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx()
              .put(
                  new Subject(
                      alice.id(),
                      alice.userName(),
                      alice.displayName(),
                      alice.population(),
                      alice.groups(),
                      alice.roles(),
                      false,
                      alice.createdAt()));
          return work.event("subject-changed", "left", Map.of(), alice.id());
        });
    claimsRefused(claims -> claims, "federation.inactive");
  }

  @Test
  void an_account_of_somebody_else_cannot_be_linked() {
    signIn("bank", "alice");
    var bob = person("bob@bank.example", true);
    var leg = leg("bank", new Phone(phone(Map.of()).proof(), invited(bob)));
    bank.idToken = () -> bank.signed(claims(bank, leg, "alice").build());
    refused(finish("bank", leg), "federation.linked-elsewhere");
  }

  @Test
  void a_passkey_or_an_approval_is_never_replaced_by_a_providers_word() {
    var leg = leg("bank", phone(Map.of("acr_values", "passkey")));
    bank.idToken = () -> bank.signed(claims(bank, leg, "alice").build());
    refused(finish("bank", leg), "federation.too-weak");
    assertThat(changes.<Integer>read(view -> view.subjects().size())).isZero();
  }

  @Test
  void a_providers_word_cannot_make_a_passkey() {
    var session = signIn("bank", "alice");
    var answer =
        new Invitations(changes).another(new Actor.Person(session.subject(), session.id()));
    assertThat(answer.toString()).contains("ONLY_VOUCHED_FOR");
  }

  @Test
  void a_provider_trusted_with_first_passkeys_makes_the_first_and_no_other() {
    var trusting = new Invitations(changes, Set.of(new ProviderId("bank")));
    var alice = signIn("bank", "alice");
    var actor = new Actor.Person(alice.subject(), alice.id());
    done(trusting.another(actor));
    changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx()
              .put(
                  new Passkey(
                      "credential",
                      alice.subject(),
                      Bytes.of(new byte[] {1}),
                      "aaguid",
                      0,
                      false,
                      false,
                      Set.of(),
                      "phone",
                      work.now(),
                      work.now()));
          return work.event("passkey-registered", "test", Map.of(), alice.subject());
        });
    assertThat(trusting.another(actor).toString()).contains("ONLY_VOUCHED_FOR");
    var bob =
        signIn("other", "bob", claims -> claims.claim("preferred_username", "bob@other.example"));
    var of = new Actor.Person(bob.subject(), bob.id());
    assertThat(trusting.another(of).toString()).contains("ONLY_VOUCHED_FOR");
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

  @Test
  void a_token_too_large_or_nested_too_deep_is_refused() {
    claimsRefused(claims -> claims.claim("x", "y".repeat(60_000)), "federation.token");
    tokenRefused(
        leg -> {
          String honest = claims(bank, leg, "alice").build().toString();
          String nested = "[".repeat(15_000) + "]".repeat(15_000);
          String deep = honest.substring(0, honest.length() - 1) + ",\"x\":" + nested + "}";
          var token = new JWSObject(header().build(), new Payload(deep));
          try {
            token.sign(new ECDSASigner(bank.key));
          } catch (JOSEException e) {
            throw new AssertionError(e);
          }
          return token.serialize();
        },
        "federation.token");
  }
}
