// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.android;

import android.security.keystore.KeyGenParameterSpec;
import android.security.keystore.StrongBoxUnavailableException;
import java.security.Key;
import java.security.KeyPair;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKey;

/// Stands in for Android's key store, which there is none of outside a phone: keys that cannot be
/// read out, statements about them, and the ways in which they fail.
final class FakeKeyStore extends Provider {

  static final String NAME = "AndroidKeyStore";
  private static final long serialVersionUID = 1;

  final transient Map<String, Kept> entries = new HashMap<>();
  final transient List<KeyGenParameterSpec> made = new ArrayList<>();
  final transient TestAuthority maker = new TestAuthority("maker");
  transient Mood mood = Mood.WELL;
  transient boolean strongBox = true;
  transient boolean vouches = true;

  /// How the keys behave.
  enum Mood {
    WELL,
    /// A finger was enrolled since.
    INVALIDATED,
    /// The person must be asked first.
    LOCKED
  }

  /// One entry.
  record Kept(Key key, List<Certificate> chain) {}

  private FakeKeyStore() {
    super(NAME, "1", "a key store for tests");
    putService(new FakeServices.Made(this, "KeyStore", NAME, () -> new FakeServices.Store(this)));
    putService(
        new FakeServices.Made(this, "KeyPairGenerator", "EC", () -> new FakeServices.Pairs(this)));
    putService(
        new FakeServices.Made(this, "KeyGenerator", "AES", () -> new FakeServices.Secrets(this)));
    putService(
        new FakeServices.Made(
            this, "Signature", "SHA256withECDSA", () -> new FakeServices.Signing(this)));
  }

  /// A new, empty one, in place of any other.
  static FakeKeyStore install() {
    Security.removeProvider(NAME);
    var store = new FakeKeyStore();
    Security.addProvider(store);
    return store;
  }

  /// What the chip does when a key is ordered.
  PublicKey make(KeyGenParameterSpec terms, KeyPair pair) {
    if (terms.isStrongBoxBacked() && !strongBox) {
      throw new StrongBoxUnavailableException("this phone has none");
    }
    made.add(terms);
    var leaf = maker.statement(pair.getPublic(), terms.getAttestationChallenge());
    List<Certificate> chain = vouches ? List.of(leaf, maker.root()) : List.of(leaf);
    entries.put(
        terms.getKeystoreAlias(), new Kept(new FakeServices.Handle(pair.getPrivate()), chain));
    return pair.getPublic();
  }

  void keep(String alias, SecretKey key) {
    entries.put(alias, new Kept(key, List.of()));
  }
}
