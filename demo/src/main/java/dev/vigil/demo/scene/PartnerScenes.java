// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.scene;

import dev.vigil.demo.bank.Bank;
import dev.vigil.demo.bank.Impostor;
import dev.vigil.demo.bank.Partner;
import dev.vigil.sdk.port.Transport.Identity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/// A partner's integration: client credentials over mutual TLS, no person, and nothing borrowed.
final class PartnerScenes {

  private static final URI APP = URI.create("https://" + Bank.PARTNERS + "/settlements");

  private final Bank bank;
  private final Partner acme;
  private final Partner other;
  private volatile String acmeToken = "";

  PartnerScenes(Bank bank) throws java.security.GeneralSecurityException {
    this.bank = bank;
    this.acme = bank.partner("127.0.40.1");
    this.other = bank.partner("127.0.40.2");
  }

  List<Scene> scenes() {
    return List.of(
        new Scene(
            "a partner calls by client credentials over mutual TLS", "allowed 200", this::calls),
        new Scene(
            "its token with another partner's certificate",
            "denied access.token-of-another-device",
            this::anothersToken),
        new Scene(
            "a partner with a wrong certificate gets no token", "no token", this::wrongCertificate),
        new Scene("the partner reaches for the employees' app", "denied", this::reachesFurther));
  }

  private Identity identity(Partner partner, String name) throws Exception {
    var csr = Files.createTempFile("partner", ".csr");
    try {
      Files.writeString(csr, partner.certificateRequest());
      var answer =
          bank.desk().change("contract signed", "partner", "add", name, "--csr", csr.toString());
      return partner.identity(chain(answer.path("certificates").asString()));
    } finally {
      Files.delete(csr);
    }
  }

  private static List<X509Certificate> chain(String pem)
      throws java.security.cert.CertificateException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
        .stream()
        .map(X509Certificate.class::cast)
        .toList();
  }

  private String calls() throws Exception {
    var identity = identity(acme, "acme");
    acmeToken = acme.token(identity);
    return acme.call(identity, acmeToken, APP);
  }

  private String anothersToken() throws Exception {
    var theirs = identity(other, "other");
    return other.call(theirs, acmeToken, APP);
  }

  private String wrongCertificate() throws Exception {
    try {
      acme.token(new Impostor("Another CA", bank.now()).client("CN=acme"));
      return "a token";
    } catch (IOException e) {
      return "no token";
    }
  }

  private String reachesFurther() throws Exception {
    var curious = bank.partner("127.0.40.3");
    var identity = identity(curious, "curious");
    return curious.call(
        identity, curious.token(identity), URI.create("https://" + Bank.STAFF + "/"));
  }
}
