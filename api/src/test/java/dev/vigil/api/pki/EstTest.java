// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.admission.device.Grants.Protocol;
import dev.vigil.api.signin.Certified;
import dev.vigil.testkit.SoftwareKey;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.est.ESTAuth;
import org.bouncycastle.est.ESTException;
import org.bouncycastle.est.ESTService;
import org.bouncycastle.est.jcajce.JcaHttpAuthBuilder;
import org.bouncycastle.est.jcajce.JsseESTServiceBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// EST, asked by a client that others wrote (Bouncy Castle's) and by one that does it wrong.
class EstTest {

  private final SoftwareKey key = SoftwareKey.generate();
  private PkiHouse house;

  @BeforeEach
  void open() throws Exception {
    house = new PkiHouse();
  }

  @AfterEach
  void close() {
    house.close();
  }

  private ESTService service(URI at, Optional<KeyManager> key) {
    var builder = new JsseESTServiceBuilder(at.getHost(), at.getPort(), trusted());
    builder.withHostNameAuthorizer((name, _) -> name.equals("localhost"));
    key.ifPresent(builder::withKeyManager);
    return builder.build();
  }

  private static ESTAuth password(String secret) throws Exception {
    return new JcaHttpAuthBuilder(null, "device", secret.toCharArray()).build();
  }

  private PKCS10CertificationRequest csr(SoftwareKey one) throws Exception {
    return new PKCS10CertificationRequest(one.certificateRequest().toArray());
  }

  private X509Certificate enrolled() throws Exception {
    var answer =
        service(house.tls, Optional.empty())
            .simpleEnroll(false, csr(key), password(house.secret(Protocol.EST)));
    var found = answer.getStore().getMatches(null);
    assertThat(found).as("the certificate that was issued, and no other").hasSize(1);
    return read(found.iterator().next());
  }

  private static X509Certificate read(X509CertificateHolder holder) throws Exception {
    return new JcaX509CertificateConverter().getCertificate(holder);
  }

  private KeyManager[] showing(X509Certificate certificate, java.security.PrivateKey of)
      throws Exception {
    var store = java.security.KeyStore.getInstance("PKCS12");
    store.load(null, null);
    var chain =
        new X509Certificate[] {
          certificate, house.authorities.authority(dev.vigil.pki.Branch.DEVICE).certificate()
        };
    store.setKeyEntry("key", of, new char[0], chain);
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, new char[0]);
    return factory.getKeyManagers();
  }

  private X509TrustManager trusted() {
    return Certified.trusting(
        new Certified(
            new KeyPair(key.publicKey(), key.privateKey()),
            house.authorities.root().certificate()));
  }

  private HttpResponse<byte[]> post(
      URI to, Optional<X509Certificate> shown, byte[] body, String... headers) throws Exception {
    var keys = shown.isPresent() ? showing(shown.get(), key.privateKey()) : new KeyManager[0];
    try (var client =
        HttpClient.newBuilder().sslContext(Certified.context(keys, trusted())).build()) {
      var request =
          HttpRequest.newBuilder(to)
              .header("Content-Type", "application/pkcs10")
              .POST(HttpRequest.BodyPublishers.ofByteArray(body));
      if (headers.length > 0) request.headers(headers);
      return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  private HttpResponse<byte[]> enrol(byte[] body, String secret) throws Exception {
    var pair =
        Base64.getEncoder()
            .encodeToString(("x:" + secret).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return post(
        house.tls.resolve("/.well-known/est/simpleenroll"),
        Optional.empty(),
        body,
        "Authorization",
        "Basic " + pair);
  }

  private static byte[] base64(SoftwareKey one) {
    return Base64.getEncoder().encode(one.certificateRequest().toArray());
  }

  @Test
  void the_client_learns_whom_to_trust_and_what_key_to_make() throws Exception {
    var service = service(house.tls, Optional.empty());
    var authorities = service.getCACerts().getCertificateStore().getMatches(null);
    assertThat(authorities).hasSize(2);
    var wanted = service.getCSRAttributes().getAttributesResponse();
    assertThat(wanted.hasRequirement(X9ObjectIdentifiers.id_ecPublicKey)).isTrue();
    assertThat(wanted.hasRequirement(X9ObjectIdentifiers.ecdsa_with_SHA256)).isTrue();
    assertThat(wanted.hasRequirement(PKCSObjectIdentifiers.rsaEncryption)).isFalse();
  }

  @Test
  void the_client_enrols_with_the_secret_as_password_and_renews_with_the_certificate()
      throws Exception {
    var first = enrolled();
    assertThat(first.getPublicKey()).isEqualTo(key.publicKey());
    var manager = (X509KeyManager) showing(first, key.privateKey())[0];
    var answer = service(house.mutual, Optional.of(manager)).simpleEnroll(true, csr(key), null);
    var second = read(answer.getStore().getMatches(null).iterator().next());
    assertThat(second).isNotEqualTo(first);
    assertThat(house.known(second).device()).isEqualTo(house.known(first).device());
  }

  @Test
  void a_wrong_a_spent_and_no_password_are_refused() throws Exception {
    var service = service(house.tls, Optional.empty());
    assertThatThrownBy(() -> service.simpleEnroll(false, csr(key), password("guessed")))
        .isInstanceOf(ESTException.class);
    var secret = house.secret(Protocol.EST);
    assertThat(enrol(base64(key), secret).statusCode()).isEqualTo(200);
    assertThat(enrol(base64(SoftwareKey.generate()), secret).statusCode()).isEqualTo(403);
    var bare =
        post(house.tls.resolve("/.well-known/est/simpleenroll"), Optional.empty(), base64(key));
    assertThat(bare.statusCode()).isEqualTo(401);
    assertThat(bare.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Basic ");
    assertThat(house.refusals()).contains("grant.spent");
  }

  @Test
  void renewal_without_a_client_certificate_is_refused() throws Exception {
    var path = "/.well-known/est/simplereenroll";
    assertThat(post(house.tls.resolve(path), Optional.empty(), base64(key)).statusCode())
        .isEqualTo(401);
    assertThatThrownBy(() -> post(house.mutual.resolve(path), Optional.empty(), base64(key)))
        .isInstanceOf(java.io.IOException.class);
  }

  @Test
  void a_new_key_a_revoked_certificate_and_a_revoked_device_are_not_renewed() throws Exception {
    var again = house.mutual.resolve("/.well-known/est/simplereenroll");
    var first = enrolled();
    var newKey = post(again, Optional.of(first), base64(SoftwareKey.generate()));
    assertThat(newKey.statusCode()).isEqualTo(403);
    assertThat(post(again, Optional.of(first), base64(key)).statusCode()).isEqualTo(200);
    house.revoke(first);
    assertThat(post(again, Optional.of(first), base64(key)).statusCode()).isEqualTo(403);
    house.revokeDevice(first);
    assertThat(post(again, Optional.of(first), base64(key)).statusCode()).isEqualTo(403);
    assertThat(house.refusals()).contains("renew.new-key", "renew.certificate-revoked");
  }

  @Test
  void what_is_no_request_is_refused_and_spends_nothing() throws Exception {
    var secret = house.secret(Protocol.EST);
    assertThat(enrol("?!".getBytes(java.nio.charset.StandardCharsets.UTF_8), secret).statusCode())
        .isEqualTo(400);
    assertThat(enrol(new byte[0], secret).statusCode()).isEqualTo(400);
    assertThat(enrol(Base64.getEncoder().encode(new byte[300]), secret).statusCode())
        .isEqualTo(400);
    var cut = base64(key);
    assertThat(enrol(java.util.Arrays.copyOf(cut, 200), secret).statusCode()).isEqualTo(400);
    assertThat(enrol(new byte[20_000], secret).statusCode()).isEqualTo(413);
    assertThat(enrol(cut, secret).statusCode()).isEqualTo(200);
    assertThat(house.refusals()).contains("est.not-base64", "pki.request-malformed");
  }
}
