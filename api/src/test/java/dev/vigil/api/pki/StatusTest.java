// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.pki;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.FactsSink;
import dev.vigil.admission.device.Grants.Protocol;
import dev.vigil.kernel.Bytes;
import dev.vigil.pki.AcceptedKeys;
import dev.vigil.pki.Branch;
import dev.vigil.pki.CertificateRequest;
import dev.vigil.testkit.SoftwareKey;
import dev.vigil.testkit.TestAuthorities;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What outside verifiers are told: by OpenSSL, by the JDK's own validation, and by hand.
class StatusTest {

  @TempDir Path folder;
  private PkiHouse house;

  @BeforeEach
  void open() throws Exception {
    house = new PkiHouse();
  }

  @AfterEach
  void close() {
    house.close();
  }

  private X509Certificate issued() throws Exception {
    var csr =
        PkiHouse.done(
            CertificateRequest.parse(
                SoftwareKey.generate().certificateRequest(), AcceptedKeys.ELLIPTIC_OR_RSA));
    var issued =
        PkiHouse.done(
            house.grants().spend(house.secret(Protocol.EST), Protocol.EST, csr, List.of()));
    return TestAuthorities.read(issued.certificate().der());
  }

  private X509Certificate intermediate() {
    return house.authorities.authority(Branch.DEVICE).certificate();
  }

  private X509CRL list() throws Exception {
    var answer = house.get("/pki/device.crl");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/pkix-crl");
    return (X509CRL)
        CertificateFactory.getInstance("X.509")
            .generateCRL(new ByteArrayInputStream(answer.body()));
  }

  private static CertificateID id(X509Certificate issuer, BigInteger serial) throws Exception {
    var digests = new JcaDigestCalculatorProviderBuilder().build();
    return new CertificateID(
        digests.get(CertificateID.HASH_SHA1), new JcaX509CertificateHolder(issuer), serial);
  }

  private static byte[] question(CertificateID id, byte[] nonce) throws Exception {
    var builder = new OCSPReqBuilder();
    builder.addRequest(id);
    if (nonce.length > 0)
      builder.setRequestExtensions(
          new Extensions(
              new Extension(
                  OCSPObjectIdentifiers.id_pkix_ocsp_nonce,
                  false,
                  new DEROctetString(nonce).getEncoded())));
    return builder.build().getEncoded();
  }

  private BasicOCSPResp answer(byte[] question) throws Exception {
    var answer = house.post("/pki/device/ocsp", "application/ocsp-request", question);
    assertThat(answer.statusCode()).isEqualTo(200);
    return (BasicOCSPResp) new OCSPResp(answer.body()).getResponseObject();
  }

  private Object status(CertificateID id) throws Exception {
    return answer(question(id, new byte[0])).getResponses()[0].getCertStatus();
  }

  private String openssl(String... arguments) throws Exception {
    var command = new ArrayList<String>(List.of("openssl"));
    command.addAll(List.of(arguments));
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return text;
    } catch (java.io.IOException e) {
      return Assumptions.abort("OpenSSL is not installed");
    }
  }

  private void pem(String name, byte[] der) throws Exception {
    PkiHouse.pem(folder, name, "CERTIFICATE", der);
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void openssl_believes_the_list() throws Exception {
    var good = issued();
    var bad = issued();
    house.revoke(bad);
    pem("root.pem", house.authorities.root().certificate().getEncoded());
    pem("good.pem", good.getEncoded());
    pem("bad.pem", bad.getEncoded());
    pem("issuer.pem", intermediate().getEncoded());
    PkiHouse.pem(folder, "list.pem", "X509 CRL", list().getEncoded());
    assertThat(openssl("crl", "-in", file("list.pem"), "-CAfile", file("issuer.pem"), "-noout"))
        .contains("verify OK");
    assertThat(verified("good.pem")).contains("good.pem: OK");
    assertThat(verified("bad.pem")).contains("certificate revoked");
  }

  private String verified(String name) throws Exception {
    return openssl(
        "verify",
        "-crl_check",
        "-CRLfile",
        file("list.pem"),
        "-CAfile",
        file("root.pem"),
        "-untrusted",
        file("issuer.pem"),
        file(name));
  }

  @Test
  void openssl_believes_the_responder() throws Exception {
    var certificate = issued();
    pem("root.pem", house.authorities.root().certificate().getEncoded());
    pem("issuer.pem", intermediate().getEncoded());
    pem("one.pem", certificate.getEncoded());
    assertThat(asked()).contains("Response verify OK").contains("one.pem: good");
    house.revokeDevice(certificate);
    assertThat(asked()).contains("Response verify OK").contains("one.pem: revoked");
    Files.delete(folder.resolve("one.pem"));
    pem("one.pem", house.registration.certificate().getEncoded());
    assertThat(asked()).contains("one.pem: unknown");
  }

  private String asked() throws Exception {
    return openssl(
        "ocsp",
        "-issuer",
        file("issuer.pem"),
        "-cert",
        file("one.pem"),
        "-CAfile",
        file("root.pem"),
        "-url",
        house.plain + "/pki/device/ocsp",
        "-header",
        "Host=" + house.plain.getAuthority()); // OpenSSL 3.0 leaves the port out
  }

  @Test
  void the_jdk_finds_the_status_by_what_the_certificate_says() throws Exception {
    var good = issued();
    var bad = issued();
    house.revoke(bad);
    for (var option : List.of(PKIXRevocationChecker.Option.NO_FALLBACK)) {
      assertThat(refusedBecause(good, option)).isEqualTo("accepted");
      assertThat(refusedBecause(bad, option)).isEqualTo("REVOKED");
    }
  }

  private String refusedBecause(X509Certificate leaf, PKIXRevocationChecker.Option option)
      throws Exception {
    var parameters =
        new PKIXParameters(Set.of(new TrustAnchor(house.authorities.root().certificate(), null)));
    var validator = CertPathValidator.getInstance("PKIX");
    var checker = (PKIXRevocationChecker) validator.getRevocationChecker();
    checker.setOcspResponder(URI.create(house.plain + "/pki/device/ocsp"));
    checker.setOptions(EnumSet.of(option, PKIXRevocationChecker.Option.ONLY_END_ENTITY));
    parameters.addCertPathChecker(checker);
    try {
      validator.validate(
          CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf, intermediate())),
          parameters);
      return "accepted";
    } catch (CertPathValidatorException e) {
      return e.getReason().toString();
    }
  }

  @Test
  void the_list_says_what_was_revoked_and_grows_in_number() throws Exception {
    var first = issued();
    var second = issued();
    assertThat(list().getRevokedCertificates()).isNull();
    house.revoke(first);
    house.time.pass(Duration.ofSeconds(1));
    house.revokeDevice(second);
    var list = list();
    list.verify(intermediate().getPublicKey());
    assertThat(list.isRevoked(first) && list.isRevoked(second)).isTrue();
    assertThat(list.getNextUpdate().toInstant())
        .isEqualTo(house.time.now().plus(Duration.ofHours(24)));
    var number = number(list);
    assertThat(number(list())).as("nothing changed").isEqualTo(number);
    house.time.pass(Duration.ofHours(1));
    assertThat(number(list())).isGreaterThan(number);
    house.time.pass(Duration.ofDays(32));
    assertThat(list().getRevokedCertificates()).as("expired long ago").isNull();
  }

  private static BigInteger number(X509CRL list) throws Exception {
    return org.bouncycastle.asn1.ASN1Integer.getInstance(
            JcaX509ExtensionUtils.parseExtensionValue(list.getExtensionValue("2.5.29.20")))
        .getValue();
  }

  @Test
  void a_list_of_one_branch_says_nothing_of_another() throws Exception {
    var certificate = issued();
    house.revoke(certificate);
    var partner = house.get("/pki/partner.crl").body();
    var list =
        (X509CRL)
            CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(partner));
    assertThat(list.getRevokedCertificates()).isNull();
    var id =
        id(
            house.authorities.authority(Branch.PARTNER).certificate(),
            certificate.getSerialNumber());
    var asked =
        house.post("/pki/partner/ocsp", "application/ocsp-request", question(id, new byte[0]));
    var basic = (BasicOCSPResp) new OCSPResp(asked.body()).getResponseObject();
    assertThat(basic.getResponses()[0].getCertStatus()).isInstanceOf(UnknownStatus.class);
  }

  @Test
  void the_responder_knows_its_own_and_repeats_the_nonce() throws Exception {
    var certificate = issued();
    var id = id(intermediate(), certificate.getSerialNumber());
    assertThat(status(id)).as("good").isNull();
    var nonce = "a nonce of mine".getBytes(StandardCharsets.UTF_8);
    var answer = answer(question(id, nonce));
    assertThat(
            answer
                .getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce)
                .getExtnValue()
                .getOctets())
        .isEqualTo(new DEROctetString(nonce).getEncoded());
    var get =
        house.get(
            "/pki/device/ocsp/"
                + URLEncoder.encode(
                    Base64.getEncoder().encodeToString(question(id, new byte[0])),
                    StandardCharsets.UTF_8));
    assertThat(get.statusCode()).isEqualTo(200);
    assertThat(get.headers().firstValue("Cache-Control").orElse("")).startsWith("max-age=600");
    house.revoke(certificate);
    assertThat(status(id)).isInstanceOf(RevokedStatus.class);
    assertThat(status(id(intermediate(), BigInteger.TEN))).isInstanceOf(UnknownStatus.class);
  }

  @Test
  void a_foreign_issuer_is_unknown_and_rubbish_is_called_so() throws Exception {
    var certificate = issued();
    var foreign = new TestAuthorities(house.time.now(), house.entropy);
    var id = id(foreign.devices().certificate(), certificate.getSerialNumber());
    assertThat(status(id)).isInstanceOf(UnknownStatus.class);
    var whole = question(id, new byte[0]);
    for (var bad :
        List.of(
            new byte[0],
            new byte[3000],
            java.util.Arrays.copyOf(whole, whole.length - 5),
            question(id, new byte[129]))) {
      var answer = house.post("/pki/device/ocsp", "application/ocsp-request", bad);
      assertThat(new OCSPResp(answer.body()).getStatus()).isEqualTo(OCSPResp.MALFORMED_REQUEST);
    }
    assertThat(
            house.post("/pki/device/ocsp", "application/ocsp-request", new byte[5000]).statusCode())
        .isEqualTo(413);
  }

  @Test
  void revocation_takes_the_certificate_from_the_gateways_positive_list() throws Exception {
    var certificate = issued();
    var device = house.known(certificate).device();
    house.revoke(certificate);
    assertThat(house.facts.last(FactsSink.Change.OfDevice.class).certificates()).isEmpty();
    assertThat(house.changes.read(view -> view.device(device)).orElseThrow().active())
        .as("the device itself stays")
        .isTrue();
  }

  @Test
  void a_certificate_names_where_its_status_is_told() throws Exception {
    var certificate = issued();
    var access =
        new String(certificate.getExtensionValue("1.3.6.1.5.5.7.1.1"), StandardCharsets.ISO_8859_1);
    assertThat(access).contains("/pki/device/ocsp").contains("/pki/device.cer");
    assertThat(new String(certificate.getExtensionValue("2.5.29.31"), StandardCharsets.ISO_8859_1))
        .contains("/pki/device.crl");
    assertThat(Bytes.of(house.get("/pki/device.cer").body()))
        .isEqualTo(Bytes.of(intermediate().getEncoded()));
  }
}
