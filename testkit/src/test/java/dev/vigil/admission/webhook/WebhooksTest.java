// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.webhook;

import static dev.vigil.admission.webhook.WebhookScene.OTHER_SECRET;
import static dev.vigil.admission.webhook.WebhookScene.SECRET;
import static dev.vigil.admission.webhook.WebhookScene.message;
import static dev.vigil.admission.webhook.WebhookScene.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.admission.Changes;
import dev.vigil.admission.feed.DeviceSaid;
import dev.vigil.kernel.Outcome;
import dev.vigil.posture.SignalName;
import dev.vigil.testkit.CollectedFacts;
import dev.vigil.testkit.ManualTime;
import dev.vigil.testkit.MemoryStore;
import dev.vigil.testkit.SeededEntropy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What a product may send, and what is refused.
class WebhooksTest {

  private static final String ID = "\"management\": \"phone-7\"";
  private static final String THREAT = "\"threat_level\": \"high\"";

  private final ManualTime time = ManualTime.atNoon();
  private final Changes changes =
      new Changes(
          new MemoryStore(time), new CollectedFacts(), time, new SeededEntropy(1));
  private final List<DeviceSaid> came = new ArrayList<>();
  private final Webhooks webhooks =
      new Webhooks(
          changes,
          List.of(
              source("guard", SECRET, WebhookSource.everything()),
              source("scanner", OTHER_SECRET, Set.of(SignalName.THREAT_LEVEL))),
          (_, said) -> {
            came.addAll(said);
            return new Webhooks.Taken(said.size(), 0);
          });

  @Test
  void a_signed_message_is_taken_and_was_seen_when_it_was_made() {
    var made = time.now().minusSeconds(90);
    var taken =
        webhooks.take("guard", signed(SECRET, "m1", time.now(), message(made, ID, THREAT)));
    assertThat(taken).isEqualTo(Outcome.done(new Webhooks.Taken(1, 0)));
    assertThat(came).hasSize(1);
    assertThat(came.getFirst().id().management()).isEqualTo("phone-7");
    assertThat(came.getFirst().says()).containsEntry(SignalName.THREAT_LEVEL, "high");
    assertThat(came.getFirst().observed()).contains(made);
  }

  @Test
  void a_message_counts_once_for_as_long_as_its_signature_does() {
    var delivery = signed(SECRET, "m1", time.now().plusSeconds(290), body(THREAT));
    assertThat(webhooks.take("guard", delivery)).isInstanceOf(Outcome.Done.class);
    assertThat(refusal("guard", delivery)).isEqualTo(WebhookRefusal.REPLAYED);
    time.pass(Duration.ofSeconds(580));
    assertThat(refusal("guard", delivery)).isEqualTo(WebhookRefusal.REPLAYED);
    time.pass(Duration.ofSeconds(120));
    assertThat(refusal("guard", delivery)).isEqualTo(WebhookRefusal.STALE);
    assertThat(came).hasSize(1);
  }

  @Test
  void the_same_id_signed_anew_is_still_the_same_message() {
    webhooks.take("guard", signed(SECRET, "m1", time.now(), body(THREAT)));
    time.pass(Duration.ofMinutes(1));
    assertThat(refusal("guard", signed(SECRET, "m1", time.now(), body("\"rooted\": \"true\""))))
        .isEqualTo(WebhookRefusal.REPLAYED);
  }

  @Test
  void two_sources_may_use_the_same_id() {
    webhooks.take("guard", signed(SECRET, "m1", time.now(), body(THREAT)));
    assertThat(webhooks.take("scanner", signed(OTHER_SECRET, "m1", time.now(), body(THREAT))))
        .isInstanceOf(Outcome.Done.class);
  }

  @Test
  void a_source_cannot_speak_for_another() {
    assertThat(refusal("guard", signed(OTHER_SECRET, "m1", time.now(), body(THREAT))))
        .isEqualTo(WebhookRefusal.SIGNATURE);
    assertThat(refusal("nobody", signed(SECRET, "m1", time.now(), body(THREAT))))
        .isEqualTo(WebhookRefusal.SOURCE);
    assertThat(came).isEmpty();
  }

  @Test
  void a_source_speaks_only_of_what_it_may() {
    var outcome =
        webhooks.take(
            "scanner",
            signed(OTHER_SECRET, "m1", time.now(), body(THREAT + ", \"compliant\": \"true\"")));
    assertThat(outcome)
        .isEqualTo(Outcome.refused(WebhookRefusal.SIGNAL, "device 1: `compliant`"));
    assertThat(came).isEmpty();
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
          message(now, ID, ""),
          message(now, ID, "\"rooted\": null"),
          message(now, ID, "\"rooted\": \"yes\""),
          message(now, ID, "\"mood\": \"good\""),
          message(now, ID, "\"patch_date\": \"2026-02-30\""),
          message(now, ID, "\"rooted\": \"false\", \"rooted\": \"true\""),
          message(now, "\"management\": \"a b\"", THREAT),
          message(now, "\"management\": \"" + "x".repeat(201) + "\"", THREAT),
          message(now, ID + ", \"key\": \"short\"", THREAT),
          message(now, ID + ", \"key\": \"" + "A".repeat(44) + "\"", THREAT),
          message(now, ID + ", \"owner\": \"x\"", THREAT),
          message(now.plusSeconds(61), ID, THREAT),
          message(now, ID, THREAT).replace("device.posture", "device.deleted"),
          message(now, ID, THREAT).replace("\"signals\"", "\"observed\": \"soon\", \"signals\""),
          message(now, ID, THREAT)
              .replace("\"signals\"", "\"observed\": \"2026-11-22T12:01:01Z\", \"signals\""),
          message(now, ID, THREAT).replace("[{", "[null, {"),
          message(now, ID, THREAT) + "x"
        })
      assertThat(refusal("guard", signed(SECRET, "m" + content.hashCode(), now, content)))
          .as(content)
          .isEqualTo(WebhookRefusal.CONTENT);
    assertThat(came).isEmpty();
  }

  @Test
  void one_wrong_device_among_many_refuses_all() {
    var device = "{\"id\": {" + ID + "}, \"signals\": {" + THREAT + "}}";
    var content =
        message(time.now(), ID, THREAT)
            .replace("[{", "[" + device + ", " + device.replace("high", "huge") + ", {");
    assertThat(webhooks.take("guard", signed(SECRET, "m1", time.now(), content)))
        .isEqualTo(
            Outcome.refused(
                WebhookRefusal.CONTENT,
                "device 2: `threat_level` is one of none, low, medium, high"));
    var many = message(time.now(), ID, THREAT).replace("[{", "[" + (device + ",").repeat(100) + "{");
    assertThat(refusal("guard", signed(SECRET, "m2", time.now(), many)))
        .isEqualTo(WebhookRefusal.CONTENT);
    assertThat(came).isEmpty();
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
              dev.vigil.kernel.Bytes.of(garbage));
      assertThat(webhooks.take("guard", bad)).isInstanceOf(Outcome.Refused.class);
      time.pass(Duration.ofSeconds(5));
    }
    assertThat(came).isEmpty();
    assertThat(changes.<Long>read(view -> view.sequence())).isEqualTo(sequence);
  }

  private String body(String signals) {
    return message(time.now(), ID, signals);
  }

  private Object refusal(String source, Delivery delivery) {
    return ((Outcome.Refused<Webhooks.Taken>) webhooks.take(source, delivery)).refusal();
  }

  private static WebhookSource source(String id, String secret, Set<SignalName> signals) {
    return new WebhookSource(id, WebhookSecrets.parse(secret).orElseThrow(), signals);
  }
}
