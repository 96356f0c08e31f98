// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import static dev.vigil.store.Scene.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.admission.AcceptedMetadata;
import dev.vigil.admission.OneTime;
import dev.vigil.admission.PolicyText;
import dev.vigil.admission.Tx;
import dev.vigil.admission.Tx.Conflict;
import dev.vigil.admission.View;
import dev.vigil.audit.SecurityEvent;
import dev.vigil.identity.Population;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.EventId;
import dev.vigil.kernel.SubjectId;
import dev.vigil.posture.Device;
import dev.vigil.posture.Signal;
import dev.vigil.posture.SignalName;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every store must withstand: crowds, races, failures in the middle, oversized and hostile
/// texts.
abstract class StoreAbuseContract extends StoreContract {

  private static final int THREADS = 16;

  @Test
  void many_threads_share_one_order_without_gaps() throws Exception {
    var seen =
        crowd(
            THREADS,
            40,
            _ -> store().<SecurityEvent>change(tx -> tx.append(scene.event("knock"))).sequence());
    assertThat(new HashSet<>(seen)).hasSize(THREADS * 40);
    number(View::sequence).isEqualTo(THREADS * 40);
    var stored =
        store().read(v -> v.eventsAfter(0, 10_000)).stream().map(SecurityEvent::sequence).toList();
    assertThat(stored)
        .isEqualTo(IntStream.rangeClosed(1, THREADS * 40).mapToObj(Long::valueOf).toList());
  }

  @Test
  void failing_changes_in_a_crowd_harm_only_themselves() throws Exception {
    crowd(
        THREADS,
        30,
        i -> {
          if (i % 3 != 0) return store().change(tx -> tx.append(scene.event("good")).sequence());
          assertThatThrownBy(() ->
                  change(tx -> {
                    tx.append(scene.event("bad"));
                    throw new UnsupportedOperationException("bad");
                  }))
              .isInstanceOf(UnsupportedOperationException.class);
          return 0L;
        });
    var events = store().read(v -> v.eventsAfter(0, 10_000));
    assertThat(events).allMatch(event -> event.type().equals("good")).hasSize(THREADS * 20);
    assertThat(events.getLast().sequence()).isEqualTo(THREADS * 20);
  }

  @Test
  void of_all_who_race_to_spend_exactly_one_wins() throws Exception {
    for (int round = 0; round < 20; round++) {
      var code = scene.code();
      change(tx -> tx.put(code));
      var wins =
          crowd(
              THREADS,
              1,
              _ -> store().change(tx -> tx.spend(code.kind(), code.key(), NOON)).isPresent());
      assertThat(wins.stream().filter(won -> won)).hasSize(1);
    }
  }

  @Test
  void of_all_who_race_for_a_user_name_exactly_one_gets_it() throws Exception {
    var outcomes =
        crowd(
            THREADS,
            1,
            _ -> {
              try {
                change(tx -> tx.put(scene.person("alice@bank.example")));
                return true;
              } catch (Conflict e) {
                return false;
              }
            });
    assertThat(outcomes.stream().filter(won -> won)).hasSize(1);
    all(View::subjects).hasSize(1);
  }

  @Test
  void a_reader_holds_every_change_that_was_returned() throws Exception {
    crowd(
        THREADS,
        20,
        _ -> {
          var event = store().<SecurityEvent>change(tx -> tx.append(scene.event("knock")));
          number(View::sequence).isGreaterThanOrEqualTo(event.sequence());
          all(v -> v.eventsAfter(event.sequence() - 1, 1)).containsExactly(event);
          return true;
        });
  }

  /// Every port call that changes something, failing before and after its effect: nothing of the
  /// change is kept.
  @Test
  void a_change_that_fails_at_any_call_keeps_nothing() {
    var alice = scene.person("alice@bank.example");
    var phone = scene.phone(alice);
    var session = scene.session(alice, new Session.Binding.Cookie());
    var code = scene.code();
    var passkey = scene.passkey(alice);
    change(tx -> {
      tx.put(alice);
      tx.put(phone);
      tx.put(session);
      tx.put(code);
      tx.put(passkey);
      tx.put(scene.app("mail"));
    });
    Map<String, Consumer<Tx>> calls = new LinkedHashMap<>();
    calls.put("put subject", tx -> tx.put(scene.person("bob@bank.example")));
    calls.put("put passkey", tx -> tx.put(scene.passkey(alice)));
    calls.put("remove passkey", tx -> tx.removePasskey(passkey.credentialId()));
    calls.put(
        "put metadata", tx -> tx.put(new AcceptedMetadata(9, LocalDate.parse("2026-12-01"), NOON)));
    calls.put("put device", tx -> tx.put(scene.phone(alice)));
    calls.put("put certificate", tx -> tx.put(scene.certificate(phone)));
    calls.put(
        "end certificates", tx -> tx.certificates().end(Device.Kind.PHONE, NOON.plusSeconds(9)));
    calls.put(
        "put signals",
        tx ->
            tx.signals().put(phone.id(), List.of(scene.signal(SignalName.ROOTED, "true", "sdk"))));
    calls.put("put session", tx -> tx.put(session.end(NOON, "ended")));
    calls.put("put refresh token", tx -> tx.put(scene.refreshToken(session)));
    calls.put("put app", tx -> tx.put(scene.app("payments")));
    calls.put("remove app", tx -> tx.removeApp(scene.app("mail").id()));
    calls.put("put policy", tx -> tx.put(scene.policy(1)));
    calls.put("put one-time value", tx -> tx.put(scene.code()));
    calls.put("spend", tx -> tx.spend(code.kind(), code.key(), NOON));
    calls.put("forget expired", tx -> tx.forgetExpired(NOON.plusSeconds(10_000)));
    calls.put("append", tx -> tx.append(scene.event("never")));
    calls.put("put facts", tx -> tx.putFacts("device", phone.id().value(), 1, "{}"));
    var before = everything(alice, phone, session, code);
    calls.forEach((name, call) -> {
      assertFails(tx -> {
        tx.append(scene.event("before " + name));
        throw new UnsupportedOperationException(name);
      });
      assertFails(tx -> {
        tx.append(scene.event("after " + name));
        call.accept(tx);
        throw new UnsupportedOperationException(name);
      });
      assertThat(everything(alice, phone, session, code)).as(name).isEqualTo(before);
    });
    calls.forEach((name, call) -> change(call));
    assertThat(everything(alice, phone, session, code)).isNotEqualTo(before);
  }

  private void assertFails(Consumer<Tx> body) {
    assertThatThrownBy(() -> change(body)).isInstanceOf(UnsupportedOperationException.class);
  }

  private List<Object> everything(
      Subject alice, dev.vigil.posture.Device phone, Session session, OneTime code) {
    return store()
        .change(tx ->
            List.<Object>of(
                tx.sequence(),
                tx.subjects(),
                List.of(tx.passkeysOf(alice.id()), tx.metadata()),
                tx.devices(),
                tx.certificatesOf(phone.id()),
                tx.signals().of(phone.id()),
                tx.session(session.id()),
                tx.apps(),
                tx.policyHistory(9),
                tx.peek(code.kind(), code.key(), NOON),
                tx.eventsAfter(0, 99),
                tx.factsVersion("device", phone.id().value())));
  }

  @Test
  void what_is_not_stored_cannot_be_named() {
    var stranger = scene.person("stranger@bank.example");
    var phone = scene.phone(stranger);
    var session = scene.session(stranger, new Session.Binding.Cookie());
    List<Consumer<Tx>> calls =
        List.of(
            tx -> tx.put(scene.passkey(stranger)),
            tx -> tx.put(phone),
            tx -> tx.put(scene.certificate(phone)),
            tx -> tx.signals().put(phone.id(), List.of()),
            tx -> tx.put(session),
            tx -> tx.put(scene.refreshToken(session)));
    for (var call : calls) assertThatThrownBy(() -> change(call)).isInstanceOf(Conflict.class);
  }

  @Test
  void texts_are_taken_up_to_their_length_and_not_one_character_longer() {
    var alice = scene.person("alice@bank.example");
    var phone = scene.phone(alice);
    change(tx -> {
      tx.put(alice);
      tx.put(phone);
    });
    limit(320, (tx, text) -> tx.put(person(text, "x")));
    limit(256, (tx, text) -> tx.put(person("dora" + text.length(), text)));
    limit(
        256,
        (tx, text) ->
            tx.signals()
                .put(
                    phone.id(),
                    List.of(
                        new Signal(
                            SignalName.MODEL,
                            text,
                            "sdk",
                            dev.vigil.kernel.EvidenceTier.REPORTED,
                            NOON,
                            NOON.plusSeconds(60)))));
    limit(
        64,
        (tx, text) ->
            tx.signals().put(phone.id(), List.of(scene.signal(SignalName.MODEL, "x", text))));
    limit(1024, (tx, text) -> tx.put(phone.revoke(NOON, text)));
    limit(
        262_144, (tx, text) -> tx.put(new OneTime(OneTime.Kind.CODE, scene.digest(), text, NOON)));
    limit(1024, (tx, text) -> tx.append(event("type", text)));
    limit(100, (tx, text) -> tx.append(event(text, "cause")));
    limit(65_536, (tx, text) -> tx.putFacts("device", "x", 1, text));
    limit(
        1_048_576,
        (tx, text) ->
            tx.put(
                new PolicyText(
                    tx.policyHistory(1).stream().mapToLong(PolicyText::version).sum() + 1,
                    Map.of("a", text),
                    "a",
                    "r",
                    NOON)));
  }

  private void limit(int most, BiConsumer<Tx, String> put) {
    change(tx -> put.accept(tx, "é".repeat(most)));
    change(tx -> put.accept(tx, "😀".repeat(most)));
    long before = store().read(View::sequence);
    assertThatThrownBy(() ->
            change(tx -> {
              tx.append(scene.event("with it"));
              put.accept(tx, "x".repeat(most + 1));
            }))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> change(tx -> put.accept(tx, "x\0" + "x".repeat(most + 1))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> change(tx -> put.accept(tx, "\ud800")))
        .isInstanceOf(IllegalArgumentException.class);
    number(View::sequence).isEqualTo(before);
  }

  private Subject person(String userName, String displayName) {
    return new Subject(
        SubjectId.random(scene),
        userName,
        displayName,
        Population.CUSTOMER,
        Set.of(),
        Set.of(),
        true,
        NOON);
  }

  private SecurityEvent event(String type, String cause) {
    return new SecurityEvent(
        0, EventId.random(scene), type, List.of(), "system", cause, Map.of(), NOON, NOON);
  }

  @Test
  void text_is_never_read_as_sql() {
    for (var hostile :
        List.of(
            "'; DROP TABLE subject; --",
            "\" OR 1=1 --",
            "%",
            "_",
            "\\' OR ''='",
            ":id",
            "?",
            "$1",
            "$$",
            "{id}",
            "<id>")) {
      var person = person(hostile, hostile);
      change(tx -> {
        tx.put(person);
        tx.putFacts(hostile.substring(0, 1), hostile, 1, hostile);
      });
      one(v -> v.subject(person.id())).contains(person);
      one(v -> v.subjectNamed(hostile)).contains(person);
      one(v -> v.facts(hostile.substring(0, 1), hostile, 1)).contains(hostile);
      one(v -> v.passkey(hostile)).isEmpty();
    }
    all(View::subjects).hasSize(11);
  }

  /// Runs the same work on many threads at once and returns all answers.
  private static <T> List<T> crowd(int threads, int each, WorkOf<T> work) throws Exception {
    try (var pool = Executors.newFixedThreadPool(threads)) {
      var tasks =
          IntStream.range(0, threads)
              .<Callable<List<T>>>mapToObj(_ ->
                  () -> {
                    var answers = new ArrayList<T>();
                    for (int i = 0; i < each; i++) answers.add(work.run(i));
                    return answers;
                  })
              .toList();
      var all = new ArrayList<T>();
      for (var future : pool.invokeAll(tasks)) all.addAll(future.get());
      return all;
    }
  }

  private interface WorkOf<T> {
    T run(int i) throws Exception;
  }
}
