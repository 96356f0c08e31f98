// SPDX-License-Identifier: Apache-2.0
package dev.vigil.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.kernel.Sha256;
import dev.vigil.policy.Decision;
import dev.vigil.policy.Obligations;
import dev.vigil.testkit.Policies;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StreamsTest {

  private final AccessScene scene = new AccessScene();
  private final List<Verdict> cuts = new ArrayList<>();
  private final List<Verdict> recorded = new ArrayList<>();

  private Streams.Opened open() {
    return scene.streams.open(scene.attempt(), cuts::add, (_, verdict) -> recorded.add(verdict));
  }

  @Test
  void a_stream_is_cut_once_when_what_it_depends_on_changes() {
    assertThat(open().verdict().passes()).isTrue();
    scene.deciding(_ -> Policies.deny());
    for (int i = 0; i < 2; i++)
      scene.streams.changed(
          List.of(scene.subject, scene.session, scene.device, scene.app), scene.time.now());
    assertThat(cuts).hasSize(1);
    assertThat(scene.streams.size()).isZero();
  }

  @Test
  void each_of_subject_session_device_and_app_alone_cuts() {
    for (Object key : List.of(scene.subject, scene.session, scene.device, scene.app)) {
      scene.deciding(_ -> Policies.allow());
      open();
      scene.deciding(_ -> Policies.deny());
      scene.streams.changed(List.of(key), scene.time.now());
      assertThat(scene.streams.size()).as("%s", key).isZero();
    }
    assertThat(cuts).hasSize(4);
  }

  @Test
  void a_change_of_something_else_decides_nothing() {
    open();
    scene.deciding(_ -> Policies.deny());
    scene.streams.changed(List.of("something else"), scene.time.now());
    assertThat(cuts).isEmpty();
    assertThat(recorded).hasSize(1);
    scene.streams.changedAll(scene.time.now());
    assertThat(cuts).hasSize(1);
  }

  @Test
  void a_stream_that_does_not_pass_is_not_registered_and_not_cut() {
    scene.deciding(_ -> Policies.deny());
    assertThat(open().verdict().passes()).isFalse();
    assertThat(scene.streams.size()).isZero();
    assertThat(cuts).isEmpty();
  }

  @Test
  void an_ended_stream_is_not_decided_again() {
    open().registration().close();
    scene.deciding(_ -> Policies.deny());
    scene.streams.changedAll(scene.time.now());
    scene.streams.changed(List.of(scene.session), scene.time.now());
    scene.streams.expire(scene.time.now().plus(Duration.ofDays(2)));
    assertThat(recorded).hasSize(1);
    assertThat(cuts).isEmpty();
  }

  @Test
  void time_alone_decides_again_at_the_deadline_and_not_before() {
    var until = scene.time.now().plusSeconds(60);
    scene.deciding(request ->
        request.at().isBefore(until)
            ? new Decision.Allow(Policies.basis(until), Obligations.NONE)
            : Policies.deny());
    open();
    scene.streams.expire(until.minusNanos(1));
    assertThat(recorded).hasSize(1);
    scene.streams.expire(until);
    assertThat(cuts).hasSize(1);
  }

  @Test
  void a_stream_outlives_its_token_but_neither_its_session_nor_its_certificate() {
    open();
    scene.streams.expire(scene.time.now().plus(Duration.ofHours(7)));
    scene.streams.changedAll(scene.time.now().plus(Duration.ofHours(7)));
    assertThat(cuts).isEmpty();
    scene.streams.expire(scene.time.now().plus(Duration.ofHours(8)));
    assertThat(cuts)
        .singleElement()
        .isInstanceOfSatisfying(
            Verdict.Rejected.class,
            r -> assertThat(r.refusal()).isEqualTo(AccessRefusal.SESSION_ENDED));
  }

  @Test
  void a_decision_that_never_outlasts_now_does_not_spin() {
    scene.deciding(request -> new Decision.Allow(Policies.basis(request.at()), Obligations.NONE));
    open();
    scene.streams.expire(scene.time.now());
    assertThat(recorded).hasSize(2);
  }

  @Test
  void an_approval_that_was_spent_on_a_stream_stays_its_own() {
    var action = Sha256.of("pay".getBytes(StandardCharsets.UTF_8));
    scene.deciding(request ->
        request
                .authentication()
                .find("authentication.transaction_approved")
                .equals(Optional.of(true))
            ? Policies.allow()
            : Policies.deny());
    scene.world.approve(scene.session, action, scene.time.now().plusSeconds(60));
    assertThat(
            scene
                .streams
                .open(scene.transaction(action), cuts::add, (_, _) -> true)
                .verdict()
                .passes())
        .isTrue();
    scene.world.spent(scene.session, action);
    scene.streams.changed(List.of(scene.session), scene.time.now());
    assertThat(cuts).isEmpty();
    assertThat(
            scene
                .streams
                .open(scene.transaction(action), cuts::add, (_, _) -> true)
                .verdict()
                .passes())
        .isFalse();
  }

  @Test
  void a_stream_whose_restrictions_grew_is_cut_because_nobody_would_carry_them_out() {
    open();
    scene.deciding(_ -> Policies.allow(new Obligations(true, false, Optional.empty(), Set.of())));
    scene.streams.changedAll(scene.time.now());
    assertThat(cuts).hasSize(1);
  }

  @Test
  void a_recheck_decides_again_although_nothing_changed() {
    var recheck = Optional.of(Duration.ofMinutes(5));
    scene.deciding(
        _ -> Policies.allow(new Obligations(false, false, Optional.empty(), Set.of(), recheck)));
    open();
    var asked = new AtomicInteger();
    scene.deciding(_ -> {
      asked.incrementAndGet();
      return Policies.allow(new Obligations(false, false, Optional.empty(), Set.of(), recheck));
    });
    scene.streams.expire(scene.time.now().plus(Duration.ofMinutes(5)).minusNanos(1));
    assertThat(asked).hasValue(0);
    scene.streams.expire(scene.time.now().plus(Duration.ofMinutes(5)));
    scene.streams.expire(scene.time.now().plus(Duration.ofMinutes(10)));
    assertThat(asked).hasValue(2);
    assertThat(cuts).isEmpty();
  }

  @Test
  void a_certificate_that_appears_while_deciding_brings_its_device() {
    var listed = Map.of(scene.certificate, scene.time.now().plusSeconds(60));
    scene.enrolled(Map.of());
    var attempt = scene.attempt();
    assertThat(scene.streams.open(attempt, cuts::add, (_, _) -> true).verdict().passes()).isFalse();
    scene.enrolled(listed);
    assertThat(scene.streams.open(attempt, cuts::add, (_, _) -> true).verdict().passes()).isTrue();
    scene.enrolled(Map.of());
    scene.streams.changed(List.of(scene.device), scene.time.now());
    assertThat(cuts).hasSize(1);
  }

  /// Openers, a changer and a clock race; after the last change nothing that it forbids is still
  /// open.
  @Test
  void no_change_falls_between_registering_and_deciding() throws Exception {
    for (int round = 0; round < 300; round++) {
      var world = new AccessScene();
      var random = new Random(round);
      var denied = new AtomicBoolean();
      world.deciding(_ -> denied.get() ? Policies.deny() : Policies.allow());
      var open = ConcurrentHashMap.<Integer>newKeySet();
      var barrier = new CyclicBarrier(5);
      var ids = new AtomicInteger();
      var tasks = new ArrayList<Callable<Void>>();
      for (int opener = 0; opener < 4; opener++) {
        tasks.add(() -> {
          barrier.await();
          for (int i = 0; i < 25; i++) {
            int id = ids.incrementAndGet();
            var cut = new AtomicBoolean();
            var opened =
                world.streams.open(
                    world.attempt(),
                    _ -> {
                      cut.set(true);
                      open.remove(id);
                    },
                    (_, _) -> true);
            if (opened.verdict().passes()) open.add(id);
            if (cut.get()) open.remove(id);
          }
          return null;
        });
      }
      int spins = random.nextInt(2000);
      tasks.add(() -> {
        barrier.await();
        for (int i = 0; i < spins; i++) Thread.onSpinWait();
        denied.set(true);
        world.streams.changed(List.of(world.session), world.time.now());
        return null;
      });
      try (var pool = Executors.newFixedThreadPool(5)) {
        for (var done : pool.invokeAll(tasks)) done.get();
      }
      assertThat(open).as("round %s", round).isEmpty();
      assertThat(world.streams.size()).isZero();
    }
  }
}
