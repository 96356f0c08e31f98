// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.webhook;

import static dev.vigil.admission.webhook.WebhookScene.OTHER_SECRET;
import static dev.vigil.admission.webhook.WebhookScene.SECRET;
import static dev.vigil.admission.webhook.WebhookScene.message;
import static dev.vigil.admission.webhook.WebhookScene.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.admission.Changes;
import dev.vigil.admission.feed.FeedRules;
import dev.vigil.admission.feed.FeedState;
import dev.vigil.admission.feed.FeedStates;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.EvidenceTier;
import dev.vigil.kernel.Outcome;
import dev.vigil.posture.Device;
import dev.vigil.posture.Signal;
import dev.vigil.posture.SignalName;
import dev.vigil.testkit.CollectedFacts;
import dev.vigil.testkit.ManualTime;
import dev.vigil.testkit.MemoryStore;
import dev.vigil.testkit.SeededEntropy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What a product may send, and what is refused.
class WebhooksTest {

  private static final String THREAT = "\"threat_level\": \"high\"";

  private final ManualTime time = ManualTime.atNoon();
  private final SeededEntropy entropy = new SeededEntropy(1);
  private final Changes changes =
      new Changes(new MemoryStore(time), new CollectedFacts(), time, entropy);
  private final Device phone = WebhookScene.phone(changes, entropy);
  private final String id = "\"management\": \"phone-7\", \"key\": \"" + phone.key() + "\"";
  private final Webhooks webhooks =
      new Webhooks(
          changes,
          List.of(
              source("guard", SECRET, WebhookSource.everything()),
              source("scanner", OTHER_SECRET, Set.of(SignalName.THREAT_LEVEL))));

  @Test
  void a_signed_message_becomes_managed_signals_seen_when_it_was_made() {
    var made = time.now().minusSeconds(90);
    assertThat(taken("guard", signed(SECRET, "m1", time.now(), message(made, id, THREAT))))
        .isEqualTo(1);
    assertThat(said())
        .containsExactly(
            new Signal(
                SignalName.THREAT_LEVEL,
                "high",
                "guard",
                EvidenceTier.MANAGED,
                made,
                time.now().plus(FeedRules.USUAL_LIFETIME)));
  }

  @Test
  void a_device_that_is_not_known_here_is_counted_and_nothing_else() {
    var stranger = message(time.now(), "\"management\": \"phone-8\"", THREAT);
    assertThat(webhooks.take("guard", signed(SECRET, "m1", time.now(), stranger)))
        .isEqualTo(Outcome.done(new FeedState.Counts(1, 0, 1, 0, 0)));
    assertThat(said()).isEmpty();
  }

  @Test
  void a_serial_number_alone_names_no_device() {
    taken("guard", signed(SECRET, "m1", time.now(), body(THREAT)));
    var serial = "\"management\": \"other\", \"serial\": \"phone-7\"";
    taken(
        "guard",
        signed(SECRET, "m2", time.now(), message(time.now(), serial, "\"rooted\": \"true\"")));
    assertThat(said()).extracting(Signal::name).containsExactly(SignalName.THREAT_LEVEL);
  }

  @Test
  void an_earlier_message_that_arrives_later_does_not_undo_a_later_one() {
    var early = time.now();
    time.pass(Duration.ofMinutes(2));
    taken("guard", signed(SECRET, "m2", time.now(), body(THREAT)));
    time.pass(Duration.ofMinutes(1));
    var calm = message(early, id, "\"threat_level\": \"none\", \"encrypted\": \"true\"");
    taken("guard", signed(SECRET, "m1", time.now(), calm));
    assertThat(said()).extracting(Signal::value).containsExactlyInAnyOrder("high", "true");
  }

  @Test
  void a_message_counts_once_for_as_long_as_its_signature_does() {
    var delivery = signed(SECRET, "m1", time.now().plusSeconds(290), body(THREAT));
    assertThat(webhooks.take("guard", delivery)).isInstanceOf(Outcome.Done.class);
    assertThat(refusal("guard", delivery)).isEqualTo(WebhookRefusal.REPLAYED);
    time.pass(Duration.ofSeconds(580));
    assertThat(refusal("guard", delivery)).isEqualTo(WebhookRefusal.REPLAYED);
    time.pass(Duration.ofMinutes(2));
    assertThat(refusal("guard", delivery)).isEqualTo(WebhookRefusal.STALE);
  }

  @Test
  void the_same_id_signed_anew_is_still_the_same_message() {
    taken("guard", signed(SECRET, "m1", time.now(), body(THREAT)));
    time.pass(Duration.ofMinutes(1));
    assertThat(refusal("guard", signed(SECRET, "m1", time.now(), body("\"rooted\": \"true\""))))
        .isEqualTo(WebhookRefusal.REPLAYED);
  }

  @Test
  void a_source_that_was_heard_is_not_silent_and_one_that_is_only_forged_is() {
    var rules = WebhookScene.rules("guard");
    var states = new FeedStates(changes);
    states.watch(rules);
    time.pass(Duration.ofHours(23));
    taken("guard", signed(SECRET, "m1", time.now(), body(THREAT)));
    time.pass(Duration.ofHours(23));
    refusal("guard", signed(OTHER_SECRET, "m2", time.now(), body(THREAT)));
    assertThat(states.watch(rules).silent()).isEmpty();
    time.pass(Duration.ofHours(2));
    assertThat(states.watch(rules).silent()).isPresent();
  }

  @Test
  void two_sources_may_use_the_same_id() {
    taken("guard", signed(SECRET, "m1", time.now(), body(THREAT)));
    assertThat(webhooks.take("scanner", signed(OTHER_SECRET, "m1", time.now(), body(THREAT))))
        .isInstanceOf(Outcome.Done.class);
  }

  @Test
  void a_source_cannot_speak_for_another() {
    assertThat(refusal("guard", signed(OTHER_SECRET, "m1", time.now(), body(THREAT))))
        .isEqualTo(WebhookRefusal.SIGNATURE);
    assertThat(refusal("nobody", signed(SECRET, "m1", time.now(), body(THREAT))))
        .isEqualTo(WebhookRefusal.SOURCE);
    assertThat(said()).isEmpty();
  }

  @Test
  void a_source_speaks_only_of_what_it_may() {
    var outcome =
        webhooks.take(
            "scanner",
            signed(OTHER_SECRET, "m1", time.now(), body(THREAT + ", \"compliant\": \"true\"")));
    assertThat(outcome).isEqualTo(Outcome.refused(WebhookRefusal.SIGNAL, "device 1: `compliant`"));
    assertThat(said()).isEmpty();
  }

  @Test
  void nobody_is_allowed_to_say_what_only_a_verifier_can() {
    for (String signal : new String[] {"attestation", "attestation_root", "device_integrity"})
      assertThat(
              refusal(
                  "guard",
                  signed(
                      SECRET, "m-" + signal, time.now(), body("\"" + signal + "\": \"hardware\""))))
          .isEqualTo(WebhookRefusal.SIGNAL);
    assertThatThrownBy(() -> source("x", SECRET, Set.of(SignalName.ATTESTATION)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_refused_message_may_be_corrected_under_its_id() {
    assertThat(refusal("guard", signed(SECRET, "m1", time.now(), body("\"rooted\": \"maybe\""))))
        .isEqualTo(WebhookRefusal.CONTENT);
    assertThat(webhooks.take("guard", signed(SECRET, "m1", time.now(), body(THREAT))))
        .isInstanceOf(Outcome.Done.class);
  }

  @Test
  void a_message_of_another_form_is_refused_whole() {
    var now = time.now();
    for (String content :
        new String[] {
          "",
          "null",
          "[]",
          "{}",
          "{\"type\": \"device.posture\"}",
          message(now, "", THREAT),
          message(now, id, ""),
          message(now, id, "\"rooted\": null"),
          message(now, id, "\"rooted\": \"yes\""),
          message(now, id, "\"mood\": \"good\""),
          message(now, id, "\"patch_date\": \"2026-02-30\""),
          message(now, id, "\"rooted\": \"false\", \"rooted\": \"true\""),
          message(now, "\"management\": \"a b\"", THREAT),
          message(now, "\"management\": \"" + "x".repeat(201) + "\"", THREAT),
          message(now, id + ", \"key\": \"short\"", THREAT),
          message(now, id + ", \"key\": \"" + "A".repeat(44) + "\"", THREAT),
          message(now, id + ", \"owner\": \"x\"", THREAT),
          message(now.plusSeconds(61), id, THREAT),
          message(now, id, THREAT).replace("device.posture", "device.deleted"),
          message(now, id, THREAT).replace("\"signals\"", "\"observed\": \"soon\", \"signals\""),
          message(now, id, THREAT)
              .replace("\"signals\"", "\"observed\": \"2026-11-22T12:01:01Z\", \"signals\""),
          message(now, id, THREAT).replace("[{", "[null, {"),
          message(now, id, THREAT) + "x"
        })
      assertThat(refusal("guard", signed(SECRET, "m" + content.hashCode(), now, content)))
          .as(content)
          .isEqualTo(WebhookRefusal.CONTENT);
    assertThat(said()).isEmpty();
  }

  @Test
  void one_wrong_device_among_many_refuses_all() {
    var device = "{\"id\": {" + id + "}, \"signals\": {" + THREAT + "}}";
    var content =
        message(time.now(), id, THREAT)
            .replace("[{", "[" + device + ", " + device.replace("high", "huge") + ", {");
    assertThat(webhooks.take("guard", signed(SECRET, "m1", time.now(), content)))
        .isEqualTo(
            Outcome.refused(
                WebhookRefusal.CONTENT,
                "device 2: `threat_level` is one of none, low, medium, high"));
    var many =
        message(time.now(), id, THREAT).replace("[{", "[" + (device + ",").repeat(100) + "{");
    assertThat(refusal("guard", signed(SECRET, "m2", time.now(), many)))
        .isEqualTo(WebhookRefusal.CONTENT);
    assertThat(said()).isEmpty();
  }

  @Test
  void garbage_for_hours_changes_nothing() {
    var random = new Random(7);
    var sequence = changes.<Long>read(view -> view.sequence());
    for (int i = 0; i < 5_000; i++) {
      var garbage = new byte[random.nextInt(200)];
      random.nextBytes(garbage);
      var good = signed(SECRET, "m" + i, time.now(), body(THREAT));
      var bad =
          new Delivery(
              good.id(),
              good.timestamp(),
              random.nextBoolean() ? good.signature() : Optional.of("v1," + i),
              Bytes.of(garbage));
      assertThat(webhooks.take("guard", bad)).isInstanceOf(Outcome.Refused.class);
      time.pass(Duration.ofSeconds(5));
    }
    assertThat(said()).isEmpty();
    assertThat(changes.<Long>read(view -> view.sequence())).isEqualTo(sequence);
  }

  private String body(String signals) {
    return message(time.now(), id, signals);
  }

  private Object refusal(String source, Delivery delivery) {
    return ((Outcome.Refused<FeedState.Counts>) webhooks.take(source, delivery)).refusal();
  }

  private int taken(String source, Delivery delivery) {
    return ((Outcome.Done<FeedState.Counts>) webhooks.take(source, delivery)).value().matched();
  }

  private List<Signal> said() {
    return changes.read(view -> view.signals().of(phone.id()));
  }

  private static WebhookSource source(String id, String secret, Set<SignalName> signals) {
    return new WebhookSource(
        WebhookScene.rules(id), WebhookSecrets.parse(secret).orElseThrow(), signals);
  }
}
