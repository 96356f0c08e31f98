// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.sdk.port.Body;
import dev.vigil.sdk.port.Headers;
import dev.vigil.sdk.port.StreamListener;
import dev.vigil.sdk.port.Transport;
import dev.vigil.sdk.port.UntrustedServerException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Sockets and TLS, against a server that wants a certificate.
class AndroidTransportTest {

  private static final URI APP = URI.create("https://banking.bank.test/balance?account=1");

  private final HeldCertificate web =
      new HeldCertificate.Builder().commonName("web").certificateAuthority(0).build();
  private final TestAuthority devices = new TestAuthority("devices");
  private final SoftwareKeys keys = new SoftwareKeys();
  private final MockWebServer server = new MockWebServer();
  private final AndroidTransport transport = new AndroidTransport();

  @BeforeEach
  void start() throws IOException {
    var certificate =
        new HeldCertificate.Builder()
            .addSubjectAlternativeName("banking.bank.test")
            .signedBy(web)
            .build();
    var tls =
        new HandshakeCertificates.Builder()
            .heldCertificate(certificate)
            .addTrustedCertificate(devices.root())
            .build();
    server.useHttps(tls.sslSocketFactory());
    server.requireClientAuth();
    server.start(InetAddress.getLoopbackAddress(), 0);
  }

  @AfterEach
  void stop() {
    transport.close();
    server.close();
  }

  private Transport.Peer peer(X509Certificate anchor, Optional<Transport.Identity> identity) {
    return new Transport.Peer(
        Optional.of(new Transport.Address("127.0.0.1", server.getPort())),
        List.of(anchor),
        identity);
  }

  private Transport.Peer gateway() {
    return peer(web.certificate(), Optional.of(identity()));
  }

  private Transport.Identity identity() {
    return new Transport.Identity(keys, List.of(devices.device(keys.publicKey().orElseThrow())));
  }

  private static Transport.Request get(URI uri) {
    return new Transport.Request("GET", uri, Headers.NONE, Body.EMPTY);
  }

  private static MockResponse said(String text) {
    return new MockResponse.Builder().code(200).body(text).build();
  }

  private static String read(Transport.Response response) throws IOException {
    try (var body = response.body()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void a_call_goes_to_the_gateway_under_the_apps_name_with_the_devices_certificate()
      throws Exception {
    server.enqueue(said("12.50"));
    assertThat(read(transport.send(get(APP), gateway()))).isEqualTo("12.50");
    var request = server.takeRequest();
    assertThat(request.getUrl().host()).isEqualTo("banking.bank.test");
    assertThat(request.getTarget()).isEqualTo("/balance?account=1");
    assertThat(request.getHeaders().get("Accept-Encoding")).isEqualTo("identity");
    assertThat(request.getHandshake()).isNotNull();
    assertThat(request.getHandshake().peerCertificates().get(0).getPublicKey().getEncoded())
        .isEqualTo(keys.publicKey().orElseThrow().getEncoded());
  }

  @Test
  void a_body_and_its_fields_arrive_as_they_are() throws Exception {
    server.enqueue(said(""));
    var headers = Headers.NONE.with("Content-Type", "application/json").with("X-One", "1");
    var body = Body.of("{}".getBytes(StandardCharsets.UTF_8));
    read(transport.send(new Transport.Request("POST", APP, headers, body), gateway()));
    var request = server.takeRequest();
    assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
    assertThat(request.getHeaders().get("X-One")).isEqualTo("1");
    assertThat(request.getBody()).isNotNull();
    assertThat(request.getBody().utf8()).isEqualTo("{}");
  }

  @Test
  void a_server_of_an_unknown_authority_is_refused_and_hears_nothing() {
    var stranger = new TestAuthority("stranger");
    assertThatThrownBy(
            () -> transport.send(get(APP), peer(stranger.root(), Optional.of(identity()))))
        .isInstanceOf(UntrustedServerException.class);
    assertThatThrownBy(() ->
            transport.open(
                get(URI.create("wss://banking.bank.test/feed")),
                peer(stranger.root(), Optional.of(identity())),
                new Ear()))
        .isInstanceOf(UntrustedServerException.class);
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void a_server_with_a_certificate_for_another_name_is_refused_and_hears_nothing() {
    assertThatThrownBy(
            () -> transport.send(get(URI.create("https://payroll.bank.test/")), gateway()))
        .isInstanceOf(UntrustedServerException.class);
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void a_server_that_refuses_us_is_not_called_untrusted() {
    assertThatThrownBy(() -> transport.send(get(APP), peer(web.certificate(), Optional.empty())))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(UntrustedServerException.class);
  }

  @Test
  void redirects_are_not_followed_and_cookies_not_kept() throws Exception {
    server.enqueue(
        new MockResponse.Builder()
            .code(302)
            .addHeader("Location", "https://banking.bank.test/elsewhere")
            .addHeader("Set-Cookie", "a=b")
            .build());
    server.enqueue(said("next"));
    assertThat(transport.send(get(APP), gateway()).status()).isEqualTo(302);
    assertThat(read(transport.send(get(APP), gateway()))).isEqualTo("next");
    server.takeRequest();
    assertThat(server.takeRequest().getHeaders().get("Cookie")).isNull();
  }

  @Test
  void nothing_goes_out_in_the_clear_or_under_another_spelling_of_its_path() {
    for (var address :
        List.of(
            "http://banking.bank.test/",
            "https://banking.bank.test/a/../b",
            "https://banking.bank.test/a/%2e%2e/b")) {
      assertThatThrownBy(() -> transport.send(get(URI.create(address)), gateway()))
          .as(address)
          .isInstanceOf(IOException.class);
    }
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void a_renewed_certificate_is_shown_on_a_connection_of_its_own() throws Exception {
    server.enqueue(said("one"));
    server.enqueue(said("two"));
    read(transport.send(get(APP), gateway()));
    var renewed = peer(web.certificate(), Optional.of(identity()));
    read(transport.send(get(APP), renewed));
    assertThat(server.takeRequest().getConnectionIndex())
        .isNotEqualTo(server.takeRequest().getConnectionIndex());
  }

  @Test
  void a_key_that_cannot_be_used_fails_the_call_and_not_the_app() {
    var lost = new Transport.Identity(new SoftwareKeys.Lost(), identity().chain());
    assertThatThrownBy(() -> transport.send(get(APP), peer(web.certificate(), Optional.of(lost))))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(UntrustedServerException.class);
  }

  @Test
  void a_stream_speaks_both_ways_and_tells_when_trust_ended_it() throws Exception {
    server.enqueue(new MockResponse.Builder().webSocketUpgrade(new Cutting()).build());
    var ear = new Ear();
    var opened = transport.open(get(URI.create("wss://banking.bank.test/feed")), gateway(), ear);
    assertThat(opened).isInstanceOf(Transport.Opened.class);
    ((Transport.Opened) opened).stream().send("hello");
    assertThat(ear.next()).isEqualTo("heard hello");
    assertThat(ear.next()).isEqualTo("closed 1008 cut=true");
  }

  @Test
  void a_stream_that_is_refused_gives_the_answer_to_read() throws Exception {
    server.enqueue(
        new MockResponse.Builder()
            .code(403)
            .addHeader("Content-Type", "application/problem+json")
            .body("{\"code\":\"access.denied\"}")
            .build());
    var opened =
        transport.open(get(URI.create("wss://banking.bank.test/feed")), gateway(), new Ear());
    assertThat(opened)
        .isInstanceOfSatisfying(
            Transport.NotOpened.class,
            refused -> {
              assertThat(refused.response().status()).isEqualTo(403);
              assertThat(refused.response().body()).hasContent("{\"code\":\"access.denied\"}");
            });
  }

  private static final class Cutting extends WebSocketListener {
    @Override
    public void onMessage(WebSocket socket, String text) {
      socket.send("heard " + text);
      socket.close(1008, "the device is no longer trusted");
    }

    @Override
    public void onOpen(WebSocket socket, Response response) {}
  }

  private static final class Ear implements StreamListener {
    private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();

    String next() throws InterruptedException {
      return String.valueOf(heard.poll(20, TimeUnit.SECONDS));
    }

    @Override
    public void text(String message) {
      heard.add(message);
    }

    @Override
    public void binary(byte[] message) {
      heard.add("binary");
    }

    @Override
    public void closed(CloseReason reason) {
      heard.add("closed " + reason.code() + " cut=" + reason.cut());
    }
  }
}
