// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.identity.Authentication;
import dev.vigil.identity.Authentication.Strength;
import dev.vigil.identity.Population;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.EvidenceTier;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Evidence;
import dev.vigil.policy.Fact;
import dev.vigil.policy.FactType;
import dev.vigil.policy.Facts;
import dev.vigil.policy.FactsSchema;
import dev.vigil.posture.Device;
import dev.vigil.posture.Signal;
import dev.vigil.posture.SignalForm;
import dev.vigil.posture.SignalName;
import dev.vigil.testkit.CollectedFacts;
import dev.vigil.testkit.FaultyStore;
import dev.vigil.testkit.ManualTime;
import dev.vigil.testkit.MemoryStore;
import dev.vigil.testkit.SeededEntropy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// What everyone who changes something may rely on.
class ChangesTest {

  private final ManualTime time = ManualTime.atNoon();
  private final SeededEntropy entropy = new SeededEntropy(1);
  private final FaultyStore store = new FaultyStore(new MemoryStore(time));
  private final CollectedFacts sink = new CollectedFacts();
  private final Changes changes = new Changes(store, sink, time, entropy);
  private final Subject alice =
      new Subject(
          SubjectId.random(entropy),
          "alice@bank.example",
          "Alice",
          Population.EMPLOYEE,
          Set.of("loans", "all"),
          Set.of(),
          true,
          time.now());

  private enum No implements Refusal {
    NO;

    @Override
    public Wording wording() {
      return new Wording("test.no", 403, "it was refused", "do nothing");
    }
  }

  private void aliceJoins() {
    changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx().put(alice);
          return work.event("subject-created", "invited", Map.of(), alice.id());
        });
  }

  @Test
  void facts_of_what_an_event_names_follow_the_commit_at_its_last_sequence() {
    aliceJoins();
    var facts = sink.last(FactsSink.Change.OfSubject.class).facts();
    assertThat(facts.find("subject.groups")).contains(List.of("all", "loans"));
    assertThat(facts.version()).isEqualTo(1).isEqualTo(sink.last().sequence());
    assertThat(store.<Optional<String>>read(view -> view.facts("subject", alice.id().value(), 1)))
        .contains(FactsJson.write(facts));
  }

  @Test
  void a_refused_change_leaves_nothing_behind() {
    Outcome<String> answer =
        changes.commit(
            Actor.SYSTEM,
            work -> {
              work.tx().put(alice);
              work.event("subject-created", "invited", Map.of(), alice.id());
              return Outcome.refused(No.NO);
            });
    assertThat(answer).isEqualTo(Outcome.refused(No.NO));
    assertThat(store.<Optional<Subject>>read(view -> view.subject(alice.id()))).isEmpty();
    assertThat(sink.all()).isEmpty();
  }

  @Test
  void a_change_that_throws_leaves_nothing_behind() {
    assertThatThrownBy(() ->
            changes.commit(
                Actor.SYSTEM,
                work -> {
                  work.tx().put(alice);
                  return work.event("subject-created", "invited", Map.of(), "alice");
                }))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(store.<List<Subject>>read(View::subjects)).isEmpty();
    assertThat(sink.all()).isEmpty();
  }

  @Test
  void a_refusal_is_recorded_without_new_facts() {
    aliceJoins();
    changes.refused(Actor.SYSTEM, "enrolment-refused", No.NO, alice.id());
    assertThat(sink.last().changes()).isEmpty();
    assertThat(sink.last().events())
        .singleElement()
        .satisfies(event -> assertThat(event.details()).containsEntry("code", "test.no"));
  }

  @Test
  void what_became_durable_is_decided_on_even_if_the_store_failed_after_it() {
    store.failNext(FaultyStore.Fault.AFTER);
    assertThatThrownBy(this::aliceJoins).isInstanceOf(Store.StoreUnavailable.class);
    assertThat(sink.last(FactsSink.Change.OfSubject.class).id()).isEqualTo(alice.id());
  }

  @Test
  void what_did_not_become_durable_is_not_decided_on() {
    store.failNext(FaultyStore.Fault.BEFORE);
    assertThatThrownBy(this::aliceJoins).isInstanceOf(Store.StoreUnavailable.class);
    assertThat(sink.all()).isEmpty();
  }

  @Test
  void after_a_restart_the_same_facts_decide_as_before() {
    aliceJoins();
    var before = FactsJson.write(sink.last(FactsSink.Change.OfSubject.class).facts());
    time.pass(Duration.ofDays(3));
    var again = new CollectedFacts();
    new Changes(store, again, time, entropy).load();
    assertThat(FactsJson.write(again.last(FactsSink.Change.OfSubject.class).facts()))
        .isEqualTo(before);
    assertThat(again.last().sequence()).isEqualTo(1);
  }

  @Test
  void commits_of_many_threads_reach_the_sink_in_their_one_order() {
    aliceJoins();
    try (var pool = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 500; i++) {
        pool.execute(() ->
            changes.commit(
                Actor.SYSTEM, work -> work.event("subject-changed", "test", Map.of(), alice.id())));
      }
    }
    var order = sink.all().stream().map(FactsSink.Committed::sequence).toList();
    assertThat(order).hasSize(501).isSorted();
  }

  @Test
  void a_weak_authentication_never_freshens_a_strong_one() {
    var strong = time.now();
    var session =
        new Session(
                SessionId.random(entropy),
                alice.id(),
                new Session.Binding.Cookie(),
                List.of(),
                strong,
                strong.plusSeconds(3600),
                Optional.empty())
            .with(
                new Authentication(
                    strong, Strength.PASSKEY_HARDWARE, Set.of("hwk", "fpt"), true, true, "one"))
            .with(
                new Authentication(
                    strong.plusSeconds(60), Strength.PASSKEY, Set.of("swk"), true, false, "two"));
    var facts = FactsOf.authentication(session, 4);
    assertThat(facts.find("authentication.strength")).contains("passkey-hardware");
    assertThat(observed(facts, "authentication.strength")).isEqualTo(strong);
    assertThat(observed(facts, "authentication.user_verified")).isEqualTo(strong);
    assertThat(observed(facts, "authentication.phishing_resistant"))
        .isEqualTo(strong.plusSeconds(60));
    assertThat(facts.find("authentication.methods")).contains(List.of("fpt", "hwk", "swk"));
  }

  @Test
  void a_revoked_device_admits_no_certificate_and_is_not_active() {
    var device =
        new Device(
            DeviceId.random(entropy),
            Device.Kind.PHONE,
            alice.id(),
            Sha256.of(new byte[1]),
            "phone",
            time.now(),
            Optional.empty());
    aliceJoins();
    changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx().put(device.revoke(work.now(), "lost"));
          return work.event("device-compliance-change", "lost", Map.of(), device.id());
        });
    var change = sink.last(FactsSink.Change.OfDevice.class);
    assertThat(change.certificates()).isEmpty();
    assertThat(change.facts().find("device.active")).contains(false);
  }

  @Test
  void an_app_that_is_gone_is_removed() {
    var app =
        new App(
            new AppId("loans"),
            "loans.bank.example",
            URI.create("http://127.0.0.1:1"),
            "high",
            Set.of(),
            List.of());
    changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx().put(app);
          return work.event("app-published", "test", Map.of(), app.id());
        });
    assertThat(sink.last(FactsSink.Change.OfApp.class).facts().find("app.sensitivity"))
        .contains("high");
    changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx().removeApp(app.id());
          return work.event("app-removed", "test", Map.of(), app.id());
        });
    assertThat(sink.last().changes()).containsExactly(new FactsSink.Change.AppRemoved(app.id()));
  }

  @Test
  void every_signal_becomes_a_fact_of_the_same_name_and_survives_json_exactly() {
    var values =
        Map.of(
            "platform",
            "android",
            "model",
            "Pixel 9",
            "os_version",
            "17.0",
            "patch_date",
            "2026-09-05",
            "threat_level",
            "low");
    var signals = new ArrayList<Signal>();
    for (var name : SignalName.values()) {
      var value =
          values.getOrDefault(
              name.label(),
              name.form() instanceof SignalForm.OneOf(var words)
                  ? words.getFirst()
                  : name.form() instanceof SignalForm.IsoDay ? "2026-11-05" : "true");
      signals.add(
          new Signal(
              name,
              value,
              "sdk",
              EvidenceTier.REPORTED,
              Instant.parse("2026-11-22T11:00:00.123456789Z"),
              Instant.MAX));
    }
    var device =
        new Device(
            DeviceId.random(entropy),
            Device.Kind.PHONE,
            alice.id(),
            Sha256.of(new byte[1]),
            "phone",
            time.now(),
            Optional.empty());
    var facts =
        DeviceFacts.of(
            device,
            dev.vigil.posture.Posture.merge(signals, Instant.EPOCH),
            dev.vigil.posture.release.VendorReleases.NONE,
            7);
    var again = FactsJson.read(FactsJson.write(facts));
    for (var fact : FactsSchema.standard().of(facts.entity())) {
      if (DeviceFacts.OF_RELEASES.contains(fact.qualifiedName())) continue; // makers say it
      assertThat(facts.valueAt(fact.slot()))
          .as(fact.name())
          .isNotNull()
          .isEqualTo(again.valueAt(fact.slot()));
      assertThat(again.evidenceAt(fact.slot())).isEqualTo(facts.evidenceAt(fact.slot()));
    }
    assertThat(again.version()).isEqualTo(7);
  }

  @Test
  void attributes_keep_their_type() {
    var behind = new Evidence(EvidenceTier.MANAGED, Instant.parse("2026-11-22T11:00:00Z"));
    var meaning = new Fact.Meaning("", Set.of(), "");
    var level = Fact.attribute(Entity.SUBJECT, "grade", FactType.INTEGER, meaning);
    var joined = Fact.attribute(Entity.SUBJECT, "joined", FactType.DATE, meaning);
    var facts =
        Facts.about(Entity.SUBJECT, "sub", 3)
            .put(level, 7L, behind)
            .put(joined, LocalDate.parse("2026-01-31"), behind)
            .build();
    var again = FactsJson.read(FactsJson.write(facts));
    assertThat(again.value(level)).isEqualTo(7L);
    assertThat(again.value(joined)).isEqualTo(LocalDate.parse("2026-01-31"));
    assertThat(again.evidence(joined)).isEqualTo(behind);
    assertThat(FactsJson.write(again)).isEqualTo(FactsJson.write(facts));
  }

  @Test
  void the_words_of_a_signal_are_the_words_of_its_fact() {
    for (var name : SignalName.values()) {
      var allowed = FactsSchema.standard().find("device." + name.label()).orElseThrow().allowed();
      if (name.form() instanceof SignalForm.OneOf(List<String> words))
        assertThat(words).containsExactlyInAnyOrderElementsOf(allowed);
      else assertThat(allowed).isEmpty();
    }
  }

  private static Instant observed(Facts facts, String name) {
    int slot = FactsSchema.standard().find(name).orElseThrow().slot();
    return Optional.ofNullable(facts.evidenceAt(slot)).map(Evidence::observed).orElseThrow();
  }
}
