// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki.scep;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.CMSEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.KeyTransRecipient;
import org.bouncycastle.cms.KeyTransRecipientInformation;
import org.bouncycastle.cms.RecipientOperator;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.operator.InputDecryptor;

/// The encrypted inside of a message (`pkcsPKIEnvelope`, RFC 8894 section 3.2.2): AES in CBC mode,
/// its key wrapped with RSA.
final class ScepEnvelope {

  private static final Map<ASN1ObjectIdentifier, Integer> KEY_BYTES =
      Map.of(
          NISTObjectIdentifiers.id_aes128_CBC, 16,
          NISTObjectIdentifiers.id_aes192_CBC, 24,
          NISTObjectIdentifiers.id_aes256_CBC, 32);

  private ScepEnvelope() {}

  /// Decrypts. Whatever goes wrong after the algorithms were seen has one answer.
  static Outcome<Bytes> open(byte[] content, RegistrationKey key) {
    try {
      var envelope = new CMSEnvelopedData(content);
      var recipients = envelope.getRecipientInfos().getRecipients();
      if (recipients.size() != 1
          || !(recipients.iterator().next() instanceof KeyTransRecipientInformation one))
        return Outcome.refused(ScepRefusal.MALFORMED);
      boolean accepted =
          PKCSObjectIdentifiers.rsaEncryption.getId().equals(one.getKeyEncryptionAlgOID())
              && KEY_BYTES.containsKey(envelope.getContentEncryptionAlgorithm().getAlgorithm());
      if (!accepted) return Outcome.refused(ScepRefusal.ALGORITHM);
      return Outcome.done(Bytes.of(one.getContent(recipient(key))));
    } catch (CMSException | RuntimeException e) { // hostile content
      return Outcome.refused(ScepRefusal.INTEGRITY);
    }
  }

  private static KeyTransRecipient recipient(RegistrationKey key) {
    return (keyAlgorithm, contentAlgorithm, wrapped) ->
        new RecipientOperator(new Aes(contentAlgorithm, key, Bytes.of(wrapped)));
  }

  private static final class Aes implements InputDecryptor {
    private final AlgorithmIdentifier algorithm;
    private final RegistrationKey key;
    private final Bytes wrapped;

    Aes(AlgorithmIdentifier algorithm, RegistrationKey key, Bytes wrapped) {
      this.algorithm = algorithm;
      this.key = key;
      this.wrapped = wrapped;
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
      return algorithm;
    }

    @Override
    public InputStream getInputStream(InputStream encrypted) {
      try {
        int length = KEY_BYTES.getOrDefault(algorithm.getAlgorithm(), 0);
        var cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        var vector = ASN1OctetString.getInstance(algorithm.getParameters()).getOctets();
        cipher.init(
            Cipher.DECRYPT_MODE,
            new SecretKeySpec(key.unwrap(wrapped, length).toArray(), "AES"),
            new IvParameterSpec(vector));
        return new ByteArrayInputStream(cipher.doFinal(encrypted.readAllBytes()));
      } catch (GeneralSecurityException | IOException e) {
        throw new IllegalArgumentException("the content cannot be opened", e);
      }
    }
  }

  /// Encrypts for the holder of a certificate, under a fresh key from the platform's own generator.
  static Bytes seal(Bytes content, X509Certificate receiver) {
    var generator = new CMSEnvelopedDataGenerator();
    try {
      generator.addRecipientInfoGenerator(new JceKeyTransRecipientInfoGenerator(receiver));
      var sealed =
          generator.generate(
              new CMSProcessableByteArray(content.toArray()),
              new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES128_CBC).build());
      return Bytes.of(sealed.getEncoded());
    } catch (GeneralSecurityException | CMSException | IOException e) {
      throw new IllegalStateException("a verified RSA key can be encrypted to", e);
    }
  }
}
