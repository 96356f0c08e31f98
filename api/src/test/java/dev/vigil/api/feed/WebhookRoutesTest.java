// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.Changes;
import dev.vigil.admission.feed.FeedRules;
import dev.vigil.admission.webhook.WebhookSecrets;
import dev.vigil.admission.webhook.WebhookSource;
import dev.vigil.admission.webhook.Webhooks;
import dev.vigil.api.http.ApiServer;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Listener;
import dev.vigil.api.http.Routes;
import dev.vigil.api.http.VisitCookie;
import dev.vigil.identity.oauth.Proofs;
import dev.vigil.identity.oauth.SeenProofs;
import dev.vigil.testkit.CollectedFacts;
import dev.vigil.testkit.FreePort;
import dev.vigil.testkit.ManualTime;
import dev.vigil.testkit.MemoryStore;
import dev.vigil.testkit.SeededEntropy;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Products that send signals over HTTP, and others that would like to.
class WebhookRoutesTest {

  private static final String KEY = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String MESSAGE =
      """
      {"type": "device.posture", "timestamp": "2026-11-22T12:00:00Z",
       "data": {"devices": [{"id": {"management": "phone-7"}, "signals": {"rooted": "true"}}]}}
      """;

  private final ManualTime time = ManualTime.atNoon();
  private final Changes changes =
      new Changes(new MemoryStore(time), new CollectedFacts(), time, new SeededEntropy(2));
  private final Doors doors =
      new Doors(
          new Proofs(new SeenProofs(time.now())),
          _ -> Optional.empty(),
          changes,
          new VisitCookie(URI.create("http://localhost")));
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int port = FreePort.next();
  private final URI origin = URI.create("http://localhost:" + port);
  private ApiServer server;

  @BeforeEach
  void start() throws IOException {
    var rules =
        new FeedRules(
            "guard", Duration.ofHours(1), FeedRules.USUAL_LIFETIME, FeedRules.Claims.REFUSED);
    var source =
        new WebhookSource(
            rules, WebhookSecrets.parse("whsec_" + KEY).orElseThrow(), WebhookSource.everything());
    var edge = new ApiServer.Edge(vertx, time, new SeededEntropy(1), Duration.ofSeconds(5));
    server =
        ApiServer.start(
            edge,
            new Listener(origin, "127.0.0.1", port, new Listener.Channel.PlainLoopback()),
            new Routes(new WebhookRoutes(doors, new Webhooks(changes, List.of(source))).routes()));
  }

  @AfterEach
  void stop() {
    server.close();
    client.shutdownNow();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void a_signed_message_is_answered_with_what_became_of_it() throws Exception {
    var answer = send("guard", "m1", MESSAGE, MESSAGE);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"taken\":0", "\"unmatched\":1", "\"unreadable\":0");
  }

  @Test
  void a_replayed_a_forged_and_a_misdirected_message_are_told_apart() throws Exception {
    send("guard", "m1", MESSAGE, MESSAGE);
    var replayed = send("guard", "m1", MESSAGE, MESSAGE);
    assertThat(replayed.statusCode()).isEqualTo(409);
    assertThat(replayed.body()).contains("webhook.replayed");
    assertThat(send("guard", "m2", MESSAGE + " ", MESSAGE).statusCode()).isEqualTo(401);
    assertThat(send("other", "m3", MESSAGE, MESSAGE).statusCode()).isEqualTo(404);
    assertThat(send("guard", "m4", "{}", "{}").statusCode()).isEqualTo(400);
    assertThat(refusals())
        .containsExactly(
            "webhook.replayed", "webhook.signature", "webhook.source", "webhook.content");
  }

  @Test
  void a_message_too_large_is_not_even_read() throws Exception {
    var large = "x".repeat(300_000);
    assertThat(send("guard", "m1", large, large).statusCode()).isEqualTo(413);
  }

  @Test
  void forgeries_are_noted_now_and_then_and_limited_from_one_address() throws Exception {
    int limited = 0;
    for (int i = 0; i < 320; i++)
      if (send("guard", "m" + i, MESSAGE, "{}").statusCode() == 429) limited++;
    assertThat(limited).isEqualTo(20);
    assertThat(refusals()).hasSizeLessThanOrEqualTo(12);
    time.pass(Duration.ofMinutes(1));
    assertThat(send("guard", "good", MESSAGE, MESSAGE).statusCode()).isEqualTo(200);
  }

  private List<String> refusals() {
    return changes.read(view ->
        view.eventsAfter(0, 1000).stream()
            .filter(event -> event.type().equals("request-refused"))
            .map(event -> event.details().getOrDefault("code", ""))
            .toList());
  }

  private HttpResponse<String> send(String source, String id, String content, String signed)
      throws IOException, InterruptedException {
    String seconds = Long.toString(time.now().getEpochSecond());
    var request =
        HttpRequest.newBuilder(URI.create(origin + "/feeds/" + source))
            .header("Content-Type", "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", seconds)
            .header("webhook-signature", "v1," + mac(id + "." + seconds + "." + signed))
            .POST(HttpRequest.BodyPublishers.ofString(content))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static String mac(String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(KEY), "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
