// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.admission.Changes;
import dev.vigil.identity.oauth.Proofs;
import dev.vigil.identity.oauth.SeenProofs;
import dev.vigil.testkit.CollectedFacts;
import dev.vigil.testkit.FreePort;
import dev.vigil.testkit.ManualTime;
import dev.vigil.testkit.MemoryStore;
import dev.vigil.testkit.SeededEntropy;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What the edge refuses before a handler sees it, and how it says so.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EdgeTest {

  private final ManualTime time = ManualTime.atNoon();
  private final Doors doors =
      new Doors(
          new Proofs(new SeenProofs(time.now())),
          _ -> Optional.empty(),
          new Changes(new MemoryStore(time), new CollectedFacts(), time, new SeededEntropy(2)),
          new VisitCookie(URI.create("http://localhost")));
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private int port;
  private URI origin = URI.create("http://localhost");
  private ApiServer server;

  private record Named(String name) {}

  private List<Route<?>> routes() {
    return List.of(
        Route.get(
            "/things/{id}",
            doors.everyone(),
            (request, _) ->
                Response.json(200, Map.of("id", request.segment("id"), "query", request.query()))),
        Route.post(
            "/things",
            doors.everyone(),
            Body.json().atMost(64),
            (request, _) -> Response.json(200, Map.of("name", request.json(Named.class).name()))),
        Route.post(
            "/form",
            doors.everyone(),
            Body.form(),
            (request, _) -> Response.json(200, request.form())),
        Route.get(
            "/broken",
            doors.everyone(),
            (_, _) -> {
              throw new IllegalStateException("the password of the database is swordfish");
            }),
        Route.get("/rare", doors.everyone(), (_, _) -> Response.noContent())
            .limited(Rate.perMinute(2)),
        Route.get(
            "/held",
            doors.keyHolder(),
            (_, holder) -> Response.json(200, Map.of("key", holder.proof().key().toString()))));
  }

  @BeforeAll
  void start() throws IOException {
    port = FreePort.next();
    origin = URI.create("http://localhost:" + port);
    var edge = new ApiServer.Edge(vertx, time, new SeededEntropy(1), Duration.ofMillis(300));
    server =
        ApiServer.start(
            edge,
            new Listener(origin, "127.0.0.1", port, new Listener.Channel.PlainLoopback()),
            new Routes(routes()));
  }

  @AfterAll
  void stop() {
    server.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(origin + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String type, String body) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(origin + path))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void a_known_path_answers_with_protecting_headers() throws Exception {
    var answer = get("/things/a%20b?x=1");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"id\":\"a b\"", "\"x\":\"1\"");
    assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
    assertThat(answer.headers().firstValue("content-security-policy").orElseThrow())
        .contains("default-src 'none'");
    assertThat(answer.headers().firstValue("vigil-request-id")).isPresent();
  }

  @Test
  void an_unknown_path_and_a_wrong_method_say_what_is_there() throws Exception {
    assertThat(get("/nothing").statusCode()).isEqualTo(404);
    var answer = get("/things");
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("allow")).contains("POST");
    assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
  }

  @Test
  void what_breaks_inside_shows_a_reference_and_nothing_else() throws Exception {
    var answer = get("/broken");
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body())
        .contains("\"reference\":\"req_")
        .doesNotContain("swordfish", "IllegalState", "at dev");
  }

  @Test
  void content_of_another_type_too_long_or_malformed_is_refused() throws Exception {
    assertThat(post("/things", "application/json", "{\"name\":\"x\"}").statusCode()).isEqualTo(200);
    assertThat(post("/things", "text/plain", "{\"name\":\"x\"}").statusCode()).isEqualTo(415);
    assertThat(
            post("/things", "application/json", "{\"name\":\"" + "x".repeat(64) + "\"}")
                .statusCode())
        .isEqualTo(413);
    for (String bad :
        List.of(
            "{",
            "[]",
            "{\"name\":\"a\",\"name\":\"b\"}",
            "{\"name\":\"x\"} {}",
            "{\"other\":\"x\"}",
            "null",
            "{\"name\":null}",
            "")) {
      assertThat(post("/things", "application/json", bad).statusCode()).as(bad).isEqualTo(400);
    }
    assertThat(post("/things/x", "application/json", "{}").statusCode()).isEqualTo(405);
  }

  @Test
  void a_parameter_that_comes_twice_is_refused() throws Exception {
    assertThat(post("/form", "application/x-www-form-urlencoded", "a=1&b=%C3%A4+x").body())
        .contains("\"b\":\"ä x\"");
    assertThat(post("/form", "application/x-www-form-urlencoded", "a=1&a=2").statusCode())
        .isEqualTo(400);
    assertThat(post("/form", "application/x-www-form-urlencoded", "a=%zz").statusCode())
        .isEqualTo(400);
    assertThat(get("/things/x?a=1&a=1").statusCode()).isEqualTo(400);
  }

  @Test
  void content_without_a_length_is_counted_while_it_arrives() throws Exception {
    assertThat(
            raw(
                "POST /things HTTP/1.1\r\nHost: localhost:"
                    + port
                    + "\r\n"
                    + "Content-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n"
                    + "80\r\n"
                    + "x".repeat(128)
                    + "\r\n0\r\n\r\n"))
        .startsWith("HTTP/1.1 413");
  }

  @Test
  void content_that_does_not_arrive_in_time_ends_the_wait() throws Exception {
    assertThat(
            raw(
                "POST /things HTTP/1.1\r\nHost: localhost:"
                    + port
                    + "\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{"))
        .startsWith("HTTP/1.1 408");
  }

  @Test
  void a_request_for_another_host_name_is_misdirected() throws Exception {
    assertThat(
            raw(
                "GET /things/x HTTP/1.1\r\nHost: evil.example:"
                    + port
                    + "\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 421");
  }

  private String raw(String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(5000);
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  @Test
  void too_many_from_one_source_are_asked_to_wait() throws Exception {
    assertThat(get("/rare").statusCode()).isEqualTo(204);
    assertThat(get("/rare").statusCode()).isEqualTo(204);
    var third = get("/rare");
    assertThat(third.statusCode()).isEqualTo(429);
    assertThat(third.headers().firstValue("retry-after")).contains("30");
    time.pass(Duration.ofSeconds(30));
    assertThat(get("/rare").statusCode()).isEqualTo(204);
  }

  @Test
  void a_route_for_key_holders_asks_for_a_proof() throws Exception {
    var answer = get("/held");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("www-authenticate").orElseThrow()).startsWith("DPoP");
  }

  @Test
  void every_route_names_its_caller() {
    assertThat(new Routes(routes()).describe())
        .contains(
            "GET  /held  key-holder  -  -",
            "GET  /rare  everyone  -  2/60s",
            "POST  /things  everyone  application/json <=64  -");
  }

  @Test
  void plain_http_is_served_on_loopback_only() {
    assertThatThrownBy(() ->
            new Listener(
                URI.create("http://localhost:1"),
                "0.0.0.0",
                1,
                new Listener.Channel.PlainLoopback()))
        .hasMessageContaining("loopback only");
  }
}
