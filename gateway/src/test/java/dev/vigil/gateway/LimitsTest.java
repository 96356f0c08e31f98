// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LimitsTest {

  private static Limits impatient(int connections, long body) {
    var soon = Duration.ofMillis(300);
    var s = Limits.STANDARD;
    return new Limits(
        connections,
        16,
        s.requestLine(),
        s.headerBytes(),
        s.headers(),
        body,
        s.transactionBody(),
        Duration.ofSeconds(10),
        soon,
        soon,
        soon,
        soon,
        soon,
        soon,
        soon);
  }

  @Test
  void a_head_that_never_ends_closes_the_connection() throws Exception {
    try (var scene = new Scene(config -> config.with(impatient(10, 1000)));
        var phone = scene.phone()) {
      phone.send("GET / HTTP/1.1\r\nHost: fi");
      assertThat(phone.closed()).isTrue();
    }
  }

  @Test
  void a_body_that_never_ends_is_refused() throws Exception {
    try (var scene = new Scene(config -> config.with(impatient(10, 1000)));
        var phone = scene.phone()) {
      scene.upstream.answering(request -> request.in().readAllBytes());
      phone.send(
          "POST / HTTP/1.1\r\n"
              + "Host: files.example\r\n"
              + "Authorization: Bearer good-token\r\n"
              + "Content-Length: 10\r\n\r\n"
              + "half");
      assertThat(phone.receive("POST").status()).isEqualTo(408);
    }
  }

  @Test
  void an_upstream_that_never_answers_is_said_so() throws Exception {
    try (var scene = new Scene(config -> config.with(impatient(10, 1000)));
        var phone = scene.phone()) {
      scene.upstream.answering(request -> request.in().readAllBytes());
      assertThat(phone.get("/").status()).isEqualTo(504);
    }
  }

  @Test
  void a_body_over_the_limit_is_refused_declared_or_not() throws Exception {
    try (var scene = new Scene(config -> config.with(impatient(10, 1000)))) {
      scene.upstream.answering(request -> request.in().readAllBytes());
      try (var phone = scene.phone()) {
        assertThat(phone.post("/", "x".repeat(1001)).status()).isEqualTo(413);
      }
      try (var phone = scene.phone()) {
        phone.send(
            "POST / HTTP/1.1\r\n"
                + "Host: files.example\r\n"
                + "Authorization: Bearer good-token\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n"
                + "3e9\r\n"
                + "x".repeat(1001)
                + "\r\n0\r\n\r\n");
        assertThat(phone.receive("POST").status()).isEqualTo(413);
      }
    }
  }

  @Test
  void more_connections_than_allowed_are_closed_at_once() throws Exception {
    var standard = Limits.STANDARD;
    var one =
        new Limits(
            1,
            16,
            standard.requestLine(),
            standard.headerBytes(),
            standard.headers(),
            standard.body(),
            standard.transactionBody(),
            standard.handshake(),
            standard.head(),
            standard.bodyPause(),
            standard.stall(),
            standard.connect(),
            standard.answer(),
            standard.answerPause(),
            standard.drain());
    try (var scene = new Scene(config -> config.with(one));
        var phone = scene.phone()) {
      assertThatThrownBy(() -> new Phone(scene, scene.phone)).isInstanceOf(IOException.class);
      assertThat(phone.get("/").status()).isEqualTo(200);
      assertThat(scene.gateway.metrics().overLimit()).isEqualTo(1);
    }
  }
}
