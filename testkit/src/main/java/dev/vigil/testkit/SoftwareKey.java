// SPDX-License-Identifier: Apache-2.0
package dev.vigil.testkit;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Sha256;
import dev.vigil.pki.KeyThumbprint;
import dev.vigil.pki.SigningKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/// A key on P-256 in memory: a phone's, a machine's or an authority's.
public final class SoftwareKey implements SigningKey {

  private final KeyPair pair;

  private SoftwareKey(KeyPair pair) {
    this.pair = pair;
  }

  /// A fresh key.
  public static SoftwareKey generate() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return new SoftwareKey(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has P-256", e);
    }
  }

  @Override
  public ECPublicKey publicKey() {
    return (ECPublicKey) pair.getPublic();
  }

  public PrivateKey privateKey() {
    return pair.getPrivate();
  }

  /// The RFC 7638 thumbprint.
  public Sha256 thumbprint() {
    return KeyThumbprint.of(publicKey());
  }

  @Override
  public byte[] sign(byte[] content) {
    try {
      var signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(pair.getPrivate());
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key in memory signs", e);
    }
  }

  /// An ordinary certificate request (PKCS#10) for this key.
  public Bytes certificateRequest() {
    return certificateRequest(requestBuilder());
  }

  /// One that answers a challenge (PKCS#9 `challengePassword`).
  public Bytes certificateRequest(String challenge) {
    var builder = requestBuilder();
    builder.addAttribute(
        PKCSObjectIdentifiers.pkcs_9_at_challengePassword, new DERPrintableString(challenge));
    return certificateRequest(builder);
  }

  /// A builder for extraordinary ones.
  public JcaPKCS10CertificationRequestBuilder requestBuilder() {
    return new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=device"), publicKey());
  }

  /// What was built, signed by this key.
  public Bytes certificateRequest(JcaPKCS10CertificationRequestBuilder builder) {
    try {
      return Bytes.of(
          builder
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
              .getEncoded());
    } catch (OperatorCreationException | IOException e) {
      throw new IllegalStateException("a key in memory signs", e);
    }
  }
}
