// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A configured webhook is open on the issuer's port for whoever holds its secret.
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class WebhookServerTest {

  private static final String KEY = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  @TempDir Path folder = Path.of("");

  @Test
  void a_configured_webhook_takes_signed_messages_and_no_others() throws Exception {
    var secret = Files.writeString(folder.resolve("scanner.webhook"), "whsec_" + KEY + "\n");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    var it =
        new TestServer(
            folder,
            """
            devices:
              feeds:
                - {name: scanner, kind: webhook, secret-file: scanner.webhook, signals: [rooted]}
            """);
    var time = new SystemTime();
    try (var server = it.start();
        var client = HttpClient.newBuilder().sslContext(trusting(server)).build()) {
      var message =
          """
          {"type": "device.posture", "timestamp": "%s",
           "data": {"devices": [{"id": {"management": "7"}, "signals": {"rooted": "true"}}]}}
          """
              .formatted(time.now());
      String seconds = Long.toString(time.now().getEpochSecond());
      var request =
          HttpRequest.newBuilder(it.configuration.face().issuer().resolve("/feeds/scanner"))
              .header("Content-Type", "application/json")
              .header("webhook-id", "m1")
              .header("webhook-timestamp", seconds)
              .POST(HttpRequest.BodyPublishers.ofString(message));
      var taken =
          request.copy().header("webhook-signature", "v1," + mac("m1." + seconds + "." + message));
      assertThat(sent(client, request.copy().header("webhook-signature", "v1,AAAA")))
          .isEqualTo(401);
      assertThat(sent(client, request)).isEqualTo(400);
      assertThat(sent(client, taken)).isEqualTo(200);
      assertThat(sent(client, taken)).isEqualTo(409);
    }
  }

  private static int sent(HttpClient client, HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private static SSLContext trusting(Assembly server) throws Exception {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("anchor", server.anchor());
    var trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    var tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    return tls;
  }

  private static String mac(String text) throws Exception {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(KEY), "HmacSHA256"));
    return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
  }
}
