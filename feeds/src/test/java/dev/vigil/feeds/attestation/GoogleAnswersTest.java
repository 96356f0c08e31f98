// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.Secret;
import dev.vigil.posture.attestation.AttestationRefusal;
import dev.vigil.posture.attestation.play.PlayRequest;
import dev.vigil.posture.attestation.play.PlayVerdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Google over the network, by a stand-in that answers as its reference documentation says.
class GoogleAnswersTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final String VERDICT =
      """
      {"tokenPayloadExternal":{"requestDetails":{"requestPackageName":"com.example.bank",
        "requestHash":"digest","timestampMillis":"1"},
        "appIntegrity":{"appRecognitionVerdict":"UNEVALUATED"},
        "deviceIntegrity":{"deviceRecognitionVerdict":["MEETS_DEVICE_INTEGRITY"]},
        "accountDetails":{"appLicensingVerdict":"UNEVALUATED"}}}
      """;

  private final List<String> asked = new ArrayList<>();
  private volatile int status = 200;
  private volatile String body = "";
  private HttpServer server;
  private HttpClient client;

  @BeforeEach
  void start() throws IOException {
    client = HttpClient.newHttpClient();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization")
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          byte[] answer = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    client.close();
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private Optional<Sending.Answer> send(HttpRequest.Builder request) {
    try {
      var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      return Optional.of(new Sending.Answer(answer.statusCode(), Bytes.of(answer.body())));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static Refusal refusal(Outcome<?> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    return ((Outcome.Refused<?>) outcome).refusal();
  }

  @Test
  void the_status_list_serves_until_it_is_too_old_however_long_google_is_silent() {
    var lists = new StatusLists(this::send, address("/status"), Duration.ofDays(3));
    assertThat(lists.at(NOW)).isEmpty();
    body = "{\"entries\":{\"ab\":{\"status\":\"REVOKED\"}}}";
    assertThat(lists.refresh(NOW)).isInstanceOf(Outcome.Done.class);
    assertThat(lists.at(NOW).orElseThrow().size()).isEqualTo(1);
    for (int bad : List.of(404, 429, 500, 304, 302)) {
      status = bad;
      body = bad == 304 ? "" : "{\"entries\":{}}";
      assertThat(refusal(lists.refresh(NOW))).isEqualTo(AttestationRefusal.REVOCATION_UNKNOWN);
    }
    status = 200;
    for (var garbage : List.of("", "<html>", "{\"entries\":{\"zz\":{}}}")) {
      body = garbage;
      assertThat(refusal(lists.refresh(NOW))).isEqualTo(AttestationRefusal.REVOCATION_UNKNOWN);
    }
    server.stop(0);
    assertThat(refusal(lists.refresh(NOW))).isEqualTo(AttestationRefusal.REVOCATION_UNKNOWN);
    assertThat(lists.at(NOW.plus(Duration.ofDays(2))).orElseThrow().size()).isEqualTo(1);
    assertThat(lists.at(NOW.plus(Duration.ofDays(3)))).isEmpty();
  }

  private PlayIntegrityApi api(Quota quota) {
    return new PlayIntegrityApi(
        this::send,
        address(""),
        () -> Outcome.done(Secret.of("an-access-token".getBytes(StandardCharsets.UTF_8))),
        quota);
  }

  @Test
  void google_opens_a_token() {
    body = VERDICT;
    var answer = api(new Quota(5)).decode("com.example.bank", "the.token", NOW);
    assertThat(answer).isInstanceOf(Outcome.Done.class);
    var verdict = ((Outcome.Done<PlayVerdict>) answer).value();
    assertThat(verdict.request()).isEqualTo(new PlayRequest.RequestHash("digest"));
    assertThat(asked)
        .containsExactly(
            "POST /v1/com.example.bank:decodeIntegrityToken Bearer an-access-token"
                + " {\"integrity_token\":\"the.token\"}");
  }

  @Test
  void what_google_does_not_open_is_refused_with_the_reason() {
    var api = api(new Quota(100));
    status = 400;
    assertThat(refusal(api.decode("com.example.bank", "t", NOW)))
        .isEqualTo(AttestationRefusal.MALFORMED);
    for (int bad : List.of(401, 403, 429, 500, 503)) {
      status = bad;
      assertThat(refusal(api.decode("com.example.bank", "t", NOW)))
          .isEqualTo(AttestationRefusal.VENDOR_UNREACHABLE);
    }
    status = 200;
    body = "{}";
    assertThat(refusal(api.decode("com.example.bank", "t", NOW)))
        .isEqualTo(AttestationRefusal.MALFORMED);
    asked.clear();
    assertThat(refusal(api.decode("../com.example", "t", NOW)))
        .isEqualTo(AttestationRefusal.WRONG_APP);
    assertThat(refusal(api.decode("com.example.bank", "t".repeat(50_000), NOW)))
        .isEqualTo(AttestationRefusal.TOO_LARGE);
    assertThat(asked).isEmpty();
  }

  @Test
  void a_quota_is_spent_and_comes_back_at_midnight_in_california() {
    body = VERDICT;
    var quota = new Quota(2);
    var api = api(quota);
    assertThat(api.decode("com.example.bank", "t", NOW)).isInstanceOf(Outcome.Done.class);
    assertThat(api.decode("com.example.bank", "t", NOW)).isInstanceOf(Outcome.Done.class);
    assertThat(refusal(api.decode("com.example.bank", "t", NOW)))
        .isEqualTo(AttestationRefusal.VENDOR_UNREACHABLE);
    assertThat(asked).hasSize(2);
    assertThat(quota.left(Instant.parse("2026-11-23T07:59:59Z"))).isZero();
    assertThat(quota.left(Instant.parse("2026-11-23T08:00:00Z"))).isEqualTo(2);
    assertThat(quota.take(Instant.parse("2026-11-23T08:00:00Z"))).isTrue();
    assertThat(quota.left(NOW)).isEqualTo(1); // the clock stepped back: no new quota
  }
}
