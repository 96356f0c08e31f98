// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.android;

import android.security.keystore.KeyPermanentlyInvalidatedException;
import android.security.keystore.UserNotAuthenticatedException;
import dev.vigil.sdk.port.DeviceKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The device's key in Android's key store; it cannot be read out, only used.
///
/// A key that the phone has invalidated is removed on the first use that finds it so, with
/// [KeyLostException]; from then on there is no key, the client says that the phone is not
/// enrolled, and enrolling makes a new one.
public final class AndroidKeyStoreKeys implements DeviceKeys {

  private static final String STORE = "AndroidKeyStore";

  /// The challenge in every statement about a device's key: the key is older than any challenge of
  /// the server's. The server expects it there.
  static final byte[] KEY_CHALLENGE = "vigil-device-key-v1".getBytes(StandardCharsets.US_ASCII);

  private final KeyTerms terms;
  private final Gate gate;
  private Optional<ECPublicKey> known = Optional.empty();

  /// @param gate asked when the key wants the person first; [Gate#SHUT] for terms without an unlock
  public AndroidKeyStoreKeys(KeyTerms terms, Gate gate) {
    this.terms = terms;
    this.gate = gate;
  }

  /// On what terms the key signs.
  public KeyTerms terms() {
    return terms;
  }

  @Override
  public synchronized Optional<ECPublicKey> publicKey() {
    if (known.isEmpty()) {
      known = chain().stream().findFirst().map(leaf -> (ECPublicKey) leaf.getPublicKey());
    }
    return known;
  }

  /// What the key store says of the key: certificates, the key's own first. Its challenge is always
  /// the same, so the statement proves where the key is, not that it is fresh; empty if there is no
  /// key.
  List<Certificate> chain() {
    try {
      return chain(terms.alias());
    } catch (GeneralSecurityException e) {
      return List.of();
    }
  }

  /// The statement about a fresh key on the same terms, made for this challenge and thrown away at
  /// once.
  List<Certificate> fresh(byte[] challenge) throws GeneralSecurityException {
    var passing = new KeyTerms(terms.alias() + "-attested", terms.unlock());
    try {
      KeyForge.make(passing, challenge);
      return chain(passing.alias());
    } finally {
      store().deleteEntry(passing.alias());
    }
  }

  private static List<Certificate> chain(String alias) throws GeneralSecurityException {
    var chain = store().getCertificateChain(alias);
    return chain == null ? List.of() : List.copyOf(Arrays.asList(chain));
  }

  @Override
  public synchronized ECPublicKey generate() throws GeneralSecurityException {
    known = Optional.empty();
    var made = KeyForge.make(terms, KEY_CHALLENGE);
    var key = (ECPublicKey) made.getPublic();
    known = Optional.of(key);
    return key;
  }

  @Override
  public byte[] sign(byte[] data) throws GeneralSecurityException {
    var signature = ready();
    signature.update(data);
    return signature.sign();
  }

  /// A handle that may be used now; where the terms want the person, they have been asked.
  @Override
  public PrivateKey handle() throws GeneralSecurityException {
    if (terms.unlock() instanceof KeyTerms.Unlock.Biometric) {
      var unused = ready();
    }
    return key();
  }

  /// A signature about to be made: the key store says here whether the key will work.
  private Signature ready() throws GeneralSecurityException {
    try {
      return begun();
    } catch (UserNotAuthenticatedException e) {
      if (gate.ask() != Gate.Passage.PASSED) {
        throw e;
      }
      return begun();
    }
  }

  private Signature begun() throws GeneralSecurityException {
    try {
      var signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(key());
      return signature;
    } catch (KeyPermanentlyInvalidatedException e) {
      throw lost(e);
    }
  }

  private PrivateKey key() throws GeneralSecurityException {
    try {
      if (store().getKey(terms.alias(), null) instanceof PrivateKey key) {
        return key;
      }
      throw new InvalidKeyException("there is no key yet");
    } catch (UnrecoverableKeyException e) {
      throw e.getCause() instanceof KeyPermanentlyInvalidatedException ? lost(e) : e;
    }
  }

  /// Removes the key, so that the phone can only enrol anew.
  public synchronized void forget() throws GeneralSecurityException {
    known = Optional.empty();
    store().deleteEntry(terms.alias());
  }

  private KeyLostException lost(GeneralSecurityException why) throws GeneralSecurityException {
    forget();
    return new KeyLostException(why);
  }

  private static KeyStore store() throws GeneralSecurityException {
    try {
      var store = KeyStore.getInstance(STORE);
      store.load(null);
      return store;
    } catch (IOException e) {
      throw new GeneralSecurityException("the phone's key store does not open", e);
    }
  }

  @Override
  public String toString() {
    return "AndroidKeyStoreKeys(" + terms.alias() + ")";
  }
}
