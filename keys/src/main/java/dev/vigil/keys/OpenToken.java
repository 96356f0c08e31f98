// SPDX-License-Identifier: Apache-2.0
package dev.vigil.keys;

import dev.vigil.kernel.Sha256;
import dev.vigil.pki.KeyUnavailable;
import dev.vigil.pki.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/// A PKCS#11 token that was logged in to, through the platform's own provider. Used by one thread.
final class OpenToken {

  private static final AtomicLong NUMBERS = new AtomicLong();

  private final Provider provider;
  private final KeyStore store;
  private final Pin pin;

  /// Their native halves end when these are collected, and by then the token may have given their
  /// numbers to others; so they are kept.
  private final List<KeyPair> made = new ArrayList<>();

  private OpenToken(Provider provider, KeyStore store, Pin pin) {
    this.provider = provider;
    this.store = store;
    this.pin = pin;
  }

  /// A PIN as its file holds it. Not a record: it must not print itself.
  static final class Pin {
    private final byte[] content;

    private Pin(byte[] content) {
      this.content = content;
    }

    /// @throws KeyUnavailable if the file is missing, empty, or readable by others
    static Pin read(Path file) throws IOException {
      if (!Files.isRegularFile(file))
        throw new KeyUnavailable("there is no PIN file `" + file + "`");
      var others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
      others.removeAll(EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
      if (!others.isEmpty())
        throw new KeyUnavailable("`" + file + "` can be read or run by more than its owner");
      var content = Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
      if (content.length == 0) throw new KeyUnavailable("`" + file + "` is empty");
      return new Pin(content);
    }

    /// To know a PIN again that was refused.
    Sha256 digest() {
      return Sha256.of(content);
    }

    private char[] letters() {
      return new String(content, StandardCharsets.UTF_8).toCharArray();
    }

    @Override
    public String toString() {
      return "Pin(hidden)";
    }
  }

  static OpenToken open(TokenPlace place, long slot, Pin pin)
      throws GeneralSecurityException, IOException {
    var provider =
        Security.getProvider("SunPKCS11")
            .configure(
                """
                --name = vigil-%d
                library = "%s"
                slot = %d
                attributes(generate, CKO_PRIVATE_KEY, *) = {
                  CKA_TOKEN = true
                  CKA_SENSITIVE = true
                  CKA_EXTRACTABLE = false
                  CKA_SIGN = true
                }
                """
                    .formatted(NUMBERS.incrementAndGet(), place.library(), slot));
    var open = new OpenToken(provider, KeyStore.getInstance("PKCS11", provider), pin);
    open.look();
    return open;
  }

  /// Logs in if need be, and looks what there is.
  void look() throws GeneralSecurityException, IOException {
    var letters = pin.letters();
    try {
      store.load(null, letters);
    } finally {
      Arrays.fill(letters, ' ');
    }
  }

  /// ECDSA with SHA-256, in the token.
  ///
  /// @throws UnrecoverableKeyException if this key is not in it
  byte[] sign(TokenKey key, byte[] content) throws GeneralSecurityException {
    var name =
        nameOf(key)
            .orElseThrow(() ->
                new UnrecoverableKeyException("the token holds no key `..." + key.mark() + "`"));
    return sign((PrivateKey) store.getKey(name, null), content);
  }

  private byte[] sign(PrivateKey key, byte[] content) throws GeneralSecurityException {
    var signature = java.security.Signature.getInstance("SHA256withECDSA", provider);
    signature.initSign(key);
    signature.update(content);
    return signature.sign();
  }

  private java.util.Optional<String> nameOf(TokenKey key) throws GeneralSecurityException {
    for (String name : Collections.list(store.aliases()))
      if (name.endsWith("-" + key.mark()) && key.certificate().equals(store.getCertificate(name)))
        return java.util.Optional.of(name);
    return java.util.Optional.empty();
  }

  /// Makes a key on P-256 in the token, which never leaves it, and keeps the certificate beside it.
  X509Certificate generate(KeyPurpose purpose, Function<SigningKey, X509Certificate> certifying)
      throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC", provider);
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    var pair = generator.generateKeyPair();
    made.add(pair);
    var certificate = certifying.apply(new Bare(pair));
    var name = TokenKey.label(purpose, HeldKey.publicKeyOf(certificate));
    store.setKeyEntry(name, pair.getPrivate(), null, new Certificate[] {certificate});
    return certificate;
  }

  /// Destroys a key that signs no more; says whether it was there.
  boolean destroy(TokenKey key) throws GeneralSecurityException {
    var name = nameOf(key);
    if (name.isPresent()) store.deleteEntry(name.get());
    return name.isPresent();
  }

  /// The key before it has a certificate.
  private final class Bare implements SigningKey {
    private final KeyPair pair;

    Bare(KeyPair pair) {
      this.pair = pair;
    }

    @Override
    public ECPublicKey publicKey() {
      return (ECPublicKey) pair.getPublic();
    }

    @Override
    public byte[] sign(byte[] content) {
      try {
        return OpenToken.this.sign(pair.getPrivate(), content);
      } catch (GeneralSecurityException e) {
        throw new KeyUnavailable("the token did not sign with a key that it just made");
      }
    }
  }
}
