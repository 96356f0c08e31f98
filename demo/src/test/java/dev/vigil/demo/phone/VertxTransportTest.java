// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.demo.phone.VertxTransport.Network;
import dev.vigil.sdk.port.Body;
import dev.vigil.sdk.port.Headers;
import dev.vigil.sdk.port.StreamListener;
import dev.vigil.sdk.port.Transport;
import dev.vigil.sdk.port.UntrustedServerException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The transport's contract, held against a real TLS server on a loopback port.
class VertxTransportTest {

  private static final String HOST = "banking.bank.test";

  private final Vertx vertx = Vertx.vertx();
  private final TestAuthority authority = new TestAuthority("gateway");
  private final TestAuthority devices = new TestAuthority("devices");
  private final List<String> arrived = new CopyOnWriteArrayList<>();
  private final VertxTransport transport = new VertxTransport(vertx, Network.PLAIN);
  private final SoftwareKeys keys = new SoftwareKeys();
  private HttpServer server = vertx.createHttpServer();

  @BeforeEach
  void start() throws Exception {
    keys.generate();
    server = listen(authority.server(HOST));
  }

  @AfterEach
  void stop() throws Exception {
    transport.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private HttpServer listen(PemKeyCertOptions identity) throws Exception {
    var options =
        new HttpServerOptions()
            .setSsl(true)
            .setSni(true)
            .setKeyCertOptions(identity)
            .setClientAuth(ClientAuth.REQUEST)
            .setTrustOptions(
                new PemTrustOptions()
                    .addCertValue(Buffer.buffer(TestAuthority.pem(devices.root()))));
    return vertx
        .createHttpServer(options)
        .requestHandler(this::answer)
        .webSocketHandler(VertxTransportTest::echo)
        .webSocketHandshakeHandler(shake -> {
          if (shake.path().equals("/closed")) shake.reject(403);
          else shake.accept();
        })
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  private void answer(HttpServerRequest request) {
    arrived.add(request.path());
    var response = request.response();
    switch (request.path()) {
      case "/who" ->
          response.end(
              request.authority().host()
                  + " "
                  + request.connection().indicatedServerName()
                  + " "
                  + request.remoteAddress().host()
                  + " "
                  + certificate(request));
      case "/away" ->
          response
              .setStatusCode(302)
              .putHeader("Location", "https://evil.test/")
              .putHeader("Set-Cookie", "a=b")
              .end();
      case "/big" -> response.end(Buffer.buffer(new byte[3 << 20]));
      case "/cookie" -> response.end(String.valueOf(request.getHeader("Cookie")));
      case "/half" ->
          response
              .putHeader("Content-Length", "100")
              .write("half")
              .onSuccess(_ -> request.connection().close());
      default -> request.bodyHandler(response::end);
    }
  }

  private static String certificate(HttpServerRequest request) {
    try {
      return ((X509Certificate) request.connection().sslSession().getPeerCertificates()[0])
          .getSubjectX500Principal()
          .getName();
    } catch (javax.net.ssl.SSLPeerUnverifiedException e) {
      return "nobody";
    }
  }

  private static void echo(ServerWebSocket socket) {
    socket.textMessageHandler(text -> {
      if (text.equals("cut me")) socket.close((short) 1008, "posture.rooted");
      else socket.writeTextMessage(text);
    });
    socket.binaryMessageHandler(socket::writeBinaryMessage);
  }

  private Transport.Peer peer(X509Certificate anchor) {
    return new Transport.Peer(
        Optional.of(new Transport.Address("127.0.0.1", server.actualPort())),
        List.of(anchor),
        Optional.empty());
  }

  private static Transport.Request get(String path) {
    return new Transport.Request(
        "GET", URI.create("https://" + HOST + path), Headers.NONE, Body.EMPTY);
  }

  private static String text(Transport.Response response) throws IOException {
    try (var body = response.body()) {
      return new String(body.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  @Test
  void the_socket_goes_to_the_given_address_under_the_apps_name() throws IOException {
    assertThat(text(transport.send(get("/who"), peer(authority.root()))))
        .isEqualTo(HOST + " " + HOST + " 127.0.0.1 nobody");
  }

  @Test
  void the_device_is_known_by_its_certificate() throws Exception {
    var identity =
        new Transport.Identity(
            keys, List.of(devices.issue("dev_1", keys.publicKey().orElseThrow())));
    var peer =
        new Transport.Peer(
            peer(authority.root()).address(), List.of(authority.root()), Optional.of(identity));
    assertThat(text(transport.send(get("/who"), peer))).endsWith("CN=dev_1");
    assertThat(text(transport.send(get("/who"), peer(authority.root())))).endsWith("nobody");
  }

  @Test
  void a_phone_can_stand_on_an_address_of_its_own() throws IOException {
    try (var elsewhere =
        new VertxTransport(vertx, new Network(Optional.of("127.0.3.7"), Map.of()))) {
      assertThat(text(elsewhere.send(get("/who"), peer(authority.root())))).contains(" 127.0.3.7 ");
    }
  }

  @Test
  void names_no_resolver_knows_lead_where_the_network_says() throws IOException {
    var hosts = Map.of(HOST, new Transport.Address("127.0.0.1", server.actualPort()));
    try (var elsewhere = new VertxTransport(vertx, new Network(Optional.empty(), hosts))) {
      var open = new Transport.Peer(Optional.empty(), List.of(authority.root()), Optional.empty());
      assertThat(text(elsewhere.send(get("/who"), open))).startsWith(HOST);
    }
  }

  @Test
  void a_foreign_authority_is_not_trusted_and_sees_no_request() {
    var foreign = new TestAuthority("foreign");
    assertThatThrownBy(() -> transport.send(get("/who"), peer(foreign.root())))
        .isInstanceOf(UntrustedServerException.class);
    assertThat(arrived).isEmpty();
  }

  @Test
  void a_certificate_for_another_name_is_not_trusted_and_sees_no_request() throws Exception {
    server = listen(authority.server("mail.bank.test"));
    assertThatThrownBy(() -> transport.send(get("/who"), peer(authority.root())))
        .isInstanceOf(UntrustedServerException.class);
    assertThatThrownBy(() -> transport.open(get("/stream"), peer(authority.root()), new Ear()))
        .isInstanceOf(UntrustedServerException.class);
    assertThat(arrived).isEmpty();
  }

  @Test
  void a_dead_address_is_an_io_error_and_not_a_question_of_trust() {
    var nowhere =
        new Transport.Peer(
            Optional.of(new Transport.Address("127.0.0.1", 1)),
            List.of(authority.root()),
            Optional.empty());
    assertThatThrownBy(() -> transport.send(get("/who"), nowhere))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(UntrustedServerException.class);
  }

  @Test
  void redirects_are_not_followed_and_cookies_not_kept() throws IOException {
    assertThat(transport.send(get("/away"), peer(authority.root())).status()).isEqualTo(302);
    assertThat(text(transport.send(get("/cookie"), peer(authority.root())))).isEqualTo("null");
  }

  @Test
  void a_large_answer_arrives_whole_and_an_unwanted_one_is_let_go() throws IOException {
    var peer = peer(authority.root());
    assertThat(text(transport.send(get("/big"), peer))).hasSize(3 << 20);
    transport.send(get("/big"), peer).body().close();
    assertThat(text(transport.send(get("/who"), peer))).startsWith(HOST);
  }

  @Test
  void an_answer_that_breaks_off_is_an_error_and_not_a_short_answer() throws IOException {
    var response = transport.send(get("/half"), peer(authority.root()));
    assertThatThrownBy(() -> text(response)).isInstanceOf(IOException.class);
  }

  @Test
  void content_is_sent_as_it_is() throws IOException {
    var content = "ümläut".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    var request =
        new Transport.Request(
            "POST", URI.create("https://" + HOST + "/echo?x=1"), Headers.NONE, Body.of(content));
    assertThat(text(transport.send(request, peer(authority.root())))).isEqualTo("ümläut");
  }

  @Test
  void a_stream_carries_messages_both_ways_and_says_why_it_was_cut() throws Exception {
    var ear = new Ear();
    var opening =
        transport.open(
            new Transport.Request(
                "GET", URI.create("wss://" + HOST + "/stream"), Headers.NONE, Body.EMPTY),
            peer(authority.root()),
            ear);
    assertThat(opening).isInstanceOf(Transport.Opened.class);
    var stream = ((Transport.Opened) opening).stream();
    stream.send("hello");
    assertThat(ear.heard.get(10, TimeUnit.SECONDS)).isEqualTo("hello");
    stream.send("cut me");
    var reason = ear.closed.get(10, TimeUnit.SECONDS);
    assertThat(reason).isEqualTo(new StreamListener.CloseReason(1008, "posture.rooted"));
    assertThat(reason.cut()).isTrue();
  }

  @Test
  void a_stream_that_is_not_opened_brings_the_answer_instead() throws IOException {
    var opening = transport.open(get("/closed"), peer(authority.root()), new Ear());
    assertThat(opening)
        .isInstanceOfSatisfying(
            Transport.NotOpened.class, not -> assertThat(not.response().status()).isEqualTo(403));
  }

  private static final class Ear implements StreamListener {
    private final CompletableFuture<String> heard = new CompletableFuture<>();
    private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();

    @Override
    public void text(String message) {
      heard.complete(message);
    }

    @Override
    public void binary(byte[] message) {}

    @Override
    public void closed(CloseReason reason) {
      closed.complete(reason);
    }
  }
}
