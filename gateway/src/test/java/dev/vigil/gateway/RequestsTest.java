// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.access.AccessToken;
import dev.vigil.testkit.Policies;
import dev.vigil.testkit.TestCa;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestsTest {

  private Scene scene;

  @BeforeEach
  void open() throws IOException {
    scene = new Scene();
  }

  @AfterEach
  void close() throws IOException {
    scene.close();
  }

  @Test
  void an_allowed_request_reaches_the_app_and_its_response_the_phone() throws Exception {
    try (var phone = scene.phone()) {
      var response = phone.get("/a?q=1");
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.body()).isEqualTo("hello");
      var arrived = scene.upstream.next();
      assertThat(arrived.line()).isEqualTo("GET /a?q=1 HTTP/1.1");
      assertThat(arrived.header("host")).containsExactly(Scene.HOST);
      assertThat(arrived.header("authorization")).isEmpty();
      assertThat(arrived.header("vigil-assertion")).containsExactly("assertion-1-files");
      assertThat(arrived.header("vigil-decision"))
          .containsExactly(scene.verdicts.take().reference().value());
      assertThat(arrived.header("forwarded"))
          .containsExactly("for=127.0.0.1;host=\"files.example\";proto=https");
    }
  }

  @Test
  void a_connection_serves_many_requests_and_remembers_token_and_assertion() throws Exception {
    try (var phone = scene.phone()) {
      for (int i = 0; i < 20; i++) assertThat(phone.get("/" + i).status()).isEqualTo(200);
    }
    assertThat(scene.verified.get()).isEqualTo(1);
    assertThat(scene.signed.get()).isEqualTo(1);
    assertThat(scene.verdicts).hasSize(20);
    assertThat(scene.gateway.metrics().upstreamOpened()).isEqualTo(1);
    assertThat(scene.streams.size()).isZero();
  }

  @Test
  void pipelined_requests_are_answered_one_after_the_other() throws Exception {
    scene.upstream.answering(request -> request.respond(request.line()));
    String one =
        "GET /%d HTTP/1.1\r\nHost: files.example\r\nAuthorization: Bearer good-token\r\n\r\n";
    try (var phone = scene.phone()) {
      phone.send(one.formatted(1) + one.formatted(2) + one.formatted(3));
      for (int i = 1; i <= 3; i++)
        assertThat(phone.receive("GET").body()).isEqualTo("GET /" + i + " HTTP/1.1");
    }
  }

  @Test
  void a_denied_request_learns_nothing_but_a_reference_and_the_connection_stays_usable()
      throws Exception {
    scene.deciding(request ->
        request.request().find("request.path").orElseThrow().equals("/secret")
            ? Policies.deny()
            : Policies.allow());
    try (var phone = scene.phone()) {
      var refused = phone.get("/secret");
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.header("content-type")).containsExactly("application/problem+json");
      assertThat(refused.body())
          .contains(
              "\"code\":\"access.denied\"",
              "urn:vigil:decision:" + scene.verdicts.take().reference())
          .doesNotContain("steps");
      assertThat(phone.post("/secret", "x".repeat(10_000)).status()).isEqualTo(403);
      assertThat(phone.get("/open").status()).isEqualTo(200);
    }
    assertThat(scene.upstream.seen()).hasSize(1);
  }

  @Test
  void without_a_token_or_with_a_bad_one_the_phone_is_asked_to_sign_in() throws Exception {
    try (var phone = scene.phone()) {
      phone.send("GET / HTTP/1.1\r\nHost: files.example\r\n\r\n");
      var missing = phone.receive("GET");
      assertThat(missing.status()).isEqualTo(401);
      assertThat(missing.header("www-authenticate"))
          .containsExactly("Bearer error=\"invalid_token\"");
      phone.send("GET / HTTP/1.1\r\nHost: files.example\r\nAuthorization: Bearer forged\r\n\r\n");
      assertThat(phone.receive("GET").status()).isEqualTo(401);
      phone.send(
          "GET / HTTP/1.1\r\nHost: files.example\r\nAuthorization: Basic Zm9vOmJhcg==\r\n\r\n");
      assertThat(phone.receive("GET").status()).isEqualTo(401);
    }
    assertThat(scene.upstream.seen()).isEmpty();
  }

  @Test
  void a_host_that_is_not_published_is_not_found() throws Exception {
    try (var phone = new Phone(Phone.tls(scene, scene.phone), scene, "")) {
      phone.send("GET / HTTP/1.1\r\nHost: nowhere.example\r\n\r\n");
      assertThat(phone.receive("GET").status()).isEqualTo(404);
      phone.send(
          "GET / HTTP/1.1\r\nHost: FILES.example:443\r\nAuthorization: Bearer good-token\r\n\r\n");
      assertThat(phone.receive("GET").status()).isEqualTo(200);
    }
  }

  @Test
  void another_host_than_the_handshake_named_is_misdirected() throws Exception {
    try (var phone = new Phone(Phone.tls(scene, scene.phone), scene, "other.example")) {
      assertThat(phone.get("/").status()).isEqualTo(421);
    }
  }

  @Test
  void a_valid_certificate_that_is_not_on_the_list_reads_why_it_is_refused() throws Exception {
    var stranger =
        scene.ca.device("stranger", Instant.EPOCH, Scene.CLOCK.now().plus(Duration.ofDays(1)));
    try (var phone = new Phone(scene, stranger)) {
      var refused = phone.get("/");
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.body()).contains("access.certificate-unknown");
    }
    assertThat(scene.verified.get()).isZero();
  }

  @Test
  void a_device_with_an_rsa_key_is_as_good_as_any() throws Exception {
    var generator = java.security.KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    var end = Scene.CLOCK.now().plus(Duration.ofDays(1));
    var tablet = scene.ca.device("tablet", generator.generateKeyPair(), Instant.EPOCH, end);
    try (var phone = new Phone(scene, tablet)) {
      assertThat(phone.get("/").body()).contains("access.certificate-unknown");
    }
    scene.enrol(tablet, end);
    var bound = Objects.requireNonNull(scene.tokens.get(Scene.TOKEN));
    scene.tokens.put(
        Scene.TOKEN,
        new AccessToken(
            scene.session, scene.subject, Scene.thumbprint(tablet), bound.expiresAt(), 1));
    try (var phone = new Phone(scene, tablet)) {
      assertThat(phone.get("/").status()).isEqualTo(200);
    }
  }

  @Test
  void an_expired_certificate_reads_why_it_is_refused() throws Exception {
    var old = scene.ca.device("old", Instant.EPOCH, Scene.CLOCK.now().minusSeconds(1));
    scene.enrol(old, Scene.CLOCK.now().minusSeconds(1));
    try (var phone = new Phone(scene, old)) {
      assertThat(phone.get("/").body()).contains("access.certificate-expired");
    }
  }

  @Test
  void a_certificate_of_another_authority_ends_the_handshake() {
    var other =
        TestCa.create("others")
            .device("phone", Instant.EPOCH, Scene.CLOCK.now().plus(Duration.ofDays(1)));
    assertThatThrownBy(
            () -> {
              try (var phone = new Phone(scene, other)) {
                phone.get("/");
              }
            })
        .isInstanceOf(IOException.class);
  }

  @Test
  void a_resumed_session_of_a_revoked_device_is_refused() throws Exception {
    var tls = Phone.tls(scene, scene.phone);
    long firstSession;
    try (var phone = new Phone(tls, scene, Scene.HOST)) {
      assertThat(phone.get("/").status()).isEqualTo(200);
      firstSession = phone.socket().getSession().getCreationTime();
    }
    try (var phone = new Phone(tls, scene, Scene.HOST)) {
      assertThat(phone.socket().getSession().getCreationTime())
          .as("the session is resumed")
          .isEqualTo(firstSession);
      assertThat(phone.get("/").status()).isEqualTo(200);
    }
    scene.revoke();
    try (var phone = new Phone(tls, scene, Scene.HOST)) {
      assertThat(phone.socket().getSession().getCreationTime()).isEqualTo(firstSession);
      assertThat(phone.get("/").body()).contains("access.certificate-unknown");
    }
  }

  @Test
  void a_device_revoked_on_an_open_connection_is_refused_at_the_next_request() throws Exception {
    try (var phone = scene.phone()) {
      assertThat(phone.get("/").status()).isEqualTo(200);
      scene.revoke();
      assertThat(phone.get("/").status()).isEqualTo(403);
    }
  }

  @Test
  void a_new_server_certificate_is_shown_to_new_connections() throws Exception {
    var renewed = scene.serverCa.server(List.of(Scene.HOST));
    scene.gateway.reload(new ServerIdentity(renewed.key(), List.of(renewed.certificate())));
    try (var phone = scene.phone()) {
      assertThat(phone.socket().getSession().getPeerCertificates()[0])
          .isEqualTo(renewed.certificate());
      assertThat(phone.get("/").status()).isEqualTo(200);
    }
  }

  @Test
  void what_only_the_gateway_may_say_is_removed_from_requests() throws Exception {
    String forged =
        """
        Vigil-Assertion: forged
        vigil_assertion: forged
        VIGIL-Decision: forged
        X-Forwarded-For: 1.2.3.4
        X_Forwarded_For: 1.2.3.4
        Forwarded: for=1.2.3.4
        Client-Cert: forged
        Client-Cert-Chain: forged
        X-Forwarded-Client-Cert: forged
        X-Goog-IAP-JWT-Assertion: forged
        X-HTTP-Method-Override: DELETE
        X-Original-URL: /admin
        Connection: keep-alive, X-Secret
        X-Secret: hop
        Keep-Alive: 5
        Upgrade: h2c
        TE: trailers
        X-Kept: kept
        """
            .replace("\n", "\r\n");
    try (var phone = scene.phone()) {
      assertThat(phone.request("GET", "/", forged).status()).isEqualTo(200);
    }
    var head = scene.upstream.next().head();
    assertThat(String.join("\n", head))
        .doesNotContain("forged", "1.2.3.4", "DELETE", "/admin", "hop", "h2c", "trailers")
        .contains("X-Kept: kept");
    assertThat(head)
        .filteredOn(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("vigil"))
        .hasSize(2);
  }
}
