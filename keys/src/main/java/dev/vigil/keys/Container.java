// SPDX-License-Identifier: Apache-2.0
package dev.vigil.keys;

import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.pkcs.PKCS12PfxPdu;

/// The key store's form on disk: PKCS#12 (RFC 7292) by the JDK, keys under PBES2 with AES-256, the
/// whole under a MAC; 10,000 iterations each, which is enough for a random password and slows
/// guessing of others. A file without a MAC is refused, though the JDK would take it.
final class Container {

  private static final String ROOT_CERTIFICATE = "root-certificate";
  private static final String RETIRED = "retired.";
  private static final String DISTRUSTED = "distrusted.";
  private static final String IN_TOKEN = "token.";

  private Container() {}

  static byte[] write(Holding holding, Secret password) {
    var letters = letters(password);
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry(ROOT_CERTIFICATE, holding.root());
      for (Map.Entry<KeyPurpose, Held> one : holding.keys().entrySet()) {
        var label = one.getKey().label();
        switch (one.getValue()) {
          case HeldKey here ->
              store.setKeyEntry(
                  label, here.privateKey(), letters, new Certificate[] {here.certificate()});
          case TokenKey(var certificate, var _) ->
              store.setCertificateEntry(IN_TOKEN + label, certificate);
        }
      }
      int number = 0;
      for (Holding.Retired one : holding.retired()) {
        store.setCertificateEntry(
            prefix(one.old())
                + one.purpose().label()
                + "."
                + one.at().getEpochSecond()
                + "."
                + number++,
            one.certificate());
      }
      var out = new ByteArrayOutputStream();
      store.store(out, letters);
      return out.toByteArray();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the key store cannot be encoded", e);
    } finally {
      java.util.Arrays.fill(letters, ' ');
    }
  }

  /// @param token where the keys are whose certificate alone is in the file
  static Outcome<Holding> read(byte[] content, Secret password, Optional<Token> token) {
    var letters = letters(password);
    try {
      if (!new PKCS12PfxPdu(content).hasMac()) return Outcome.refused(KeyRefusal.DAMAGED);
      var store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(content), letters);
      return Outcome.done(holding(store, letters, token));
    } catch (IOException e) {
      return Outcome.refused(
          e.getCause() instanceof UnrecoverableKeyException
              ? KeyRefusal.NOT_OPENED
              : KeyRefusal.DAMAGED);
    } catch (GeneralSecurityException
        | RuntimeException e) { // parsers throw many kinds on a damaged file
      return Outcome.refused(KeyRefusal.DAMAGED);
    } finally {
      java.util.Arrays.fill(letters, ' ');
    }
  }

  private static Holding holding(KeyStore store, char[] letters, Optional<Token> token)
      throws GeneralSecurityException {
    var keys = new EnumMap<KeyPurpose, Held>(KeyPurpose.class);
    for (KeyPurpose purpose : KeyPurpose.values()) {
      if (store.getCertificate(IN_TOKEN + purpose.label()) instanceof X509Certificate certificate)
        keys.put(purpose, new TokenKey(certificate, token));
      if (!store.isKeyEntry(purpose.label())) continue;
      var key = (PrivateKey) store.getKey(purpose.label(), letters);
      keys.put(purpose, new HeldKey(key, (X509Certificate) store.getCertificate(purpose.label())));
    }
    var retired = new ArrayList<Holding.Retired>();
    for (String alias : Collections.list(store.aliases())) {
      for (KeyRing.Old old : KeyRing.Old.values())
        if (alias.startsWith(prefix(old)))
          retired.add(retired(alias, old, (X509Certificate) store.getCertificate(alias)));
    }
    retired.sort(Comparator.comparing(Holding.Retired::at));
    return new Holding(keys, retired, (X509Certificate) store.getCertificate(ROOT_CERTIFICATE));
  }

  private static String prefix(KeyRing.Old old) {
    return switch (old) {
      case STILL_VERIFIES -> RETIRED;
      case DISTRUSTED -> DISTRUSTED;
    };
  }

  private static Holding.Retired retired(
      String alias, KeyRing.Old old, X509Certificate certificate) {
    var parts = alias.split("\\.");
    for (KeyPurpose purpose : KeyPurpose.values()) {
      if (purpose.label().equals(parts[1]))
        return new Holding.Retired(
            purpose, certificate, Instant.ofEpochSecond(Long.parseLong(parts[2])), old);
    }
    throw new IllegalArgumentException("a retired key has an unknown purpose");
  }

  /// Passwords are bytes; PKCS#12 wants text, so it gets their base64.
  private static char[] letters(Secret password) {
    return new String(Base64.getEncoder().encode(password.reveal()), StandardCharsets.US_ASCII)
        .toCharArray();
  }
}
