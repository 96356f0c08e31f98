// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.feed;

import static dev.vigil.admission.feed.FeedScenes.ADMIN;
import static dev.vigil.admission.feed.FeedScenes.RULES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.posture.Device;
import dev.vigil.posture.Signal;
import dev.vigil.posture.SignalName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What becomes of what a product says.
class FeedIntakeTest {

  private final FeedScenes scene = new FeedScenes();
  private final Device phone = scene.phone(scene.alice);

  private DeviceSaid said(Map<SignalName, String> says) {
    return scene.saying(scene.withKey(scene.said("m1", scene.alice), phone), says);
  }

  private Optional<String> value(SignalName name) {
    return scene.signals(phone).stream()
        .filter(one -> one.name() == name)
        .map(Signal::value)
        .findFirst();
  }

  @Test
  void what_no_signal_can_say_is_left_out_and_the_rest_is_taken() {
    var counts =
        scene.intake.listed(
            RULES,
            List.of(
                said(
                    Map.of(
                        SignalName.COMPLIANT, "Yes!",
                        SignalName.PATCH_DATE, "2099-01-01",
                        SignalName.ATTESTATION, "hardware",
                        SignalName.MODEL, "x".repeat(65),
                        SignalName.ROOTED, "false"))));
    assertThat(counts.leftOut()).isEqualTo(4);
    assertThat(scene.signals(phone)).extracting(Signal::name).containsExactly(SignalName.ROOTED);
  }

  @Test
  void evidence_from_the_future_is_as_old_as_its_arrival() {
    scene.intake.listed(
        RULES,
        List.of(
            scene.seen(
                said(Map.of(SignalName.ROOTED, "false")), scene.time.now().plusSeconds(9999))));
    assertThat(scene.signals(phone).getFirst().observed()).isEqualTo(scene.time.now());
  }

  @Test
  void nothing_new_costs_no_commit_until_half_of_its_life_is_over() {
    var same = said(Map.of(SignalName.COMPLIANT, "true"));
    scene.intake.listed(RULES, List.of(same));
    long sequence = scene.sequence();
    scene.time.pass(Duration.ofHours(11));
    scene.intake.listed(RULES, List.of(same));
    assertThat(scene.sequence()).isEqualTo(sequence);
    scene.time.pass(Duration.ofHours(2));
    scene.intake.listed(RULES, List.of(same));
    assertThat(scene.sequence()).isGreaterThan(sequence);
    assertThat(scene.signals(phone).getFirst().expires())
        .isEqualTo(scene.time.now().plus(RULES.lifetime()));
  }

  @Test
  void what_a_whole_statement_leaves_out_is_known_no_longer() {
    scene.intake.listed(
        RULES, List.of(said(Map.of(SignalName.COMPLIANT, "true", SignalName.ROOTED, "false"))));
    scene.intake.listed(RULES, List.of(said(Map.of(SignalName.ROOTED, "false"))));
    assertThat(value(SignalName.COMPLIANT)).isEmpty();
    assertThat(value(SignalName.ROOTED)).contains("false");
    scene.intake.listed(RULES, List.of(said(Map.of())));
    assertThat(scene.signals(phone)).isEmpty();
  }

  @Test
  void what_a_part_leaves_out_stays() {
    scene.intake.listed(RULES, List.of(said(Map.of(SignalName.COMPLIANT, "true"))));
    scene.intake.told(RULES, List.of(said(Map.of(SignalName.THREAT_LEVEL, "high"))));
    assertThat(value(SignalName.COMPLIANT)).contains("true");
    assertThat(value(SignalName.THREAT_LEVEL)).contains("high");
  }

  @Test
  void a_message_that_arrives_late_does_not_undo_what_was_seen_after_it() {
    var bad = said(Map.of(SignalName.THREAT_LEVEL, "high"));
    scene.intake.told(RULES, List.of(bad));
    var late = said(Map.of(SignalName.THREAT_LEVEL, "none", SignalName.ROOTED, "false"));
    scene.intake.told(RULES, List.of(scene.seen(late, scene.time.now().minusSeconds(600))));
    assertThat(value(SignalName.THREAT_LEVEL)).contains("high");
    assertThat(value(SignalName.ROOTED)).contains("false");
  }

  @Test
  void other_sources_keep_their_word() {
    var other = new FeedRules("lookout", RULES.interval(), RULES.lifetime(), RULES.claims());
    scene.intake.listed(RULES, List.of(said(Map.of(SignalName.COMPLIANT, "true"))));
    scene.intake.listed(other, List.of(said(Map.of(SignalName.THREAT_LEVEL, "none"))));
    scene.feeds.unlink(ADMIN, "intune", "m1");
    scene.feeds.sync(ADMIN, "intune");
    scene.feeds.unlink(ADMIN, "intune", "m1");
    assertThat(value(SignalName.THREAT_LEVEL)).contains("none");
  }

  @Test
  void an_imported_list_cannot_speak_for_a_product_or_for_the_app() {
    var list = List.of(said(Map.of(SignalName.COMPLIANT, "true")));
    for (String name : List.of("intune", "sdk", "Intune", "", "x y"))
      assertThat(scene.feeds.imported(ADMIN, name, Duration.ofHours(1), list))
          .isInstanceOf(Outcome.Refused.class);
    assertThat(scene.feeds.imported(ADMIN, "inventory", Duration.ofDays(31), list))
        .isInstanceOf(Outcome.Refused.class);
    assertThat(scene.signals(phone)).isEmpty();
    assertThat(scene.feeds.imported(ADMIN, "inventory", Duration.ofHours(1), list))
        .isInstanceOf(Outcome.Done.class);
    assertThat(scene.signals(phone).getFirst().source()).isEqualTo("inventory");
    assertThat(scene.feeds.list()).extracting(one -> one.state().feed()).contains("inventory");
  }

  /// A product whose password is `right`, and whose messages say what the test says.
  private record Told(DeviceSaid said) implements NoticeSource {
    @Override
    public FeedRules rules() {
      return RULES;
    }

    @Override
    public boolean proven(Optional<String> authorization) {
      return authorization.equals(Optional.of("right"));
    }

    @Override
    public Optional<DeviceSaid> read(Bytes content) {
      return content.size() == 0 ? Optional.empty() : Optional.of(said);
    }
  }

  @Test
  void a_message_proven_by_a_password_only_can_make_things_worse_and_never_better() {
    scene.intake.listed(
        RULES, List.of(said(Map.of(SignalName.COMPLIANT, "true", SignalName.ROOTED, "true"))));
    scene.time.pass(Duration.ofMinutes(10));
    var message =
        new DeviceSaid(
            scene.said("m1", scene.alice).id(),
            Map.of(SignalName.COMPLIANT, "false", SignalName.ROOTED, "false"),
            Optional.empty());
    var notices = new Notices(scene.changes, List.of(new Told(message)));
    var content = Bytes.of(new byte[] {1});
    assertThat(notices.take("intune", Optional.of("wrong"), content))
        .isEqualTo(Outcome.refused(FeedRefusal.NOTICE_UNPROVEN));
    assertThat(notices.take("other", Optional.of("right"), content))
        .isEqualTo(Outcome.refused(FeedRefusal.NOTICE_UNPROVEN));
    assertThat(notices.take("intune", Optional.of("right"), Bytes.of(new byte[0])))
        .isEqualTo(Outcome.refused(FeedRefusal.NOTICE_FORM));
    assertThat(value(SignalName.COMPLIANT)).contains("true");
    assertThat(notices.take("intune", Optional.of("right"), content))
        .isInstanceOf(Outcome.Done.class);
    assertThat(value(SignalName.COMPLIANT)).contains("false");
    assertThat(value(SignalName.ROOTED)).contains("true");
  }
}
