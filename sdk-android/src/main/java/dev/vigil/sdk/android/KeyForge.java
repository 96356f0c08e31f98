// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.android;

import android.os.Build;
import android.security.keystore.KeyGenParameterSpec;
import android.security.keystore.KeyProperties;
import android.security.keystore.StrongBoxUnavailableException;
import dev.vigil.sdk.android.KeyTerms.Unlock;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.ProviderException;
import java.security.spec.ECGenParameterSpec;

/// Makes key pairs on P-256 in Android's key store: in StrongBox if the phone has one, else where
/// the system keeps keys, which is its trusted execution environment on every phone that was
/// certified with Android 9. Where a key really is, its attestation says.
final class KeyForge {

  private static final String PROVIDER = "AndroidKeyStore";

  private KeyForge() {}

  /// The chip a key is asked for.
  enum Place {
    STRONGBOX,
    SYSTEM
  }

  /// Makes the key, replacing an older one of this alias.
  ///
  /// @param challenge what the key store's statement about the key answers; at most 128 bytes
  static KeyPair make(KeyTerms terms, byte[] challenge) throws GeneralSecurityException {
    try {
      return make(terms, challenge, Place.STRONGBOX);
    } catch (StrongBoxUnavailableException e) {
      return make(terms, challenge, Place.SYSTEM);
    } catch (ProviderException e) {
      if (!unavailable(e)) {
        throw new GeneralSecurityException("the phone's key store made no key", e);
      }
      return make(terms, challenge, Place.SYSTEM);
    }
  }

  /// Some phones wrap the exception once more.
  private static boolean unavailable(ProviderException e) {
    return e.getCause() instanceof StrongBoxUnavailableException;
  }

  private static KeyPair make(KeyTerms terms, byte[] challenge, Place place)
      throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance(KeyProperties.KEY_ALGORITHM_EC, PROVIDER);
    try {
      generator.initialize(specification(terms, challenge, place));
      return generator.generateKeyPair();
    } catch (InvalidAlgorithmParameterException e) {
      throw new GeneralSecurityException(
          "the phone cannot keep a key on these terms; is a screen lock or a biometric set up?", e);
    } catch (ProviderException e) {
      if (place == Place.STRONGBOX) {
        throw e;
      }
      throw new GeneralSecurityException("the phone's key store made no key", e);
    }
  }

  private static KeyGenParameterSpec specification(KeyTerms terms, byte[] challenge, Place place) {
    var builder =
        new KeyGenParameterSpec.Builder(terms.alias(), KeyProperties.PURPOSE_SIGN)
            .setAlgorithmParameterSpec(new ECGenParameterSpec("secp256r1"))
            // NONE as well: TLS of some versions of Android hashes for itself.
            .setDigests(KeyProperties.DIGEST_SHA256, KeyProperties.DIGEST_NONE)
            .setAttestationChallenge(challenge)
            .setIsStrongBoxBacked(place == Place.STRONGBOX);
    unlock(builder, terms.unlock());
    return builder.build();
  }

  private static void unlock(KeyGenParameterSpec.Builder builder, Unlock unlock) {
    if (unlock instanceof Unlock.Screen) {
      builder.setUnlockedDeviceRequired(true);
    } else if (unlock instanceof Unlock.Biometric biometric) {
      builder.setUserAuthenticationRequired(true).setInvalidatedByBiometricEnrollment(true);
      window(builder, Math.toIntExact(biometric.window().toSeconds()));
    }
  }

  @SuppressWarnings("deprecation") // before Android 11 there is only this
  private static void window(KeyGenParameterSpec.Builder builder, int seconds) {
    if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) {
      builder.setUserAuthenticationParameters(seconds, KeyProperties.AUTH_BIOMETRIC_STRONG);
    } else {
      builder.setUserAuthenticationValidityDurationSeconds(seconds);
    }
  }
}
