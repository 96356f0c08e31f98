// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import dev.vigil.admission.Actor;
import dev.vigil.admission.App;
import dev.vigil.admission.StrictJson;
import dev.vigil.admission.acme.AcmeAccounts;
import dev.vigil.admission.acme.AcmeOrders;
import dev.vigil.admission.acme.PlatformAttestations;
import dev.vigil.admission.administration.Mandate;
import dev.vigil.admission.administration.Reason;
import dev.vigil.admission.device.Grants;
import dev.vigil.admission.device.Renewal;
import dev.vigil.identity.Population;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.SubjectId;
import dev.vigil.pki.acme.SignedRequest;
import dev.vigil.posture.attestation.Anchors;
import dev.vigil.posture.attestation.AppleDeviceAttestation;
import dev.vigil.posture.attestation.TpmKeyAttestation;
import dev.vigil.testkit.AppleStatements;
import dev.vigil.testkit.SoftwareKey;
import dev.vigil.testkit.TestAuthorities;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A whole server: the gateway admits a device that was enrolled over ACME until its certificate is
/// revoked there, and not a request longer.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class AcmeServerTest {

  private static final char[] NONE = {};
  private static final App APP =
      new App(
          new AppId("payments"),
          "localhost",
          URI.create("http://127.0.0.1:1"),
          "high",
          Set.of(),
          List.of());

  @TempDir Path folder = Path.of("");
  private final SoftwareKey phone = SoftwareKey.generate();

  @Test
  void a_certificate_revoked_over_acme_is_not_admitted_at_the_gateway_any_more() throws Exception {
    var it = new TestServer(folder);
    var chain = enrolled(it);
    try (var server = it.start();
        var client = HttpClient.newBuilder().sslContext(tls(server.anchor(), chain)).build()) {
      var gateway = it.configuration.gateway().url().resolve("/");
      assertThat(code(client, gateway))
          .startsWith("access.")
          .isNotEqualTo("access.certificate-unknown");
      var revoked = revoke(client, it.configuration.face().issuer(), chain.getFirst());
      assertThat(revoked.statusCode()).as(revoked.body()).isEqualTo(200);
      assertThat(code(client, gateway)).isEqualTo("access.certificate-unknown");
      var again = revoke(client, it.configuration.face().issuer(), chain.getFirst());
      assertThat(again.body()).contains("urn:ietf:params:acme:error:alreadyRevoked");
    }
  }

  private static String code(HttpClient client, URI address) throws Exception {
    var answer = client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    return StrictJson.object(answer.body().getBytes(StandardCharsets.UTF_8))
        .path("code")
        .asString("");
  }

  /// Before the server starts: a phone whose maker is a test root, which a running server does not
  /// believe.
  private List<X509Certificate> enrolled(TestServer it) throws Exception {
    var entropy = SystemTime.entropy();
    var machine = new Foundation.Machine(new SystemTime(), entropy);
    var apple = AppleStatements.create();
    try (var foundation = Foundation.open(it.configuration, machine)) {
      var changes = foundation.changes();
      var lifetime = Duration.ofDays(7);
      var keys = foundation.keys();
      var grants = new Grants(changes, keys::authority, lifetime);
      var orders =
          new AcmeOrders(
              changes,
              grants,
              new Renewal(changes, keys::authority, lifetime),
              new PlatformAttestations(
                  new AppleDeviceAttestation(new Anchors(List.of(), List.of(apple.root()))),
                  new TpmKeyAttestation(Anchors.none())));
      var alice = alice(machine);
      changes.commit(
          Actor.SYSTEM,
          work -> {
            work.tx().put(alice);
            work.tx().put(APP);
            return work.event("account-created", "test", Map.of(), alice.id(), APP.id());
          });
      var draft =
          new Grants.Draft(
              alice.id(), Grants.Protocol.ACME, "iPhone", Optional.of("F2LX0001"), lifetime);
      var mandate = new Mandate(Actor.SYSTEM, new Reason("new phone"));
      var secret = done(grants.grant(mandate, draft)).secret();
      var account = done(new AcmeAccounts(changes).register(key())).account();
      var order = done(orders.place(account, secret));
      var statement =
          apple.statement(
              phone.publicKey(),
              AppleStatements.Device.iphone("F2LX0001", "00008101-001"),
              order.order().token(),
              machine.time().now().minusSeconds(60));
      done(orders.answer(account, order.name(), statement));
      done(orders.finish(account, order.name(), phone.certificateRequest()));
      var der = done(orders.certificate(account, order.name()));
      return List.of(TestAuthorities.read(der.get(0)), TestAuthorities.read(der.get(1)));
    }
  }

  private static Subject alice(Foundation.Machine machine) {
    return new Subject(
        SubjectId.random(machine.entropy()),
        "alice@bank.example",
        "Alice",
        Population.EMPLOYEE,
        Set.of(),
        Set.of(),
        true,
        machine.time().now());
  }

  private static <T> T done(Outcome<T> outcome) {
    if (outcome instanceof Outcome.Done<T>(T value)) return value;
    throw new AssertionError(outcome);
  }

  /// The phone's key is the account's too.
  private dev.vigil.pki.acme.AccountKey key() throws Exception {
    var signed =
        done(
            SignedRequest.read(
                Bytes.of(signed("https://x.example", "", "{}").getBytes(StandardCharsets.UTF_8))));
    if (signed.signer() instanceof SignedRequest.Signer.Key(var key)) return key;
    throw new AssertionError(signed);
  }

  private String signed(String url, String nonce, String payload) throws Exception {
    var jwk =
        new ECKey.Builder(Curve.P_256, phone.publicKey()).privateKey(phone.privateKey()).build();
    var header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .jwk(jwk.toPublicJWK())
            .customParam("nonce", nonce)
            .customParam("url", url)
            .build();
    var jws = new JWSObject(header, new Payload(payload));
    jws.sign(new ECDSASigner(jwk));
    return StrictJson.write(
        Map.of(
            "protected", jws.getHeader().toBase64URL().toString(),
            "payload", jws.getPayload().toBase64URL().toString(),
            "signature", jws.getSignature().toString()));
  }

  /// Signed with the certificate's own key.
  private HttpResponse<String> revoke(HttpClient client, URI issuer, X509Certificate certificate)
      throws Exception {
    var head = HttpRequest.newBuilder(issuer.resolve("/acme/new-nonce")).HEAD().build();
    var nonce =
        client
            .send(head, BodyHandlers.discarding())
            .headers()
            .firstValue("Replay-Nonce")
            .orElseThrow();
    var url = issuer.resolve("/acme/revoke-certificate");
    var payload =
        StrictJson.write(
            Map.of("certificate", Bytes.of(certificate.getEncoded()).toString(), "reason", 1));
    var request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/jose+json")
            .POST(HttpRequest.BodyPublishers.ofString(signed(url.toString(), nonce, payload)))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private SSLContext tls(X509Certificate anchor, List<X509Certificate> chain) throws Exception {
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, NONE);
    trusted.setCertificateEntry("anchor", anchor);
    var trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    var own = KeyStore.getInstance("PKCS12");
    own.load(null, NONE);
    own.setKeyEntry("phone", phone.privateKey(), NONE, chain.toArray(new Certificate[0]));
    var keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, NONE);
    var tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return tls;
  }
}
