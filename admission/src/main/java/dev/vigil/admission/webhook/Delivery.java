// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.webhook;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A message as it came, before anything of it is believed (Standard Webhooks, "Webhook headers"
/// and "Signature scheme").
///
/// @param id `webhook-id`, the same whenever the message is sent again
/// @param timestamp `webhook-timestamp`, seconds since 1970
/// @param signature `webhook-signature`, one or several divided by spaces
/// @param content the body, byte for byte
public record Delivery(
    Optional<String> id, Optional<String> timestamp, Optional<String> signature, Bytes content) {

  /// How far the timestamp may be from our clock, either way.
  public static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final Pattern ID = Pattern.compile("[!-~]{1,200}");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");
  private static final int LONGEST_SIGNATURE = 2048;
  private static final int MOST_SIGNATURES = 16;
  private static final String SYMMETRIC = "v1,";

  /// A message of which a source's secret was proven, made only by [#prove].
  public static final class Proven {
    private final String source;
    private final String id;
    private final Bytes content;

    private Proven(String source, String id, Bytes content) {
      this.source = source;
      this.id = id;
      this.content = content;
    }

    /// Who sent it.
    public String source() {
      return source;
    }

    public Bytes content() {
      return content;
    }

    /// Under which the store remembers that it was taken.
    public Sha256 key() {
      return Sha256.of(("webhook " + source + " " + id).getBytes(StandardCharsets.UTF_8));
    }
  }

  /// Whether this source signed it, just now. The signature is looked at before the time, so that
  /// nobody without the secret learns our clock.
  public Outcome<Proven> prove(WebhookSource source, Instant now) {
    if (id.filter(text -> ID.matcher(text).matches()).isEmpty()
        || timestamp.filter(text -> SECONDS.matcher(text).matches()).isEmpty()
        || signature.filter(text -> text.length() <= LONGEST_SIGNATURE).isEmpty())
      return Outcome.refused(WebhookRefusal.HEADERS);
    if (!signedBy(source.secrets())) return Outcome.refused(WebhookRefusal.SIGNATURE);
    var signed = Instant.ofEpochSecond(Long.parseLong(timestamp.get()));
    return Duration.between(signed, now).abs().compareTo(TOLERANCE) > 0
        ? Outcome.refused(WebhookRefusal.STALE)
        : Outcome.done(new Proven(source.rules().id(), id.get(), content));
  }

  private boolean signedBy(WebhookSecrets secrets) {
    var candidates = candidates();
    boolean found = false;
    for (Secret secret : secrets.all()) {
      byte[] expected = mac(secret);
      for (byte[] candidate : candidates) found |= MessageDigest.isEqual(expected, candidate);
    }
    return found;
  }

  /// The signatures of the version that is made with a shared secret.
  private List<byte[]> candidates() {
    return Arrays.stream(signature.orElse("").split(" "))
        .filter(one -> one.startsWith(SYMMETRIC))
        .limit(MOST_SIGNATURES)
        .map(one -> decoded(one.substring(SYMMETRIC.length())))
        .toList();
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private byte[] mac(Secret secret) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.reveal(), "HmacSHA256"));
      mac.update(
          (id.orElse("") + "." + timestamp.orElse("") + ".").getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(content.toArray());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
    }
  }
}
