// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AbuseTest {

  static List<String[]> cases(String file) throws IOException {
    try (var in = Objects.requireNonNull(AbuseTest.class.getResourceAsStream("/" + file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> Arrays.stream(line.split(" \\| ")).map(String::strip).toArray(String[]::new))
          .toList();
    }
  }

  @Test
  void what_could_be_read_in_two_ways_is_refused_and_never_reaches_the_app() throws Exception {
    try (var scene = new Scene()) {
      for (var one : cases("smuggling.txt")) {
        String bytes =
            one[1]
                .replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\\\", "\\");
        try (var phone = scene.phone()) {
          phone.send(bytes);
          var response = phone.receive("GET");
          assertThat(response.status()).as(one[0]).isEqualTo(Integer.parseInt(one[2]));
          assertThat(response.body()).as(one[0]).contains("urn:vigil:problem:");
        }
      }
      assertThat(scene.upstream.seen()).isEmpty();
    }
  }

  @Test
  void a_path_is_decided_and_forwarded_in_one_form() throws Exception {
    try (var scene = new Scene();
        var phone = scene.phone()) {
      for (var one : cases("paths.txt")) {
        assertThat(phone.get(one[0]).status()).as(one[0]).isEqualTo(200);
        assertThat(scene.attempts.take().request().find("request.path"))
            .as(one[0])
            .contains(one[1]);
        assertThat(scene.upstream.next().line()).isEqualTo("GET " + one[1] + " HTTP/1.1");
      }
    }
  }

  @Test
  void broken_chunks_end_the_connection_and_the_request() throws Exception {
    try (var scene = new Scene();
        var phone = scene.phone()) {
      scene.upstream.answering(request -> request.in().readAllBytes());
      phone.send(
          "POST / HTTP/1.1\r\n"
              + "Host: files.example\r\n"
              + "Authorization: Bearer good-token\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n"
              + "5\r\n"
              + "hello\r\n"
              + "zz\r\n");
      assertThat(phone.receive("POST").status()).isEqualTo(400);
      assertThat(phone.closed()).isTrue();
    }
  }

  @Test
  void trailers_of_a_request_do_not_reach_the_app() throws Exception {
    try (var scene = new Scene();
        var phone = scene.phone()) {
      scene.upstream.answering(request -> {
        var body = new StringBuilder();
        while (body.indexOf("\r\n0\r\n\r\n") < 0) body.append((char) request.in().read());
        request.respond(body.toString());
      });
      phone.send(
          "POST / HTTP/1.1\r\n"
              + "Host: files.example\r\n"
              + "Authorization: Bearer good-token\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n"
              + "2\r\n"
              + "hi\r\n"
              + "0\r\n"
              + "Vigil-Assertion: forged\r\n\r\n");
      assertThat(phone.receive("POST").body()).isEqualTo("2\r\nhi\r\n0\r\n\r\n");
    }
  }

  @Test
  void oversized_heads_are_refused() throws Exception {
    try (var scene = new Scene()) {
      for (var one :
          Stream.of(
                  "GET /" + "a".repeat(10_000) + " HTTP/1.1\r\nHost: files.example\r\n\r\n|414",
                  "GET / HTTP/1.1\r\nHost: files.example\r\nX: "
                      + "a".repeat(20_000)
                      + "\r\n\r\n|431",
                  "GET / HTTP/1.1\r\nHost: files.example\r\n" + "X: a\r\n".repeat(150) + "\r\n|431")
              .map(text -> text.split("\\|"))
              .toList()) {
        try (var phone = scene.phone()) {
          phone.send(one[0]);
          assertThat(phone.receive("GET").status()).isEqualTo(Integer.parseInt(one[1]));
        }
      }
    }
  }
}
