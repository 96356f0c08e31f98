// SPDX-License-Identifier: Apache-2.0
package dev.vigil.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Facts;
import dev.vigil.testkit.Policies;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeciderTest {

  private final AccessScene scene = new AccessScene();

  private void refused(Attempt attempt, AccessRefusal why) {
    var verdict = scene.decide(attempt);
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Rejected.class, rejected -> assertThat(rejected.refusal()).isEqualTo(why));
    assertThat(verdict.passes()).isFalse();
  }

  @Test
  void a_standing_session_on_its_device_is_decided_by_the_policies() {
    assertThat(scene.decide(scene.attempt()).passes()).isTrue();
    scene.deciding(_ -> Policies.deny());
    assertThat(scene.decide(scene.attempt()))
        .isInstanceOf(Verdict.Decided.class)
        .matches(verdict -> !verdict.passes());
  }

  @Test
  void a_certificate_that_is_not_on_the_positive_list_is_refused() {
    scene.enrolled(Map.of());
    refused(scene.attempt(), AccessRefusal.CERTIFICATE_UNKNOWN);
  }

  @Test
  void an_older_snapshot_does_not_bring_a_revoked_certificate_back() {
    scene.enrolled(Map.of());
    scene.world.put(
        new World.DeviceSnapshot(
            scene.device,
            scene.subject,
            Facts.about(Entity.DEVICE, scene.device.value(), 1).build(),
            Map.of(scene.certificate, scene.time.now().plusSeconds(60))));
    refused(scene.attempt(), AccessRefusal.CERTIFICATE_UNKNOWN);
  }

  @Test
  void a_certificate_is_refused_from_the_instant_it_expires() {
    scene.time.pass(Duration.ofDays(1).minusNanos(1));
    scene.signedIn(scene.subject, Optional.of(scene.device), scene.time.now().plusSeconds(60));
    assertThat(scene.decide(scene.attempt()).passes()).isTrue();
    scene.time.pass(Duration.ofNanos(1));
    refused(scene.attempt(), AccessRefusal.CERTIFICATE_EXPIRED);
  }

  @Test
  void a_missing_token_is_refused() {
    refused(scene.attempt(Optional.empty()), AccessRefusal.TOKEN_MISSING);
  }

  @Test
  void a_token_stolen_onto_another_device_is_refused() {
    var stolen =
        new AccessToken(
            scene.session,
            scene.subject,
            Sha256.of("other".getBytes(StandardCharsets.UTF_8)),
            scene.time.now().plusSeconds(60),
            1);
    refused(scene.attempt(Optional.of(stolen)), AccessRefusal.TOKEN_OF_ANOTHER_DEVICE);
  }

  @Test
  void a_token_is_refused_from_the_instant_it_expires() {
    var token = Optional.of(scene.token());
    scene.time.pass(Duration.ofMinutes(5));
    refused(scene.attempt(token), AccessRefusal.TOKEN_EXPIRED);
  }

  @Test
  void a_session_that_ended_expired_or_belongs_to_another_is_refused() {
    scene.signedIn(
        scene.subject,
        Optional.of(DeviceId.random(scene.entropy)),
        scene.time.now().plusSeconds(60));
    refused(scene.attempt(), AccessRefusal.SESSION_ENDED);
    scene.signedIn(scene.subject, Optional.empty(), scene.time.now().plusSeconds(60));
    refused(scene.attempt(), AccessRefusal.SESSION_ENDED);
    scene.signedIn(
        SubjectId.random(scene.entropy),
        Optional.of(scene.device),
        scene.time.now().plusSeconds(60));
    refused(scene.attempt(), AccessRefusal.SESSION_ENDED);
    scene.signedIn(scene.subject, Optional.of(scene.device), scene.time.now());
    refused(scene.attempt(), AccessRefusal.SESSION_ENDED);
    scene.world.remove(scene.session);
    refused(scene.attempt(), AccessRefusal.SESSION_ENDED);
  }

  @Test
  void an_unknown_app_is_refused() {
    scene.world.remove(scene.app);
    refused(scene.attempt(), AccessRefusal.APP_UNKNOWN);
  }

  @Test
  void a_node_behind_the_session_does_not_judge_it() {
    var ahead =
        new AccessToken(
            scene.session, scene.subject, scene.certificate, scene.time.now().plusSeconds(60), 2);
    refused(scene.attempt(Optional.of(ahead)), AccessRefusal.NOT_READY);
    scene.world.reached(2);
    assertThat(scene.decide(scene.attempt(Optional.of(ahead))).passes()).isTrue();
  }

  @Test
  void what_cannot_be_recorded_does_not_pass() {
    var verdict = scene.decider.decide(scene.attempt(), (_, _) -> false);
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Rejected.class,
            rejected -> assertThat(rejected.refusal()).isEqualTo(AccessRefusal.RECORDS_FULL));
  }

  @Test
  void every_verdict_is_recorded_with_its_reference() {
    var recorded = new ArrayList<Verdict>();
    var verdict =
        scene.decider.decide(scene.attempt(Optional.empty()), (_, one) -> recorded.add(one));
    assertThat(recorded).containsExactly(verdict);
  }

  @Test
  void only_this_very_action_counts_as_approved_until_spent_or_expired() {
    var action = Sha256.of("pay".getBytes(StandardCharsets.UTF_8));
    var other = Sha256.of("pay more".getBytes(StandardCharsets.UTF_8));
    scene.world.approve(scene.session, action, scene.time.now().plusSeconds(60));
    assertThat(approved(action)).isTrue();
    assertThat(approved(other)).isFalse();
    scene.world.spent(scene.session, action);
    assertThat(approved(action)).isFalse();
    scene.world.approve(scene.session, action, scene.time.now());
    assertThat(approved(action)).isFalse();
  }

  private boolean approved(Sha256 action) {
    return scene.decide(scene.transaction(action)) instanceof Verdict.Decided decided
        && decided.approved();
  }

  @Test
  void an_older_app_snapshot_does_not_replace_a_newer_one_nor_take_anothers_host() {
    var newer =
        new World.AppSnapshot(
            scene.app,
            "new.example",
            URI.create("http://127.0.0.1:1"),
            Facts.about(Entity.APP, "files", 9).build(),
            List.of());
    var older =
        new World.AppSnapshot(
            scene.app,
            "old.example",
            URI.create("http://127.0.0.1:2"),
            Facts.about(Entity.APP, "files", 8).build(),
            List.of());
    scene.world.put(newer);
    scene.world.put(older);
    assertThat(scene.world.app(scene.app)).contains(newer);
    assertThat(scene.world.appAt("old.example")).isEmpty();
    assertThat(scene.world.appAt("files.example")).isEmpty();
  }
}
