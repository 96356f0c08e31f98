// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import static dev.vigil.store.Scene.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.admission.AcceptedMetadata;
import dev.vigil.admission.EnforcementPoint;
import dev.vigil.admission.OneTime;
import dev.vigil.admission.RefreshToken;
import dev.vigil.admission.Tx;
import dev.vigil.admission.Tx.Conflict;
import dev.vigil.admission.View;
import dev.vigil.audit.SecurityEvent;
import dev.vigil.identity.Session;
import dev.vigil.kernel.AppId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.assertj.core.api.OptionalAssert;
import org.junit.jupiter.api.Test;

/// What every store must do.
abstract class StoreContract extends FederationContract {

  private OptionalAssert<OneTime> taken(Function<Tx, Optional<OneTime>> call) {
    Optional<OneTime> answer = store().change(call);
    return assertThat(answer);
  }

  @Test
  void an_empty_store_knows_nothing() {
    number(View::sequence).isZero();
    all(View::subjects).isEmpty();
    one(View::policy).isEmpty();
    number(v -> v.factsVersion("device", "x")).isZero();
    all(v -> v.eventsAfter(0, 10)).isEmpty();
  }

  @Test
  void a_subject_comes_back_as_it_was_put_and_lists_keep_the_order_of_creation() {
    var alice = scene.person("alice@bank.example");
    var bob = scene.person("bob@bank.example");
    change(tx -> tx.put(alice));
    change(tx -> tx.put(bob));
    one(v -> v.subject(alice.id())).contains(alice);
    one(v -> v.subjectNamed("bob@bank.example")).contains(bob);
    one(v -> v.subjectNamed("Bob@bank.example")).isEmpty();
    var renamed =
        new dev.vigil.identity.Subject(
            alice.id(),
            "a@bank.example",
            "A",
            alice.population(),
            alice.groups(),
            alice.roles(),
            false,
            alice.createdAt());
    change(tx -> tx.put(renamed));
    all(View::subjects).containsExactly(renamed, bob);
  }

  @Test
  void a_user_name_belongs_to_one_subject() {
    change(tx -> tx.put(scene.person("alice@bank.example")));
    assertThatThrownBy(() -> change(tx -> tx.put(scene.person("alice@bank.example"))))
        .isInstanceOf(Conflict.class);
    all(View::subjects).hasSize(1);
  }

  @Test
  void after_a_conflict_the_same_change_may_go_on() {
    change(tx -> tx.put(scene.person("alice@bank.example")));
    change(tx -> {
      assertThatThrownBy(() -> tx.put(scene.person("alice@bank.example")))
          .isInstanceOf(Conflict.class);
      tx.put(scene.person("bob@bank.example"));
    });
    all(View::subjects).hasSize(2);
  }

  @Test
  void passkeys_come_back_and_can_be_removed() {
    var alice = scene.person("alice@bank.example");
    var first = scene.passkey(alice);
    var second = scene.passkey(alice);
    change(tx -> {
      tx.put(alice);
      tx.put(first);
      tx.put(second);
    });
    one(v -> v.passkey(first.credentialId())).contains(first);
    all(v -> v.passkeysOf(alice.id())).containsExactly(first, second);
    change(tx -> tx.removePasskey(first.credentialId()));
    all(v -> v.passkeysOf(alice.id())).containsExactly(second);
  }

  @Test
  void a_use_and_a_name_replace_what_was_known_of_a_passkey() {
    var alice = scene.person("alice@bank.example");
    var first = scene.passkey(alice);
    var used = first.used(8, true, NOON.plusSeconds(9)).named("blue key");
    change(tx -> {
      tx.put(alice);
      tx.put(first);
      tx.put(used);
    });
    all(v -> v.passkeysOf(alice.id())).containsExactly(used);
  }

  @Test
  void the_last_metadata_are_remembered() {
    one(View::metadata).isEmpty();
    var first = new AcceptedMetadata(41, LocalDate.parse("2026-11-30"), NOON);
    var second = new AcceptedMetadata(42, LocalDate.parse("2026-12-31"), NOON.plusNanos(7));
    change(tx -> tx.put(first));
    one(View::metadata).contains(first);
    change(tx -> tx.put(second));
    one(View::metadata).contains(second);
  }

  @Test
  void a_device_key_belongs_to_one_device_and_revoking_is_kept() {
    var alice = scene.person("alice@bank.example");
    var phone = scene.phone(alice);
    var thief =
        new dev.vigil.posture.Device(
            scene.phone(alice).id(),
            phone.kind(),
            alice.id(),
            phone.key(),
            "copy",
            NOON,
            Optional.empty());
    change(tx -> tx.put(alice));
    change(tx -> tx.put(phone));
    assertThatThrownBy(() -> change(tx -> tx.put(thief))).isInstanceOf(Conflict.class);
    change(tx -> tx.put(phone.revoke(NOON, "lost")));
    one(v -> v.deviceOfKey(phone.key())).contains(phone.revoke(NOON, "lost"));
    all(View::devices).hasSize(1);
  }

  @Test
  void signals_have_a_history_and_an_end() {
    new SignalsContract(store(), scene).check();
  }

  @Test
  void sessions_of_every_binding_come_back_and_only_live_ones_are_live() {
    var alice = scene.person("alice@bank.example");
    var phone = scene.phone(alice);
    var onKey = scene.session(alice, new Session.Binding.Key(scene.digest()));
    var onDevice = scene.session(alice, new Session.Binding.Device(phone.id(), phone.key()));
    var onCookie = scene.session(alice, new Session.Binding.Cookie());
    var onCertificate = scene.session(alice, new Session.Binding.Certificate(phone.id()));
    var all = List.of(onKey, onDevice, onCookie, onCertificate);
    change(tx -> {
      tx.put(alice);
      tx.put(phone);
      all.forEach(tx::put);
    });
    for (var session : all) one(v -> v.session(session.id())).contains(session);
    change(tx -> tx.put(onCookie.end(NOON, "signed out")));
    one(v -> v.session(onCookie.id())).contains(onCookie.end(NOON, "signed out"));
    all(v -> v.liveSessions(NOON)).containsExactly(onKey, onDevice, onCertificate);
    all(v -> v.sessionsOf(alice.id(), NOON)).containsExactly(onKey, onDevice, onCertificate);
    all(v -> v.sessionsOf(phone.id(), NOON)).containsExactly(onDevice, onCertificate);
    all(v -> v.sessionsOf(phone.key(), NOON)).containsExactly(onDevice);
    all(v -> v.sessionsOf(onKey.key().orElseThrow(), NOON)).containsExactly(onKey);
    all(v -> v.sessionsOf(phone.id(), onDevice.expiresAt())).isEmpty();
    all(v -> v.liveSessions(onKey.expiresAt().minusNanos(1))).hasSize(3);
    all(v -> v.liveSessions(onKey.expiresAt())).isEmpty();
  }

  @Test
  void a_spent_refresh_token_is_still_known() {
    var alice = scene.person("alice@bank.example");
    var session = scene.session(alice, new Session.Binding.Cookie());
    var token = scene.refreshToken(session);
    var spent = new RefreshToken(token.digest(), token.session(), token.expiresAt(), true);
    change(tx -> {
      tx.put(alice);
      tx.put(session);
      tx.put(token);
    });
    one(v -> v.refreshToken(token.digest())).contains(token);
    change(tx -> tx.put(spent));
    one(v -> v.refreshToken(token.digest())).contains(spent);
  }

  @Test
  void apps_come_back_and_can_be_removed() {
    change(tx -> {
      tx.put(scene.app("payments"));
      tx.put(scene.app("mail"));
    });
    all(View::apps).containsExactly(scene.app("payments"), scene.app("mail"));
    change(tx -> tx.removeApp(scene.app("payments").id()));
    one(v -> v.app(scene.app("payments").id())).isEmpty();
    all(View::apps).containsExactly(scene.app("mail"));
  }

  @Test
  void policies_are_published_in_order_without_gaps() {
    change(tx -> tx.put(scene.policy(1)));
    change(tx -> tx.put(scene.policy(2)));
    assertThatThrownBy(() -> change(tx -> tx.put(scene.policy(2)))).isInstanceOf(Conflict.class);
    assertThatThrownBy(() -> change(tx -> tx.put(scene.policy(4)))).isInstanceOf(Conflict.class);
    one(View::policy).contains(scene.policy(2));
    all(v -> v.policyHistory(10)).containsExactly(scene.policy(2), scene.policy(1));
    all(v -> v.policyHistory(1)).containsExactly(scene.policy(2));
  }

  @Test
  void what_waits_for_approval_comes_back_as_it_was_put_until_it_is_removed() {
    var alice = scene.person("alice@bank.example");
    var first = scene.pending(alice.id());
    var second = scene.pending(alice.id());
    assertThatThrownBy(() -> change(tx -> tx.put(first))).isInstanceOf(Conflict.class);
    change(tx -> tx.put(alice));
    change(tx -> tx.put(first));
    change(tx -> tx.put(second));
    all(View::pendingPolicies).containsExactly(first, second);
    change(tx -> tx.removePending(first.id()));
    change(tx -> tx.removePending(first.id()));
    all(View::pendingPolicies).containsExactly(second);
  }

  @Test
  void an_enforcement_point_has_the_apps_it_was_given_last() {
    var machine = scene.person("gateway@bank.example");
    var point = new EnforcementPoint(machine.id(), Set.of(new AppId("staff"), new AppId("todo")));
    assertThatThrownBy(() -> change(tx -> tx.put(point))).isInstanceOf(Conflict.class);
    change(tx -> tx.put(machine));
    change(tx -> tx.put(point));
    one(v -> v.enforcementPoint(machine.id())).contains(point);
    all(View::enforcementPoints).containsExactly(point);
    change(tx -> tx.put(new EnforcementPoint(machine.id(), Set.of())));
    one(v -> v.enforcementPoint(machine.id())).isEmpty();
    all(View::enforcementPoints).isEmpty();
  }

  @Test
  void clients_browsers_and_sign_ins_are_kept() {
    new ClientsContract(store(), scene).check();
  }

  @Test
  void saml_service_providers_and_who_is_signed_in_there_are_kept() {
    new SamlContract(store(), scene).check();
  }

  @Test
  void feeds_links_and_claims_are_kept() {
    new FeedsContract(store(), scene).check();
  }

  @Test
  void acme_accounts_orders_and_their_devices_are_kept() {
    new AcmeContract(store(), scene).check();
  }

  @Test
  void enrolments_that_wait_for_approval_are_kept() {
    new EnrolmentsContract(store(), scene).check();
  }

  @Test
  void certificates_that_were_revoked_are_kept() {
    new CertificatesContract(store(), scene).check();
  }

  @Test
  void a_one_time_value_is_spent_once() {
    var code = scene.code();
    change(tx -> tx.put(code));
    taken(tx -> tx.peek(code.kind(), code.key(), NOON)).contains(code);
    taken(tx -> tx.spend(OneTime.Kind.INVITATION, code.key(), NOON)).isEmpty();
    taken(tx -> tx.spend(code.kind(), code.key(), NOON)).contains(code);
    taken(tx -> tx.spend(code.kind(), code.key(), NOON)).isEmpty();
    taken(tx -> tx.peek(code.kind(), code.key(), NOON)).isEmpty();
    assertThatThrownBy(() -> change(tx -> tx.put(code))).isInstanceOf(Conflict.class);
  }

  @Test
  void a_spending_that_fails_later_has_not_spent() {
    var code = scene.code();
    change(tx -> tx.put(code));
    assertThatThrownBy(() ->
            change(tx -> {
              assertThat(tx.spend(code.kind(), code.key(), NOON)).isPresent();
              throw new UnsupportedOperationException("on second thoughts");
            }))
        .isInstanceOf(UnsupportedOperationException.class);
    taken(tx -> tx.spend(code.kind(), code.key(), NOON)).contains(code);
  }

  @Test
  void an_expired_one_time_value_is_not_spent_but_its_key_stays_used_until_it_is_forgotten() {
    var code = scene.code();
    change(tx -> tx.put(code));
    taken(tx -> tx.spend(code.kind(), code.key(), code.expiresAt())).isEmpty();
    assertThatThrownBy(() -> change(tx -> tx.put(code))).isInstanceOf(Conflict.class);
    assertThat((int) store().<Integer>change(tx -> tx.forgetExpired(code.expiresAt()))).isZero();
    assertThat((int) store().<Integer>change(tx -> tx.forgetExpired(code.expiresAt().plusNanos(1))))
        .isEqualTo(1);
    change(tx -> tx.put(code));
  }

  @Test
  void events_are_numbered_from_one_and_stamped_by_the_store() {
    var first =
        store()
            .<SecurityEvent>change(
                tx -> tx.append(scene.event("session-revoked", "ses_a", "sub_b")));
    var second = store().<SecurityEvent>change(tx -> tx.append(scene.event("device-enrolled")));
    assertThat(first.sequence()).isEqualTo(1);
    assertThat(first.committed()).isEqualTo(NOON);
    assertThat(second.sequence()).isEqualTo(2);
    number(View::sequence).isEqualTo(2);
    all(v -> v.eventsAfter(0, 10)).containsExactly(first, second);
    all(v -> v.eventsAfter(1, 10)).containsExactly(second);
    all(v -> v.eventsAfter(0, 1)).containsExactly(first);
    assertThatThrownBy(() -> change(tx -> tx.append(second))).isInstanceOf(Conflict.class);
  }

  @Test
  void a_change_that_fails_leaves_no_gap_in_the_sequence() {
    assertThatThrownBy(() ->
            change(tx -> {
              tx.append(scene.event("never"));
              throw new UnsupportedOperationException("no");
            }))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(store().<SecurityEvent>change(tx -> tx.append(scene.event("first"))).sequence())
        .isEqualTo(1);
  }

  @Test
  void facts_are_kept_by_version() {
    change(tx -> {
      tx.putFacts("device", "dev_a", 3, "{\"rooted\":false}");
      tx.putFacts("device", "dev_a", 10, "{\"rooted\":true}");
      tx.putFacts("device", "dev_b", 99, "{}");
    });
    one(v -> v.facts("device", "dev_a", 3)).contains("{\"rooted\":false}");
    one(v -> v.facts("device", "dev_a", 4)).isEmpty();
    number(v -> v.factsVersion("device", "dev_a")).isEqualTo(10);
    number(v -> v.factsVersion("subject", "dev_a")).isZero();
  }

  @Test
  void a_change_sees_itself_before_others_do() {
    var alice = scene.person("alice@bank.example");
    change(tx -> {
      tx.put(alice);
      assertThat(tx.subject(alice.id())).contains(alice);
      one(v -> v.subject(alice.id())).isEmpty();
    });
    one(v -> v.subject(alice.id())).contains(alice);
  }

  @Test
  void a_change_within_a_change_is_refused_instead_of_waiting_for_ever() {
    assertThatThrownBy(() -> change(_ -> change(_ -> {})))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_change_or_query_that_is_over_answers_nothing() {
    var kept = new ArrayList<View>();
    change(kept::add);
    assertThatThrownBy(() -> kept.getLast().subjects()).isInstanceOf(IllegalStateException.class);
    store().<Boolean>read(kept::add);
    assertThatThrownBy(() -> kept.getLast().subjects()).isInstanceOf(IllegalStateException.class);
  }
}
