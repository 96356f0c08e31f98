// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The example that the Standard Webhooks project publishes with its libraries, and what must not
/// pass for it.
class DeliveryTest {

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String OTHER = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final String SECONDS = "1614265330";
  private static final String CONTENT = "{\"test\": 2432232314}";
  private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
  private static final Instant SIGNED = Instant.ofEpochSecond(1614265330);

  @Test
  void the_published_example_is_taken() {
    assertThat(proven(source(SECRET), delivery(ID, SECONDS, SIGNATURE, CONTENT), SIGNED)).isTrue();
  }

  @Test
  void any_of_several_signatures_and_secrets_serves_while_a_secret_is_replaced() {
    var delivery = delivery(ID, SECONDS, "v1a,xyz v1,AAAA " + SIGNATURE, CONTENT);
    assertThat(proven(source(OTHER + "\n" + SECRET + "\n"), delivery, SIGNED)).isTrue();
  }

  @Test
  void a_message_changed_in_any_part_is_refused() {
    var source = source(SECRET);
    assertThat(refusal(source, delivery("msg_other", SECONDS, SIGNATURE, CONTENT), SIGNED))
        .isEqualTo(WebhookRefusal.SIGNATURE);
    assertThat(refusal(source, delivery(ID, "1614265331", SIGNATURE, CONTENT), SIGNED))
        .isEqualTo(WebhookRefusal.SIGNATURE);
    assertThat(refusal(source, delivery(ID, SECONDS, SIGNATURE, CONTENT + " "), SIGNED))
        .isEqualTo(WebhookRefusal.SIGNATURE);
    assertThat(refusal(source(OTHER), delivery(ID, SECONDS, SIGNATURE, CONTENT), SIGNED))
        .isEqualTo(WebhookRefusal.SIGNATURE);
  }

  @Test
  void a_signature_that_is_none_is_refused() {
    var source = source(SECRET);
    for (String signature :
        new String[] {"", " ", "v1", "v1,", "v1,!", SIGNATURE.substring(3), "v2," + SIGNATURE})
      assertThat(refusal(source, delivery(ID, SECONDS, signature, CONTENT), SIGNED))
          .as(signature)
          .isEqualTo(WebhookRefusal.SIGNATURE);
  }

  @Test
  void a_message_is_taken_for_five_minutes_either_way() {
    var source = source(SECRET);
    var delivery = delivery(ID, SECONDS, SIGNATURE, CONTENT);
    assertThat(proven(source, delivery, SIGNED.plusSeconds(300))).isTrue();
    assertThat(proven(source, delivery, SIGNED.minusSeconds(300))).isTrue();
    assertThat(refusal(source, delivery, SIGNED.plusSeconds(301))).isEqualTo(WebhookRefusal.STALE);
    assertThat(refusal(source, delivery, SIGNED.minusSeconds(301))).isEqualTo(WebhookRefusal.STALE);
  }

  @Test
  void headers_that_are_missing_or_of_another_form_are_refused() {
    var source = source(SECRET);
    var content = Bytes.of(CONTENT.getBytes(StandardCharsets.UTF_8));
    assertThat(
            refusal(
                source,
                new Delivery(Optional.empty(), Optional.of(SECONDS), Optional.of("v1,"), content),
                SIGNED))
        .isEqualTo(WebhookRefusal.HEADERS);
    for (String seconds : new String[] {"", "-1", "1614265330.5", "٣", "9999999999999"})
      assertThat(refusal(source, delivery(ID, seconds, SIGNATURE, CONTENT), SIGNED))
          .as(seconds)
          .isEqualTo(WebhookRefusal.HEADERS);
    assertThat(refusal(source, delivery("a b", SECONDS, SIGNATURE, CONTENT), SIGNED))
        .isEqualTo(WebhookRefusal.HEADERS);
    assertThat(refusal(source, delivery(ID, SECONDS, "v1,A ".repeat(1000), CONTENT), SIGNED))
        .isEqualTo(WebhookRefusal.HEADERS);
  }

  @Test
  void a_file_of_secrets_is_read_whole_or_not_at_all() {
    assertThat(WebhookSecrets.parse("")).isEmpty();
    assertThat(WebhookSecrets.parse("whsec_c2hvcnQ=")).isEmpty();
    assertThat(WebhookSecrets.parse("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")).isEmpty();
    assertThat(WebhookSecrets.parse(SECRET + "\nnonsense")).isEmpty();
    assertThat(WebhookSecrets.parse((SECRET + "\n").repeat(5))).isEmpty();
    assertThat(WebhookSecrets.parse(" " + SECRET + " \n\n" + OTHER).orElseThrow().all()).hasSize(2);
    assertThat(WebhookSecrets.parse(SECRET).orElseThrow().toString()).doesNotContain("MfKQ");
  }

  private static WebhookSource source(String secrets) {
    return new WebhookSource(
        WebhookScene.rules("guard"), WebhookSecrets.parse(secrets).orElseThrow(), Set.of());
  }

  private static Delivery delivery(String id, String seconds, String signature, String content) {
    return new Delivery(
        Optional.of(id),
        Optional.of(seconds),
        Optional.of(signature),
        Bytes.of(content.getBytes(StandardCharsets.UTF_8)));
  }

  private static boolean proven(WebhookSource source, Delivery delivery, Instant now) {
    return delivery.prove(source, now) instanceof Outcome.Done;
  }

  private static Object refusal(WebhookSource source, Delivery delivery, Instant now) {
    return ((Outcome.Refused<Delivery.Proven>) delivery.prove(source, now)).refusal();
  }
}
