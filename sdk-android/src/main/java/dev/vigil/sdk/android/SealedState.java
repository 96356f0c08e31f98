// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.android;

import android.content.Context;
import android.security.keystore.KeyGenParameterSpec;
import android.security.keystore.KeyProperties;
import android.util.AtomicFile;
import dev.vigil.sdk.port.StateStore;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/// One file in the app's private folder that is left out of backups, sealed with AES-256 in GCM
/// mode by a key that Android's key store keeps; a copy of the file is worth nothing elsewhere.
///
/// What cannot be opened, for whatever reason, counts as nothing saved: the person signs in again.
public final class SealedState implements StateStore {

  private static final String PROVIDER = "AndroidKeyStore";
  private static final String ALIAS = "vigil-state";
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int KEY_BITS = 256;
  private static final int LARGEST = 1 << 20;

  private final AtomicFile file;

  public SealedState(Context context) {
    this.file = new AtomicFile(new File(context.getNoBackupFilesDir(), "vigil-state"));
  }

  @Override
  public synchronized Optional<byte[]> load() throws IOException {
    if (!file.getBaseFile().exists() || file.getBaseFile().length() > LARGEST) {
      return Optional.empty();
    }
    var sealed = file.readFully();
    try {
      var key = key();
      if (key.isEmpty() || sealed.length <= NONCE_BYTES) {
        return Optional.empty();
      }
      var cipher = Cipher.getInstance(CIPHER);
      cipher.init(
          Cipher.DECRYPT_MODE,
          key.get(),
          new GCMParameterSpec(TAG_BITS, Arrays.copyOf(sealed, NONCE_BYTES)));
      return Optional.of(cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  @Override
  public synchronized void save(byte[] state) throws IOException {
    var sealed = sealed(state);
    var out = file.startWrite();
    try {
      out.write(sealed);
      file.finishWrite(out);
    } catch (IOException e) {
      file.failWrite(out);
      throw e;
    }
  }

  private static byte[] sealed(byte[] state) throws IOException {
    try {
      var existing = key();
      var cipher = Cipher.getInstance(CIPHER);
      // The key store chooses the nonce and refuses one that is given.
      cipher.init(Cipher.ENCRYPT_MODE, existing.isPresent() ? existing.get() : made());
      var out = new ByteArrayOutputStream();
      out.write(cipher.getIV());
      out.write(cipher.doFinal(state));
      return out.toByteArray();
    } catch (GeneralSecurityException e) {
      throw new IOException("the phone's key store does not seal", e);
    }
  }

  @Override
  public synchronized void clear() {
    file.delete();
  }

  private static Optional<SecretKey> key() throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance(PROVIDER);
    store.load(null);
    return store.getKey(ALIAS, null) instanceof SecretKey key ? Optional.of(key) : Optional.empty();
  }

  private static SecretKey made() throws GeneralSecurityException {
    var generator = KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, PROVIDER);
    var purposes = KeyProperties.PURPOSE_ENCRYPT | KeyProperties.PURPOSE_DECRYPT;
    generator.init(
        new KeyGenParameterSpec.Builder(ALIAS, purposes)
            .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
            .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
            .setKeySize(KEY_BITS)
            .build());
    return generator.generateKey();
  }

  @Override
  public String toString() {
    return "SealedState(hidden)";
  }
}
