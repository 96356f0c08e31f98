// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.vigil.sdk.port.Body;
import dev.vigil.sdk.port.Headers;
import dev.vigil.sdk.port.StreamListener;
import dev.vigil.sdk.port.Transport;
import dev.vigil.sdk.port.UntrustedServerException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/// The other side of the wire, without sockets: it checks proofs as the real one does, and
/// misbehaves on request.
final class FakeVigil implements Transport {

  static final URI ISSUER = URI.create("https://vigil.bank.test");
  static final URI APP = URI.create("https://banking.bank.test");

  /// Answers instead of the fake itself.
  interface Handler {
    Response answer(Request request) throws IOException;
  }

  final Phone.Hands clock;
  final Authority web;
  final Authority devices;
  final Map<String, Handler> instead = new HashMap<>();
  final List<Request> seen = new CopyOnWriteArrayList<>();
  final List<Peer> peers = new CopyOnWriteArrayList<>();
  Map<String, String> pushed = Map.of();
  Optional<String> nonce = Optional.empty();
  Duration ahead = Duration.ZERO;
  Duration certificateLife = Duration.ofDays(30);
  String redirectTail = "";
  private final Set<String> proofs = new HashSet<>();
  private int serial;

  FakeVigil(Phone.Hands clock) {
    this.clock = clock;
    this.web = new Authority("web", clock.instant());
    this.devices = new Authority("devices", clock.instant());
  }

  X509Certificate publicRoot() {
    return web.root();
  }

  private Instant now() {
    return clock.instant().plus(ahead);
  }

  @Override
  public synchronized Response send(Request request, Peer peer) throws IOException {
    seen.add(request);
    peers.add(peer);
    var handler = instead.get(request.uri().getPath());
    if (handler != null) {
      return handler.answer(request);
    }
    return request.uri().getHost().equals(ISSUER.getHost())
        ? issuer(request, peer)
        : app(request, peer);
  }

  @Override
  public Opening open(Request request, Peer peer, StreamListener listener) throws IOException {
    return new NotOpened(send(request, peer));
  }

  private Response issuer(Request request, Peer peer) throws IOException {
    if (!peer.anchors().contains(web.root())) {
      throw new UntrustedServerException(new IOException("unknown authority"));
    }
    if (request.uri().getPath().equals("/.well-known/oauth-authorization-server")) {
      return json(200, metadata());
    }
    var fault = proofFault(request);
    if (fault.isPresent()) {
      return reply(
          401,
          Map.of("error", fault.get()),
          Headers.NONE.with("WWW-Authenticate", "DPoP error=\"" + fault.get() + "\""));
    }
    return switch (request.uri().getPath()) {
      case "/par" -> par(request);
      case "/token" -> token(form(request));
      case "/device/challenge", "/device/attest/challenge" -> json(200, Map.of("nonce", "bm9uY2U"));
      case "/device/enrol", "/device/renew" -> json(200, certificate(request));
      case "/device/attest" -> json(200, Map.of("signals", Map.of()));
      case "/device/posture", "/signin/device" ->
          new Response(204, dated(Headers.NONE), new ByteArrayInputStream(new byte[0]));
      default -> json(404, Map.of("error", "not_found"));
    };
  }

  Map<String, Object> metadata() {
    return new HashMap<>(
        Map.of(
            "issuer", ISSUER.toString(),
            "authorization_endpoint", ISSUER + "/authorize",
            "token_endpoint", ISSUER + "/token",
            "pushed_authorization_request_endpoint", ISSUER + "/par"));
  }

  private Response par(Request request) {
    pushed = form(request);
    return json(
        201, Map.of("request_uri", "urn:ietf:params:oauth:request_uri:1", "expires_in", 60));
  }

  private Response token(Map<String, String> form) {
    var gateway = "vigil-gateway".equals(form.get("audience"));
    if ("authorization_code".equals(form.get("grant_type"))
        && !Proofs.sha256(form.getOrDefault("code_verifier", ""))
            .equals(pushed.get("code_challenge"))) {
      return json(400, Map.of("error", "invalid_grant"));
    }
    serial++;
    return json(
        200,
        Map.of(
            "access_token",
            "secret-token-" + serial,
            "token_type",
            gateway ? "Bearer" : "DPoP",
            "expires_in",
            300,
            "refresh_token",
            "secret-refresh-" + serial));
  }

  Map<String, Object> certificate(Request request) {
    try {
      var csr =
          Base64.getUrlDecoder()
              .decode(Json.parse(request.body().bytes()).orElseThrow().textOr("csr", ""));
      var key = new JcaPKCS10CertificationRequest(csr).getPublicKey();
      var leaf = devices.device(key, now(), certificateLife);
      return Map.of(
          "device_id",
          "dev_1",
          "certificate_chain",
          List.of(Certificates.toBase64(leaf)),
          "trust_anchors",
          List.of(Certificates.toBase64(devices.root())),
          "gateway",
          "https://127.0.0.1:8443");
    } catch (IOException | java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Response app(Request request, Peer peer) throws IOException {
    if (!peer.anchors().equals(List.of(devices.root()))) {
      throw new UntrustedServerException(new IOException("unknown authority"));
    }
    var token = request.headers().first("Authorization").orElse("");
    return text(
        token.startsWith("Bearer secret-token-") && peer.identity().isPresent() ? 200 : 403,
        "12.50");
  }

  /// RFC 9449 section 4.3, or the error code.
  private Optional<String> proofFault(Request request) throws IOException {
    try {
      var jwt = SignedJWT.parse(request.headers().first("DPoP").orElse(""));
      var claims = jwt.getJWTClaimsSet();
      var age = Duration.between(claims.getIssueTime().toInstant(), now()).abs();
      var bound =
          request
              .headers()
              .first("Authorization")
              .map(token -> Proofs.sha256(token.substring("DPoP ".length())));
      var good =
          jwt.verify(new ECDSAVerifier(jwt.getHeader().getJWK().toECKey()))
              && jwt.getHeader().getType().getType().equals("dpop+jwt")
              && !jwt.getHeader().getJWK().isPrivate()
              && request.method().equals(claims.getStringClaim("htm"))
              && request.uri().toString().equals(claims.getStringClaim("htu"))
              && age.compareTo(Duration.ofSeconds(30)) < 0
              && bound.equals(Optional.ofNullable(claims.getStringClaim("ath")))
              && proofs.add(claims.getJWTID());
      if (!good) {
        return Optional.of("invalid_dpop_proof");
      }
      return nonce.isEmpty() || nonce.get().equals(claims.getStringClaim("nonce"))
          ? Optional.empty()
          : Optional.of("use_dpop_nonce");
    } catch (ParseException | JOSEException e) {
      return Optional.of("invalid_dpop_proof");
    }
  }

  /// The person signs in at once; `redirectTail` replaces the parameters of the way back.
  Optional<URI> browse(URI page, URI redirect) {
    var tail =
        redirectTail.isEmpty()
            ? "code=c1&state=" + pushed.get("state") + "&iss=" + Issuer.encode(ISSUER.toString())
            : redirectTail;
    return Optional.of(
        URI.create(redirect + "?" + tail.replace("STATE", String.valueOf(pushed.get("state")))));
  }

  Response json(int status, Map<String, ?> content) {
    return reply(status, content, Headers.NONE);
  }

  Response reply(int status, Map<String, ?> content, Headers headers) {
    return new Response(
        status,
        dated(headers.with("Content-Type", "application/json")),
        new ByteArrayInputStream(Json.write(content)));
  }

  static Response text(int status, String text) {
    return new Response(
        status,
        Headers.NONE.with("Content-Type", "text/plain"),
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  static Response problem(int status, String document, String... challenges) {
    var headers = Headers.NONE.with("Content-Type", "application/problem+json; charset=utf-8");
    for (var challenge : challenges) {
      headers = headers.with("WWW-Authenticate", challenge);
    }
    return new Response(
        status, headers, new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)));
  }

  private Headers dated(Headers headers) {
    var date = DateTimeFormatter.RFC_1123_DATE_TIME.format(now().atOffset(ZoneOffset.UTC));
    var complete = headers.with("Date", date);
    return nonce.map(value -> complete.with("DPoP-Nonce", value)).orElse(complete);
  }

  static Map<String, String> form(Request request) {
    var fields = new HashMap<String, String>();
    for (var pair : new String(request.body().bytes(), StandardCharsets.US_ASCII).split("&", -1)) {
      var parts = pair.split("=", 2);
      fields.put(
          URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
          URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return fields;
  }

  /// The requests to this path, in order.
  List<Request> to(String path) {
    return new ArrayList<>(
        seen.stream().filter(request -> request.uri().getPath().equals(path)).toList());
  }

  /// A body that says nothing but is long.
  static Response endless(String type) {
    var megabyte = Body.of(new byte[1 << 20]);
    return new Response(
        200, Headers.NONE.with("Content-Type", type), new ByteArrayInputStream(megabyte.bytes()));
  }
}
