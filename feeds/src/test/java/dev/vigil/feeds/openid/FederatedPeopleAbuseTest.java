// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.openid;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.vigil.admission.Actor;
import dev.vigil.admission.signin.BrowserSessions;
import dev.vigil.admission.signin.Invitations;
import dev.vigil.admission.signin.OwnAccount;
import dev.vigil.identity.Passkey;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.identity.federation.Provider;
import dev.vigil.identity.federation.ProviderId;
import dev.vigil.kernel.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Who comes through another provider is nobody else, and no more than the provider may make them.
class FederatedPeopleAbuseTest extends FederationScene {

  private void tokenRefused(Function<Leg, String> token, String code) {
    var leg = start("bank");
    bank.idToken = () -> token.apply(leg);
    refused(finish("bank", leg), code);
  }

  private void claimsRefused(UnaryOperator<JWTClaimsSet.Builder> with, String code) {
    tokenRefused(leg -> bank.signed(with.apply(claims(bank, leg, "alice")).build()), code);
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
  void in_a_browser_too_only_a_trusted_providers_fresh_word_makes_a_first_passkey() {
    var alice = signIn("bank", "alice");
    var live = live(alice);
    var trusting =
        new OwnAccount(changes, new Invitations(changes, Set.of(new ProviderId("bank"))));
    assertThat(new OwnAccount(changes, new Invitations(changes)).another(live).toString())
        .contains("ONLY_VOUCHED_FOR");
    done(trusting.another(live));
    time.pass(Duration.ofMinutes(11));
    assertThat(trusting.another(live).toString()).contains("AGAIN");
  }

  private BrowserSessions.Live live(Session session) {
    var person = changes.read(view -> view.subject(session.subject())).orElseThrow();
    return new BrowserSessions.Live(person, session, Optional.empty());
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
}
