// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.webhook;

import dev.vigil.kernel.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A product that signs its messages.
final class WebhookScene {

  static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  static final String OTHER_SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";

  private WebhookScene() {}

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
