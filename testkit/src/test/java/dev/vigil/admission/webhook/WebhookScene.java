// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.webhook;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.feed.FeedRules;
import dev.vigil.identity.Population;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import dev.vigil.posture.Device;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A product that signs its messages.
final class WebhookScene {

  static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  static final String OTHER_SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";

  private WebhookScene() {}

  static FeedRules rules(String name) {
    return new FeedRules(
        name, Duration.ofHours(1), FeedRules.USUAL_LIFETIME, FeedRules.Claims.REFUSED);
  }

  /// A phone that is enrolled.
  static Device phone(Changes changes, Entropy entropy) {
    var now = changes.time().now();
    var owner =
        new Subject(
            SubjectId.random(entropy),
            "jana@bank.example",
            "Jana",
            Population.EMPLOYEE,
            Set.of(),
            Set.of(),
            true,
            now);
    var phone =
        new Device(
            DeviceId.random(entropy),
            Device.Kind.PHONE,
            owner.id(),
            Sha256.of(new byte[] {7}),
            "Jana's phone",
            now,
            Optional.empty());
    changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx().put(owner);
          work.tx().put(phone);
          return work.event("device-enrolled", "enrolled", Map.of(), owner.id(), phone.id());
        });
    return phone;
  }

  static Delivery signed(String secret, String id, Instant at, String content) {
    String seconds = Long.toString(at.getEpochSecond());
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(
          new SecretKeySpec(
              Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
      byte[] tag =
          mac.doFinal((id + "." + seconds + "." + content).getBytes(StandardCharsets.UTF_8));
      return new Delivery(
          Optional.of(id),
          Optional.of(seconds),
          Optional.of("v1," + Base64.getEncoder().encodeToString(tag)),
          Bytes.of(content.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /// One device with these members of `id` and these signals, as JSON.
  static String message(Instant made, String id, String signals) {
    return """
    {"type": "device.posture", "timestamp": "%s",
     "data": {"devices": [{"id": {%s}, "signals": {%s}}]}}
    """
        .formatted(made, id, signals);
  }
}
