// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.android;

import android.security.keystore.KeyGenParameterSpec;
import android.security.keystore.KeyPermanentlyInvalidatedException;
import android.security.keystore.UserNotAuthenticatedException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGeneratorSpi;
import java.security.KeyStoreSpi;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.cert.Certificate;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Collections;
import java.util.Date;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.KeyGeneratorSpi;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// The services that [FakeKeyStore] offers, as the platform asks for them.
final class FakeServices {

  private FakeServices() {}

  static final class Made extends Provider.Service {
    private final Supplier<Object> maker;

    Made(Provider provider, String type, String name, Supplier<Object> maker) {
      super(provider, type, name, "fake", List.of(), Map.of());
      this.maker = maker;
    }

    @Override
    public Object newInstance(@Nullable Object parameter) {
      return maker.get();
    }

    @Override
    public boolean supportsParameter(@Nullable Object parameter) {
      return parameter instanceof Handle;
    }
  }

  /// A key that can be used and not read.
  @SuppressWarnings("serial")
  record Handle(PrivateKey inside) implements PrivateKey {
    @Override
    public String getAlgorithm() {
      return "EC";
    }

    @Override
    public @Nullable String getFormat() {
      return null;
    }

    @Override
    public byte @Nullable [] getEncoded() {
      return null;
    }

    @Override
    public String toString() {
      return "Handle(hidden)";
    }
  }

  static final class Signing extends SignatureSpi {
    private final FakeKeyStore store;
    private final Signature inside;

    Signing(FakeKeyStore store) {
      this.store = store;
      try {
        this.inside = Signature.getInstance("SHA256withECDSA", TestAuthority.MAKER);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
      throw new InvalidKeyException("a key store verifies nothing");
    }

    @Override
    protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
      if (!(key instanceof Handle handle)) {
        throw new InvalidKeyException("not a key of this store");
      }
      switch (store.mood) {
        case INVALIDATED -> throw new KeyPermanentlyInvalidatedException();
        case LOCKED -> throw new UserNotAuthenticatedException();
        case WELL -> inside.initSign(handle.inside());
      }
    }

    @Override
    protected void engineUpdate(byte part) throws SignatureException {
      inside.update(part);
    }

    @Override
    protected void engineUpdate(byte[] part, int offset, int length) throws SignatureException {
      inside.update(part, offset, length);
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
      return inside.sign();
    }

    @Override
    protected boolean engineVerify(byte[] signature) {
      return false;
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String name, Object value) {}

    @Override
    @Deprecated
    protected Object engineGetParameter(String name) {
      throw new UnsupportedOperationException(name);
    }
  }

  static final class Pairs extends KeyPairGeneratorSpi {
    private final FakeKeyStore store;
    private Optional<KeyGenParameterSpec> terms = Optional.empty();

    Pairs(FakeKeyStore store) {
      this.store = store;
    }

    @Override
    public void initialize(int size, SecureRandom random) {}

    @Override
    public void initialize(AlgorithmParameterSpec specification, @Nullable SecureRandom random) {
      terms = Optional.of((KeyGenParameterSpec) specification);
    }

    @Override
    public KeyPair generateKeyPair() {
      var pair = TestAuthority.keyPair();
      var key = store.make(terms.orElseThrow(), pair);
      return new KeyPair(key, new Handle(pair.getPrivate()));
    }
  }

  static final class Secrets extends KeyGeneratorSpi {
    private final FakeKeyStore store;
    private String alias = "";

    Secrets(FakeKeyStore store) {
      this.store = store;
    }

    @Override
    protected void engineInit(SecureRandom random) {}

    @Override
    protected void engineInit(AlgorithmParameterSpec terms, @Nullable SecureRandom random) {
      alias = ((KeyGenParameterSpec) terms).getKeystoreAlias();
    }

    @Override
    protected void engineInit(int size, SecureRandom random) {}

    @Override
    protected SecretKey engineGenerateKey() {
      byte[] bytes = new byte[32];
      new SecureRandom().nextBytes(bytes);
      var key = new SecretKeySpec(bytes, "AES");
      store.keep(alias, key);
      return key;
    }
  }

  static final class Store extends KeyStoreSpi {
    private final FakeKeyStore store;

    Store(FakeKeyStore store) {
      this.store = store;
    }

    @Override
    public @Nullable Key engineGetKey(String alias, char @Nullable [] password) {
      var kept = store.entries.get(alias);
      return kept == null ? null : kept.key();
    }

    @Override
    public Certificate @Nullable [] engineGetCertificateChain(String alias) {
      var kept = store.entries.get(alias);
      return kept == null ? null : kept.chain().toArray(Certificate[]::new);
    }

    @Override
    public @Nullable Certificate engineGetCertificate(String alias) {
      var kept = store.entries.get(alias);
      return kept == null ? null : kept.chain().get(0);
    }

    @Override
    public void engineDeleteEntry(String alias) {
      store.entries.remove(alias);
    }

    @Override
    public Enumeration<String> engineAliases() {
      return Collections.enumeration(store.entries.keySet());
    }

    @Override
    public boolean engineContainsAlias(String alias) {
      return store.entries.containsKey(alias);
    }

    @Override
    public int engineSize() {
      return store.entries.size();
    }

    @Override
    public boolean engineIsKeyEntry(String alias) {
      return store.entries.containsKey(alias);
    }

    @Override
    public boolean engineIsCertificateEntry(String alias) {
      return false;
    }

    @Override
    public @Nullable String engineGetCertificateAlias(Certificate certificate) {
      return null;
    }

    @Override
    public @Nullable Date engineGetCreationDate(String alias) {
      return null;
    }

    @Override
    public void engineSetKeyEntry(
        String alias, Key key, char @Nullable [] password, Certificate[] chain) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void engineSetKeyEntry(String alias, byte[] key, Certificate[] chain) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void engineSetCertificateEntry(String alias, Certificate certificate) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void engineStore(@Nullable OutputStream out, char @Nullable [] password) {}

    @Override
    public void engineLoad(@Nullable InputStream in, char @Nullable [] password) {}
  }
}
