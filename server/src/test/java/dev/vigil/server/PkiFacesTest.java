// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.cms.CMSSignedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The faces of certificates on a whole server.
class PkiFacesTest {

  @TempDir Path folder;

  @Test
  void lists_and_authorities_are_served_with_the_servers_own_keys() throws Exception {
    var place = new TestServer(folder);
    try (var server = place.start();
        var client = client(server)) {
      var list = get(client, place, "/pki/device.crl").body();
      var authority = get(client, place, "/pki/device.cer").body();
      var factory = CertificateFactory.getInstance("X.509");
      var issuer = factory.generateCertificate(new ByteArrayInputStream(authority));
      issuer.verify(server.anchor().getPublicKey());
      ((X509CRL) factory.generateCRL(new ByteArrayInputStream(list))).verify(issuer.getPublicKey());
      assertThat(
              new String(
                  get(client, place, "/scep?operation=GetCACaps").body(),
                  StandardCharsets.US_ASCII))
          .contains("POSTPKIOperation");
      var scep = new CMSSignedData(get(client, place, "/scep?operation=GetCACert").body());
      assertThat(scep.getCertificates().getMatches(null)).hasSize(3);
      var est = get(client, place, "/.well-known/est/cacerts").body();
      assertThat(
              new CMSSignedData(Base64.getDecoder().decode(est)).getCertificates().getMatches(null))
          .hasSize(2);
    }
  }

  private static HttpResponse<byte[]> get(HttpClient client, TestServer place, String path)
      throws Exception {
    var page = place.configuration.face().issuer().resolve(path);
    var answer = client.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return answer;
  }

  private static HttpClient client(Assembly server) throws Exception {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("anchor", server.anchor());
    var trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    var tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(tls).build();
  }
}
