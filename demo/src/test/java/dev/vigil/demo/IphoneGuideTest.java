// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.vigil.demo.GuideExchanges.Exchange;
import dev.vigil.demo.bank.Bank;
import dev.vigil.demo.phone.PageVisitor;
import dev.vigil.demo.phone.SoftwareKeys;
import dev.vigil.demo.phone.VertxTransport;
import dev.vigil.sdk.port.Body;
import dev.vigil.sdk.port.Headers;
import dev.vigil.sdk.port.Transport;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Replays the exchanges of the guide for iPhones against a running server: what the guide shows is
/// what works.
class IphoneGuideTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final URI CALLBACK = URI.create("dev.vigil.phone:/callback");

  private final Map<String, String> known = new HashMap<>();
  private final SoftwareKeys keys = new SoftwareKeys();
  private Optional<String> nonce = Optional.empty();
  private List<X509Certificate> chain = List.of();
  private List<X509Certificate> anchors = List.of();

  @Test
  void every_exchange_of_the_guide_works_as_it_is_written(@TempDir Path folder) throws Exception {
    var root = Path.of(Optional.ofNullable(System.getProperty("vigil.root")).orElse(".."));
    var exchanges = GuideExchanges.read(root.resolve("docs/sdk-ios.md"));
    assertThat(exchanges).hasSize(12);
    keys.generate();
    try (var world = OpenBank.in(folder);
        var transport = new VertxTransport(Vertx.vertx(), VertxTransport.Network.PLAIN)) {
      var bank = world.bank();
      var ada = bank.invite("ada", "Ada", "customer", "127.0.3.7");
      known.put("app", Bank.BANKING);
      for (var exchange : exchanges) {
        if (exchange.path().equals("/signin/device")) {
          continue; // needs a browser that waits; the scenes of the demo show it
        }
        prepare(exchange);
        var answer = sent(exchange, bank, transport);
        assertThat(answer.status())
            .as("%s: %s", exchange, answer.text())
            .isEqualTo(exchange.status());
        learn(exchange, answer, ada);
        if (exchange.body().contains("vigil_action")) approved(exchanges, bank, transport, ada);
      }
    }
    assertThat(chain).isNotEmpty();
  }

  /// "Redeem the code, get a token for the gateway, and send the same request."
  private void approved(
      List<Exchange> exchanges, Bank bank, Transport transport, PageVisitor person)
      throws Exception {
    for (var grant : List.of("grant_type=authorization_code", "grant_type=refresh_token")) {
      var exchange = first(exchanges, one -> one.body().startsWith(grant));
      learn(exchange, sent(exchange, bank, transport), person);
    }
    var payment = first(exchanges, one -> one.path().equals("/payments"));
    assertThat(sent(payment, bank, transport).status()).isEqualTo(201);
    assertThat(sent(payment, bank, transport).status()).isEqualTo(401);
  }

  private static Exchange first(List<Exchange> exchanges, Predicate<Exchange> which) {
    return exchanges.stream().filter(which).findFirst().orElseThrow();
  }

  /// An answer, read.
  private record Read(int status, String text, Optional<String> nonce) {
    JsonNode json() {
      return JSON.readTree(text);
    }
  }

  /// What the app makes for itself before it asks.
  private void prepare(Exchange exchange) throws Exception {
    known.put("now", Instant.now().toString());
    if (exchange.path().equals("/oauth/par")) {
      var verifier = UUID.randomUUID() + "-" + UUID.randomUUID();
      known.put("code_verifier", verifier);
      known.put("code_challenge", digest(verifier));
      known.put("state", UUID.randomUUID().toString());
      known.put(
          "body",
          base64(
              "{\"amount\":\"250.00\",\"currency\":\"EUR\",\"payee\":\"Garden Centre\"}"
                  .getBytes(StandardCharsets.UTF_8)));
    }
    if (exchange.path().equals("/device/enrol")) {
      known.put("csr", csr(Optional.of(known.getOrDefault("nonce", ""))));
    }
    if (exchange.path().equals("/device/renew")) known.put("csr_again", csr(Optional.empty()));
  }

  private Read sent(Exchange exchange, Bank bank, Transport transport) throws Exception {
    var first = once(exchange, bank, transport);
    if (first.nonce().isEmpty() || first.nonce().equals(nonce)) return first;
    nonce = first.nonce();
    return first.text().contains("use_dpop_nonce") ? once(exchange, bank, transport) : first;
  }

  private Read once(Exchange exchange, Bank bank, Transport transport) throws Exception {
    boolean toApp = exchange.headers().containsKey("Host");
    var uri =
        toApp
            ? URI.create("https://" + Bank.BANKING + exchange.path())
            : bank.issuer().resolve(exchange.path());
    known.put("proof", proof(exchange, uri));
    var headers = Headers.NONE;
    for (var field : exchange.headers().entrySet()) {
      if (!field.getKey().equalsIgnoreCase("Host"))
        headers = headers.with(field.getKey(), GuideExchanges.filled(field.getValue(), known));
    }
    var body = Body.of(body(exchange).getBytes(StandardCharsets.UTF_8));
    var peer =
        toApp
            ? new Transport.Peer(
                Optional.of(bank.gateway()),
                anchors,
                Optional.of(new Transport.Identity(keys, chain)))
            : new Transport.Peer(Optional.empty(), bank.anchors(), Optional.empty());
    var response =
        transport.send(new Transport.Request(exchange.method(), uri, headers, body), peer);
    try (var in = response.body()) {
      return new Read(
          response.status(),
          new String(in.readAllBytes(), StandardCharsets.UTF_8),
          response.headers().first("DPoP-Nonce"));
    }
  }

  private String body(Exchange exchange) {
    var type = exchange.headers().getOrDefault("Content-Type", "");
    if (!type.endsWith("urlencoded")) return GuideExchanges.filled(exchange.body(), known);
    return Arrays.stream(exchange.body().split("\n&"))
        .map(field -> field.split("=", 2))
        .map(field ->
            field[0]
                + "="
                + URLEncoder.encode(GuideExchanges.filled(field[1], known), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  /// What the app keeps of the answer.
  private void learn(Exchange exchange, Read answer, PageVisitor person) throws Exception {
    if (exchange.promised().isEmpty()) return;
    var json = answer.json();
    JSON.readTree(exchange.promised().get())
        .propertyNames()
        .forEach(name -> assertThat(json.has(name)).as("%s in %s", name, json).isTrue());
    for (var name : List.of("nonce", "refresh_token", "authorization_endpoint", "access_token")) {
      if (json.has(name)) known.put(name, json.path(name).asString());
    }
    if (json.path("token_type").asString("").equals("Bearer"))
      known.put("gateway_token", json.path("access_token").asString());
    if (json.has("request_uri")) browse(json.path("request_uri").asString(), person);
    if (json.has("certificate_chain")) {
      chain = certificates(json.path("certificate_chain"));
      anchors = certificates(json.path("trust_anchors"));
    }
  }

  private void browse(String requestUri, PageVisitor person) throws IOException {
    var page =
        URI.create(
            known.get("authorization_endpoint")
                + "?client_id=vigil-phone&request_uri="
                + URLEncoder.encode(requestUri, StandardCharsets.UTF_8));
    var back = person.open(page, CALLBACK).orElseThrow();
    var fields =
        Arrays.stream(back.toString().split("\\?", 2)[1].split("&"))
            .map(pair -> pair.split("=", 2))
            .collect(
                Collectors.toMap(
                    pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    assertThat(fields.get("state")).isEqualTo(known.get("state"));
    known.put("code", fields.get("code"));
  }

  private String proof(Exchange exchange, URI uri) throws GeneralSecurityException, JOSEException {
    var key = new ECKey.Builder(Curve.P_256, keys.publicKey().orElseThrow()).build();
    var header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(new JOSEObjectType("dpop+jwt"))
            .jwk(key)
            .build();
    var claims =
        new JWTClaimsSet.Builder()
            .jwtID(UUID.randomUUID().toString())
            .issueTime(Date.from(Instant.now()))
            .claim("htm", exchange.method())
            .claim("htu", uri.toString());
    nonce.ifPresent(value -> claims.claim("nonce", value));
    if (exchange.headers().containsKey("Authorization"))
      claims.claim("ath", digest(known.getOrDefault("access_token", "")));
    var jwt = new SignedJWT(header, claims.build());
    jwt.sign(new ECDSASigner(keys.handle(), Curve.P_256));
    return jwt.serialize();
  }

  private String csr(Optional<String> challenge)
      throws GeneralSecurityException, OperatorCreationException, IOException {
    var builder =
        new JcaPKCS10CertificationRequestBuilder(
            new X500Name("CN=device"), keys.publicKey().orElseThrow());
    challenge.ifPresent(text ->
        builder.addAttribute(
            PKCSObjectIdentifiers.pkcs_9_at_challengePassword, new DERPrintableString(text)));
    var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.handle());
    return base64(builder.build(signer).getEncoded());
  }

  private static List<X509Certificate> certificates(JsonNode texts) throws Exception {
    var found = new ArrayList<X509Certificate>();
    for (var text : texts) {
      var der = Base64.getUrlDecoder().decode(text.asString());
      found.add(
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der)));
    }
    return found;
  }

  private static String digest(String text) throws GeneralSecurityException {
    return base64(
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
