// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.feed;

import static dev.vigil.admission.feed.FeedScenes.ADMIN;
import static dev.vigil.admission.feed.FeedScenes.RULES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.feed.PostureSource.Reason;
import dev.vigil.posture.Device;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Rounds through a product's pages, and its troubles.
class SynchronisationTest {

  private final FeedScenes scene = new FeedScenes();
  private final ScriptedSource source = new ScriptedSource();
  private final Synchronisation sync = again();
  private final FeedStates states = new FeedStates(scene.changes);
  private final Device hers = scene.phone(scene.alice);
  private final Device his = scene.phone(scene.bob);

  /// As after a restart.
  private Synchronisation again() {
    return new Synchronisation(scene.changes, source, RULES, scene.entropy);
  }

  private DeviceSaid alices() {
    return scene.withKey(scene.said("a", scene.alice), hers);
  }

  private DeviceSaid bobs() {
    return scene.withKey(scene.said("b", scene.bob), his);
  }

  @Test
  void a_round_goes_from_page_to_page_and_the_next_comes_after_the_interval() {
    source.page("p2", alices()).last(bobs());
    var state = sync.run();
    assertThat(source.cursors).containsExactly(Optional.empty(), Optional.of("p2"));
    assertThat(state.counts()).isEqualTo(new FeedState.Counts(2, 2, 0, 0, 0));
    assertThat(state.completed()).contains(scene.time.now());
    assertThat(Duration.between(scene.time.now(), sync.due()))
        .isBetween(Duration.ofMinutes(27), Duration.ofMinutes(33));
  }

  @Test
  void what_is_no_longer_listed_loses_what_the_product_said() {
    source.last(alices(), bobs()).last(alices());
    sync.run();
    sync.run();
    assertThat(scene.signals(hers)).isNotEmpty();
    assertThat(scene.signals(his)).isEmpty();
    assertThat(scene.events("device-posture-change").getLast().cause()).contains("no longer lists");
  }

  @Test
  void what_could_not_be_read_is_not_taken_for_gone() {
    source.last(alices(), bobs()).page(1, Optional.empty(), Optional.empty(), alices());
    sync.run();
    var state = sync.run();
    assertThat(state.counts().unreadable()).isOne();
    assertThat(scene.signals(his)).isNotEmpty();
  }

  @Test
  void an_empty_answer_of_a_product_that_knew_devices_takes_nothing_away() {
    source.last(alices(), bobs()).last();
    sync.run();
    var state = sync.run();
    assertThat(state.failure().map(FeedState.Failure::reason)).contains(Reason.GARBAGE);
    assertThat(scene.signals(hers)).isNotEmpty();
  }

  @Test
  void a_throttled_round_goes_on_where_it_stopped_and_not_before_it_may() {
    var wish = scene.time.now().plusSeconds(600);
    source.page("p2", alices()).fails(Reason.THROTTLED, Optional.of(wish)).last(bobs());
    var stopped = sync.run();
    assertThat(stopped.completed()).isEmpty();
    assertThat(sync.due()).isAfterOrEqualTo(wish);
    scene.time.pass(Duration.ofMinutes(11));
    var state = sync.run();
    assertThat(source.cursors.getLast()).contains("p2");
    assertThat(state.counts().devices()).isEqualTo(2);
    assertThat(state.failure()).isEmpty();
  }

  @Test
  void a_product_cannot_put_us_off_for_longer_than_a_day() {
    var wish = scene.time.now().plus(Duration.ofDays(365));
    source.fails(Reason.THROTTLED, Optional.of(wish));
    sync.run();
    assertThat(sync.due()).isBefore(scene.time.now().plus(Duration.ofHours(25)));
  }

  @Test
  void after_each_failure_it_waits_longer_and_a_wrong_credential_is_tried_rarely() {
    for (int i = 0; i < 9; i++) source.fails(Reason.DOWN, Optional.empty());
    source.fails(Reason.CREDENTIAL, Optional.empty());
    sync.run();
    assertThat(Duration.between(scene.time.now(), sync.due()))
        .isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
    for (int i = 0; i < 8; i++) sync.run();
    assertThat(Duration.between(scene.time.now(), sync.due()))
        .isBetween(Duration.ofMinutes(30), Duration.ofMinutes(60));
    var state = sync.run();
    assertThat(state.failure()).contains(new FeedState.Failure(Reason.CREDENTIAL, "it says no", 1));
    assertThat(Duration.between(scene.time.now(), sync.due()))
        .isBetween(Duration.ofMinutes(7), Duration.ofMinutes(15));
    assertThat(scene.events("feed-failed")).hasSize(2);
  }

  @Test
  void a_restart_keeps_the_schedule_and_begins_a_broken_full_round_anew() {
    source.page("p2", alices()).fails(Reason.DOWN, Optional.empty()).last(alices(), bobs());
    sync.run();
    var due = sync.due();
    var restarted = again();
    assertThat(restarted.due()).isEqualTo(due);
    restarted.run();
    assertThat(source.cursors.getLast()).isEmpty();
  }

  @Test
  void a_product_that_tells_changes_is_asked_for_all_again_before_signals_run_out() {
    source
        .page(0, Optional.empty(), Optional.of("delta1"), alices(), bobs())
        .page(0, Optional.empty(), Optional.of("delta2"))
        .page(0, Optional.empty(), Optional.of("delta3"), alices(), bobs());
    sync.run();
    scene.time.pass(Duration.ofMinutes(30));
    again().run();
    assertThat(source.cursors.getLast()).contains("delta1");
    assertThat(scene.signals(his)).isNotEmpty();
    scene.time.pass(Duration.ofHours(12));
    again().run();
    assertThat(source.cursors.getLast()).isEmpty();
  }

  @Test
  void a_forgotten_cursor_means_to_begin_from_nothing_at_once() {
    source
        .page(0, Optional.empty(), Optional.of("delta1"), alices())
        .fails(Reason.CURSOR_EXPIRED, Optional.empty())
        .last(alices());
    sync.run();
    sync.run();
    assertThat(sync.due()).isBeforeOrEqualTo(scene.time.now());
    sync.run();
    assertThat(source.cursors.getLast()).isEmpty();
  }

  @Test
  void pages_that_go_in_a_circle_are_garbage() {
    source.page("p2", alices()).page("p2");
    assertThat(sync.run().failure().map(FeedState.Failure::reason)).contains(Reason.GARBAGE);
  }

  @Test
  void hours_of_garbage_change_nothing_and_the_feed_is_silent_once_and_recovers_once() {
    source.last(alices());
    sync.run();
    for (int i = 0; i < 100; i++) source.fails(Reason.GARBAGE, Optional.empty());
    source.last(alices());
    for (int hour = 0; hour < 100; hour++) {
      scene.time.pass(Duration.ofMinutes(20));
      sync.run();
      states.watch(RULES);
    }
    assertThat(states.of("intune").silent()).isPresent();
    assertThat(scene.events("feed-silent")).hasSize(1);
    assertThat(scene.signals(hers)).isNotEmpty().noneMatch(one -> one.countsAt(scene.time.now()));
    sync.run();
    assertThat(states.watch(RULES).silent()).isEmpty();
    assertThat(scene.events("feed-recovered")).hasSize(1);
    assertThat(scene.signals(hers)).allMatch(one -> one.countsAt(scene.time.now()));
  }

  @Test
  void a_product_that_was_never_reached_falls_silent_too() {
    states.watch(RULES);
    scene.time.pass(Duration.ofHours(25));
    assertThat(states.watch(RULES).silent()).isPresent();
  }

  @Test
  void an_administrator_can_have_it_asked_at_once() {
    source.last(alices());
    sync.run();
    assertThat(sync.due()).isAfter(scene.time.now());
    scene.feeds.sync(ADMIN, "intune");
    assertThat(sync.due()).isBeforeOrEqualTo(scene.time.now());
  }
}
