// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.bank;

import dev.vigil.kernel.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/// The bank's device management: it says over the signed webhook what it knows of phones, by their
/// keys, and its word counts for a few seconds unless it says it again.
public final class ManagementProduct {

  /// What it is called in the configuration and in every signal.
  public static final String NAME = "management";

  private static final int WORD_COUNTS_SECONDS = 8;
  private static final byte[] SECRET = new byte[32];

  static {
    new SecureRandom().nextBytes(SECRET);
  }

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient client;
  private final URI issuer;
  private final TimeSource time;
  private final AtomicLong sent = new AtomicLong();

  ManagementProduct(HttpClient client, URI issuer, TimeSource time) {
    this.client = client;
    this.issuer = issuer;
    this.time = time;
  }

  /// Lines for the section `devices` of a configuration; its secret lies in the folder.
  static String configuration(Path folder) throws IOException {
    var file = folder.resolve("management.webhook");
    Files.writeString(file, "whsec_" + Base64.getEncoder().encodeToString(SECRET) + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return """
      feeds:
        - {name: %s, kind: webhook, secret-file: management.webhook, lifetime-seconds: %d}
    """
        .formatted(NAME, WORD_COUNTS_SECONDS);
  }

  /// Says of the phone with this key whether it is content with it; returns the status.
  ///
  /// @param key RFC 7638 thumbprint of the device's key
  public int says(String key, boolean compliant) throws IOException {
    String content =
        JSON.writeValueAsString(
            Map.of(
                "type", "device.posture",
                "timestamp", time.now().toString(),
                "data",
                    Map.of(
                        "devices",
                        List.of(
                            Map.of(
                                "id", Map.of("management", "phone-" + key, "key", key),
                                "signals",
                                    Map.of(
                                        "compliant",
                                        String.valueOf(compliant),
                                        "managed",
                                        "true"))))));
    return send(content);
  }

  private int send(String content) throws IOException {
    String id = "msg-" + time.now() + "-" + sent.incrementAndGet();
    String seconds = Long.toString(time.now().getEpochSecond());
    var request =
        HttpRequest.newBuilder(issuer.resolve("/feeds/" + NAME))
            .header("Content-Type", "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", seconds)
            .header("webhook-signature", "v1," + mac(id + "." + seconds + "." + content))
            .POST(HttpRequest.BodyPublishers.ofString(content))
            .build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static String mac(String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
    }
  }
}
