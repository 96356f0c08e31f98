// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.passkey;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.util.Base64;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Somebody who signs metadata blobs under a root of their own.
final class MetadataAuthority {

  static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  static final Instant UNTIL = Instant.parse("2027-01-01T00:00:00Z");

  private final KeyPair rootKey = pair();
  private final KeyPair key = pair();
  private final X509Certificate root;
  private final X509Certificate leaf;
  private final String name;

  MetadataAuthority(String name) {
    this.name = name;
    root = certificate("CN=Root of " + name, rootKey, new BasicConstraints(true), "");
    leaf = certificate("CN=" + name, key, new BasicConstraints(false), name);
  }

  private static KeyPair pair() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private X509Certificate certificate(
      String subject, KeyPair of, BasicConstraints constraints, String dnsName) {
    try {
      var builder =
          new JcaX509v3CertificateBuilder(
              new X500Name("CN=Root of " + name),
              BigInteger.valueOf(subject.hashCode() & 0xffffffL),
              Date.from(FROM),
              Date.from(UNTIL),
              new X500Name(subject),
              of.getPublic());
      builder.addExtension(Extension.basicConstraints, true, constraints);
      if (!dnsName.isEmpty())
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(new GeneralName(GeneralName.dNSName, dnsName)));
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(rootKey.getPrivate());
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (Exception e) { // of a library, in a test
      throw new IllegalStateException(e);
    }
  }

  Models.Signer signer() {
    return new Models.Signer(root, name);
  }

  X509Certificate root() {
    return root;
  }

  /// A blob of entries in JSON.
  String blob(int number, String nextUpdate, String... entries) {
    return signed(
        "{\"legalHeader\":\"x\",\"no\":%d,\"nextUpdate\":\"%s\",\"entries\":[%s]}"
            .formatted(number, nextUpdate, String.join(",", entries)));
  }

  String signed(String payload) {
    try {
      var jws =
          new JWSObject(
              new JWSHeader.Builder(JWSAlgorithm.ES256)
                  .x509CertChain(List.of(Base64.encode(leaf.getEncoded())))
                  .build(),
              new Payload(payload));
      jws.sign(new ECDSASigner((ECPrivateKey) key.getPrivate()));
      return jws.serialize();
    } catch (JOSEException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// An entry: who attests for the model, how it verifies people, what was reported.
  static String entry(String aaguid, X509Certificate root, String ways, String... reports) {
    try {
      return "{\"aaguid\":\"%s\",\"metadataStatement\":{\"description\":\"a key\",\"attestationRootCertificates\":[\"%s\"],\"userVerificationDetails\":%s},\"statusReports\":[%s]}"
          .formatted(aaguid, Base64.encode(root.getEncoded()), ways, String.join(",", reports));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String way(String... methods) {
    return java.util.Arrays.stream(methods)
        .map("{\"userVerificationMethod\":\"%s\"}"::formatted)
        .collect(java.util.stream.Collectors.joining(",", "[", "]"));
  }

  static String report(String status, String from) {
    return "{\"status\":\"%s\",\"effectiveDate\":\"%s\"}".formatted(status, from);
  }
}
