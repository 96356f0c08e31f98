// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.access.World;
import dev.vigil.kernel.Action;
import dev.vigil.kernel.Sha256;
import dev.vigil.policy.Decision;
import dev.vigil.policy.Obligations;
import dev.vigil.policy.Sentence;
import dev.vigil.testkit.Policies;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamingTest {

  private static final String UPGRADE =
      "Upgrade: websocket\r\n"
          + "Connection: Upgrade\r\n"
          + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
          + "Sec-WebSocket-Version: 13\r\n";

  private Scene scene;

  @BeforeEach
  void open() throws IOException {
    scene = new Scene();
  }

  @AfterEach
  void close() throws IOException {
    scene.close();
  }

  private static void accept(Upstream.Arrived request) {
    request.send(
        "HTTP/1.1 101 Switching Protocols\r\n"
            + "Upgrade: websocket\r\n"
            + "Connection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n");
  }

  @Test
  void a_web_socket_is_relayed_and_cut_on_both_sides_when_the_device_is_revoked() throws Exception {
    var upstreamEnded = new CountDownLatch(1);
    scene.upstream.answering(request -> {
      accept(request);
      for (int b = request.in().read(); b >= 0; b = request.in().read())
        request.send(new byte[] {(byte) 0x82, 1, (byte) b});
      upstreamEnded.countDown();
    });
    try (var phone = scene.phone()) {
      assertThat(phone.request("GET", "/socket", UPGRADE).status()).isEqualTo(101);
      assertThat(scene.attempts.take().request().find("request.protocol")).contains("websocket");
      phone.send(new byte[] {7});
      assertThat(phone.in().readNBytes(3)).containsExactly(0x82, 1, 7);
      assertThat(scene.streams.size()).isEqualTo(1);
      scene.revoke();
      assertThat(phone.in().readNBytes(4)).containsExactly(0x88, 2, 0x03, 0xF0);
      assertThat(phone.closed()).isTrue();
      assertThat(upstreamEnded.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(scene.streams.size()).isZero();
    }
  }

  @Test
  void an_event_stream_is_cut_when_the_session_ends() throws Exception {
    scene.upstream.answering(request -> {
      request.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n");
      request.in().read();
    });
    try (var phone = scene.phone()) {
      phone.send(
          "GET /events HTTP/1.1\r\n"
              + "Host: files.example\r\n"
              + "Authorization: Bearer good-token\r\n\r\n");
      assertThat(Upstream.head(phone.in())).contains("HTTP/1.1 200 OK");
      assertThat(phone.line()).isEqualTo("9");
      scene.world.remove(scene.session);
      scene.streams.changed(List.of(scene.session), Scene.CLOCK.now());
      assertThat(phone.in().readNBytes(11)).hasSize(11);
      assertThat(phone.closed()).isTrue();
    }
  }

  @Test
  void a_request_still_waiting_for_its_answer_is_refused_when_trust_ends() throws Exception {
    var arrived = new CountDownLatch(1);
    scene.upstream.answering(request -> {
      arrived.countDown();
      request.in().read();
    });
    try (var phone = scene.phone()) {
      phone.send(
          "GET /slow HTTP/1.1\r\nHost: files.example\r\nAuthorization: Bearer good-token\r\n\r\n");
      assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
      scene.revoke();
      assertThat(phone.receive("GET").body()).contains("access.certificate-unknown");
    }
  }

  @Test
  void an_approved_transaction_is_let_through_once() throws Exception {
    scene.upstream.answering(
        request -> request.respond(new String(request.body(), StandardCharsets.UTF_8)));
    scene.publish(List.of(new World.Transaction("POST", "/pay")));
    scene.deciding(request ->
        request
                .authentication()
                .find("authentication.transaction_approved")
                .equals(Optional.of(true))
            ? Policies.allow()
            : new Decision.StepUp(
                Policies.basis(),
                List.of(
                    new Decision.Step.Authenticate(
                        "passkey", 300, true, Sentence.of("approve the payment")))));
    var action =
        new Action(Scene.APP, "POST", "/pay", Sha256.of("1000".getBytes(StandardCharsets.UTF_8)))
            .digest();
    try (var phone = scene.phone()) {
      var asked = phone.post("/pay", "1000");
      assertThat(asked.status()).isEqualTo(401);
      assertThat(asked.header("www-authenticate").getFirst())
          .contains(
              "insufficient_user_authentication",
              "acr_values=\"passkey\"",
              "max_age=\"300\"",
              "vigil_app=\"" + Scene.APP + "\"",
              "vigil_action=\"" + action + "\"");
      scene.world.approve(scene.session, action, Scene.CLOCK.now().plusSeconds(60));
      assertThat(phone.post("/pay", "9999").status()).isEqualTo(401);
      var paid = phone.post("/pay", "1000");
      assertThat(paid.status()).isEqualTo(200);
      assertThat(paid.body()).isEqualTo("1000");
      assertThat(phone.post("/pay", "1000").status()).isEqualTo(401);
      assertThat(phone.post("/pay", "x".repeat(70_000)).status()).isEqualTo(413);
    }
    assertThat(scene.upstream.seen()).hasSize(1);
  }

  @Test
  void obligations_are_carried_out() throws Exception {
    scene.upstream.answering(request ->
        request.send(
            "HTTP/1.1 200 OK\r\n"
                + "Content-Disposition: Attachment; filename=x\r\n"
                + "Content-Length: 1\r\n\r\n"
                + "x"));
    try (var phone = scene.phone()) {
      scene.deciding(_ -> Policies.allow(new Obligations(true, false, Optional.empty(), Set.of())));
      assertThat(phone.get("/").status()).isEqualTo(200);
      assertThat(phone.post("/", "x").body()).contains("access.read-only");
      assertThat(phone.request("GET", "/socket", UPGRADE).body()).contains("access.read-only");
      scene.deciding(_ -> Policies.allow(new Obligations(false, true, Optional.empty(), Set.of())));
      assertThat(phone.get("/").body()).contains("access.download");
      scene.deciding(
          _ -> Policies.allow(new Obligations(false, false, Optional.empty(), Set.of("PUT"))));
      assertThat(phone.get("/").body()).contains("access.method");
    }
  }

  @Test
  void a_stream_ends_at_its_maximum_age() throws Exception {
    scene.deciding(_ ->
        Policies.allow(new Obligations(false, false, Optional.of(Duration.ofMillis(1)), Set.of())));
    scene.upstream.answering(request -> {
      accept(request);
      request.in().read();
    });
    try (var phone = scene.phone()) {
      phone.send(
          "GET /socket HTTP/1.1\r\nHost: files.example\r\nAuthorization: Bearer good-token\r\n"
              + UPGRADE
              + "\r\n");
      assertThat(phone.closed() || phone.in().readAllBytes().length > 0).isTrue();
    }
  }

  @Test
  void large_bodies_stream_both_ways_no_faster_than_the_other_side_takes() throws Exception {
    int size = 64 * 1024 * 1024;
    var start = new CountDownLatch(1);
    scene.upstream.answering(request -> {
      start.await();
      int left = size;
      var buffer = new byte[64 * 1024];
      while (left > 0) left -= request.in().read(buffer, 0, Math.min(buffer.length, left));
      request.send("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n");
      for (int i = 0; i < size; i += buffer.length) request.send(buffer);
    });
    try (var phone = scene.phone()) {
      var writer =
          CompletableFuture.runAsync(() -> {
            try {
              phone.send(
                  "POST /big HTTP/1.1\r\n"
                      + "Host: files.example\r\n"
                      + "Authorization: Bearer good-token\r\n"
                      + "Content-Length: "
                      + size
                      + "\r\n\r\n");
              var buffer = new byte[64 * 1024];
              for (int i = 0; i < size; i += buffer.length) phone.send(buffer);
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          });
      scene.upstream.next();
      assertThat(writer).as("an upstream that takes nothing stops the phone").isNotDone();
      start.countDown();
      writer.get(60, TimeUnit.SECONDS);
      assertThat(phone.receive("POST").body()).hasSize(size);
    }
  }

  @Test
  void a_phone_that_goes_away_takes_its_upstream_request_with_it() throws Exception {
    var ended = new CountDownLatch(1);
    var arrived = new CountDownLatch(1);
    scene.upstream.answering(request -> {
      arrived.countDown();
      request.in().read();
      ended.countDown();
    });
    try (var phone = scene.phone()) {
      phone.send(
          "GET /slow HTTP/1.1\r\nHost: files.example\r\nAuthorization: Bearer good-token\r\n\r\n");
      assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(scene.streams.size()).isZero();
  }

  @Test
  void an_upstream_that_is_away_broken_or_cut_short_is_said_so() throws Exception {
    try (var phone = scene.phone()) {
      scene.upstream.answering(request -> request.send("nonsense\r\n\r\n"));
      assertThat(phone.get("/").status()).isEqualTo(502);
      scene.upstream.answering(Upstream.Arrived::close);
      assertThat(phone.get("/").status()).isEqualTo(502);
      scene.upstream.answering(request -> {
        request.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
        request.close();
      });
      phone.send(
          "GET / HTTP/1.1\r\nHost: files.example\r\nAuthorization: Bearer good-token\r\n\r\n");
      assertThat(Upstream.head(phone.in())).contains("HTTP/1.1 200 OK");
      assertThat(phone.in().readNBytes(4)).hasSize(4);
      assertThat(phone.closed()).isTrue();
    }
    scene.upstream.close();
    try (var phone = scene.phone()) {
      assertThat(phone.get("/").body()).contains("gateway.upstream-unreachable");
    }
  }

  @Test
  void closing_lets_the_request_under_way_finish() throws Exception {
    var arrived = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    scene.upstream.answering(request -> {
      arrived.countDown();
      go.await();
      request.respond("last");
    });
    try (var phone = scene.phone();
        var idle = scene.phone()) {
      phone.send(
          "GET / HTTP/1.1\r\nHost: files.example\r\nAuthorization: Bearer good-token\r\n\r\n");
      assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
      var closing = CompletableFuture.runAsync(scene.gateway::close);
      assertThat(idle.closed()).isTrue();
      go.countDown();
      var response = phone.receive("GET");
      assertThat(response.body()).isEqualTo("last");
      assertThat(response.header("connection")).containsExactly("close");
      assertThat(phone.closed()).isTrue();
      closing.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void a_client_address_is_believed_only_from_configured_load_balancers() throws Exception {
    byte[] header = {
      0x0D,
      0x0A,
      0x0D,
      0x0A,
      0x00,
      0x0D,
      0x0A,
      0x51,
      0x55,
      0x49,
      0x54,
      0x0A,
      0x21,
      0x11,
      0,
      12,
      (byte) 203,
      0,
      113,
      9,
      127,
      0,
      0,
      1,
      0x12,
      0x34,
      0x01,
      (byte) 0xBB
    };
    try (var balanced =
        new Scene(config -> config.withProxies(List.of(Cidr.parse("127.0.0.0/8")), List.of()))) {
      var socket =
          new Socket(balanced.gateway.address().getAddress(), balanced.gateway.address().getPort());
      socket.getOutputStream().write(header);
      try (var phone = new Phone(Phone.tls(balanced, balanced.phone), socket, Scene.HOST)) {
        assertThat(phone.get("/").status()).isEqualTo(200);
        assertThat(
                balanced.attempts.take().network().find("network.address").orElseThrow().toString())
            .isEqualTo("203.0.113.9");
      }
    }
    try (var socket =
        new Socket(scene.gateway.address().getAddress(), scene.gateway.address().getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(header);
      assertThat(socket.getInputStream().readAllBytes()).hasSizeLessThan(100);
    } catch (java.net.SocketException e) {
      assertThat(e).hasMessageContaining("reset");
    }
    assertThat(scene.attempts).isEmpty();
    try (var proxied =
            new Scene(config ->
                config.withProxies(
                    List.of(), List.of(Cidr.parse("127.0.0.1"), Cidr.parse("10.0.0.0/8"))));
        var phone = proxied.phone()) {
      assertThat(
              phone
                  .request(
                      "GET",
                      "/",
                      "Forwarded: for=6.6.6.6, for=\"[2001:db8::7]:99\", for=10.1.2.3\r\n")
                  .status())
          .isEqualTo(200);
      assertThat(proxied.attempts.take().network().find("network.address").orElseThrow().toString())
          .isEqualTo("2001:db8:0:0:0:0:0:7");
    }
  }
}
