// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.access.World;
import dev.vigil.kernel.AppId;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Facts;
import dev.vigil.testkit.Policies;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class Http2Test {

  private Scene scene;
  private HttpClient client;

  @BeforeEach
  void open() throws IOException {
    scene = new Scene();
    scene.world.put(
        new World.AppSnapshot(
            new AppId("loop"),
            "127.0.0.1",
            scene.upstream.address(),
            Facts.about(Entity.APP, "loop", 1).build(),
            List.of()));
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_2)
            .sslContext(Phone.tls(scene, scene.phone))
            .build();
  }

  @AfterEach
  void close() throws IOException {
    client.shutdownNow();
    scene.close();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(
            URI.create("https://127.0.0.1:" + scene.gateway.address().getPort() + path))
        .timeout(Duration.ofSeconds(20))
        .header("Authorization", "Bearer " + Scene.TOKEN);
  }

  @Test
  void requests_of_many_streams_share_one_connection() throws Exception {
    scene.upstream.answering(request -> request.respond(request.line()));
    assertThat(client.send(to("/first").build(), BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
    var answers =
        IntStream.range(0, 100)
            .mapToObj(i -> client.sendAsync(to("/" + i).build(), BodyHandlers.ofString()))
            .toList();
    for (int i = 0; i < 100; i++) {
      var response = answers.get(i).join();
      assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(response.body()).isEqualTo("GET /" + i + " HTTP/1.1");
    }
    assertThat(scene.gateway.metrics().accepted()).isEqualTo(1);
    assertThat(scene.streams.size()).isZero();
  }

  @Test
  void bodies_stream_and_nothing_of_the_codec_reaches_the_app() throws Exception {
    int size = 4 * 1024 * 1024;
    scene.upstream.answering(request -> request.respond("" + request.body().length));
    var response =
        client.send(
            to("/big")
                .header("X-Http2-Scheme", "forged")
                .POST(BodyPublishers.ofByteArray(new byte[size]))
                .build(),
            BodyHandlers.ofString());
    assertThat(response.body()).isEqualTo("" + size);
    assertThat(String.join("\n", scene.upstream.next().head()))
        .doesNotContainIgnoringCase("x-http2")
        .contains("Vigil-Assertion: assertion-1-loop");
    assertThat(scene.attempts.take().request().find("request.protocol")).contains("h2");
  }

  @Test
  void a_refused_stream_leaves_the_others_alone() throws Exception {
    scene.deciding(request ->
        request.request().find("request.path").orElseThrow().equals("/no")
            ? Policies.deny()
            : Policies.allow());
    assertThat(client.send(to("/yes").build(), BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
    assertThat(client.send(to("/no").build(), BodyHandlers.ofString()).body())
        .contains("access.denied");
    assertThat(
            client
                .send(
                    to("/no").POST(BodyPublishers.ofString("x".repeat(1000))).build(),
                    BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(403);
    assertThat(client.send(to("/yes").build(), BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
    assertThat(scene.gateway.metrics().accepted()).isEqualTo(1);
  }

  @Test
  void a_cut_ends_its_stream_only() throws Exception {
    scene.upstream.answering(request -> {
      if (!request.line().contains("/events")) {
        request.respond("fine");
        return;
      }
      request.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n");
      request.in().read();
    });
    try (var events = client.send(to("/events").build(), BodyHandlers.ofInputStream()).body()) {
      assertThat(events.readNBytes(7)).asString(StandardCharsets.US_ASCII).isEqualTo("data: 1");
      scene.deciding(request ->
          request.request().find("request.path").orElseThrow().equals("/events")
              ? Policies.deny()
              : Policies.allow());
      scene.streams.changedAll(Scene.CLOCK.now());
      assertThatThrownBy(events::readAllBytes).rootCause().hasMessageContaining("RST_STREAM");
    }
    assertThat(client.send(to("/else").build(), BodyHandlers.ofString()).body()).isEqualTo("fine");
    assertThat(scene.gateway.metrics().accepted()).isEqualTo(1);
  }
}
