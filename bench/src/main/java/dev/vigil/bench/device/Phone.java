// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.device;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Sha256;
import dev.vigil.pki.KeyThumbprint;
import dev.vigil.posture.attestation.KnownApp;
import dev.vigil.posture.attestation.android.TestPhone;
import dev.vigil.posture.attestation.android.TestRoot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/// A phone that is made up, with a key of its own; it attests under a test root.
record Phone(KeyPair key) {

  /// The app on every phone.
  static final KnownApp APP =
      new KnownApp(
          "com.example.bank",
          Set.of(Sha256.of("signer of the bank".getBytes(StandardCharsets.US_ASCII))));

  private static final TestPhone KIND = TestPhone.healthy(LocalDate.parse("2026-10-05"), APP);

  static Phone make() {
    return new Phone(pair());
  }

  static KeyPair pair() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has P-256", e);
    }
  }

  /// RFC 7638.
  Sha256 thumbprint() {
    return KeyThumbprint.of(key.getPublic());
  }

  /// The chain of certificates for its key, of which the first answers the challenge. All but the
  /// root's are of this phone alone, as in phones that are provisioned over the network, so that
  /// nothing that was verified before helps to verify it.
  List<Bytes> attest(KeyPair root, Bytes challenge, Instant now) {
    return KIND.attest(root(root, now), key.getPublic(), challenge, now);
  }

  /// A root with this key.
  static TestRoot root(KeyPair key, Instant now) {
    return TestRoot.of(key, Phone::pair, now.minusSeconds(60));
  }

  /// PKCS#10, answering the challenge.
  Bytes certificateRequest(Bytes challenge) {
    try {
      return Bytes.of(
          new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=device"), key.getPublic())
              .addAttribute(
                  PKCSObjectIdentifiers.pkcs_9_at_challengePassword,
                  new DERPrintableString(challenge.toString()))
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()))
              .getEncoded());
    } catch (OperatorCreationException | IOException e) {
      throw new IllegalStateException("a key in memory signs", e);
    }
  }
}
