// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.util.Arrays;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSAuthEnvelopedDataParser;
import org.bouncycastle.cms.CMSAuthEnvelopedDataStreamGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.PasswordRecipient;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JcePasswordAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JcePasswordRecipientInfoGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OutputAEADEncryptor;

/// A stream sealed with a password: CMS AuthEnvelopedData (RFC 5083) with AES-256-GCM, the key
/// wrapped for a password recipient (RFC 3211) by PBKDF2 with HMAC-SHA-256. A standard container,
/// so that other programs can open it too.
final class SealedFile {

  /// What OWASP recommends for PBKDF2 with HMAC-SHA-256.
  private static final int ITERATIONS = 600_000;

  private static final int SALT = 16;
  private static final Provider PROVIDER = new BouncyCastleProvider();

  private SealedFile() {}

  /// What is written goes sealed into the target; closing completes it and leaves the target open.
  static OutputStream seal(OutputStream target, Secret password, Entropy entropy)
      throws IOException {
    var letters = letters(password);
    try {
      var random = new Given(entropy);
      var generator = new CMSAuthEnvelopedDataStreamGenerator();
      var recipient =
          new JcePasswordRecipientInfoGenerator(CMSAlgorithm.AES256_CBC, letters)
              .setProvider(PROVIDER);
      recipient
          .setPRF(PasswordRecipient.PRF.HMacSHA256)
          .setSaltAndIterationCount(entropy.bytes(SALT), ITERATIONS)
          .setSecureRandom(random);
      generator.addRecipientInfoGenerator(recipient);
      var encryptor =
          new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_GCM)
              .setProvider(PROVIDER)
              .setSecureRandom(random)
              .build();
      return generator.open(target, (OutputAEADEncryptor) encryptor);
    } catch (CMSException e) {
      throw new IOException("the file could not be sealed", e);
    } finally {
      Arrays.fill(letters, ' ');
    }
  }

  /// The content of a sealed file. It is not to be believed before the last byte was read without
  /// an exception.
  ///
  /// @throws CMSException if the password does not open it
  static InputStream open(InputStream sealed, Secret password) throws IOException, CMSException {
    var letters = letters(password);
    try {
      var recipients = new CMSAuthEnvelopedDataParser(sealed).getRecipientInfos().getRecipients();
      if (recipients.size() != 1) throw new CMSException("not one recipient");
      return recipients
          .iterator()
          .next()
          .getContentStream(new JcePasswordAuthEnvelopedRecipient(letters).setProvider(PROVIDER))
          .getContentStream();
    } finally {
      Arrays.fill(letters, ' ');
    }
  }

  /// Whether the file ends as sealed files do: with the three end-of-contents marks of BER, which
  /// stand behind the authentication tag and which the library does not look at.
  static boolean endsWhole(Path file) throws IOException {
    var end = ByteBuffer.allocate(6);
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() < end.capacity()) return false;
      while (end.hasRemaining() && channel.read(end, channel.size() - end.remaining()) >= 0) {}
    }
    return Arrays.equals(end.array(), new byte[6]);
  }

  private static char[] letters(Secret password) {
    var bytes = password.reveal();
    CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
    Arrays.fill(bytes, (byte) 0);
    var letters = new char[text.remaining()];
    text.get(letters);
    return letters;
  }

  /// The given entropy in the shape that the library takes.
  private static final class Given extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private Given(Entropy entropy) {
      super(new Spi(entropy), PROVIDER);
    }

    private static final class Spi extends SecureRandomSpi {
      private static final long serialVersionUID = 1L;
      private final transient Entropy entropy;

      private Spi(Entropy entropy) {
        this.entropy = entropy;
      }

      @Override
      protected void engineSetSeed(byte[] seed) {
        // The entropy that was given needs none.
      }

      @Override
      protected void engineNextBytes(byte[] bytes) {
        System.arraycopy(entropy.bytes(bytes.length), 0, bytes, 0, bytes.length);
      }

      @Override
      protected byte[] engineGenerateSeed(int count) {
        return entropy.bytes(count);
      }
    }
  }
}
