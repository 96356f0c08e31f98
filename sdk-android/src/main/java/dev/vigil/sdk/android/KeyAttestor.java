// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.android;

import dev.vigil.sdk.port.Attestor;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Android Key Attestation, in two statements, since a key is attested only when it is made and the
/// device's key must exist before the server's challenge does.
///
/// The first is about a fresh key of the same key store on the same terms, made for the challenge,
/// which covers the device's key, the person and a nonce: it says what state the phone is in now.
/// The second is about the device's key itself, from when it was made: it says where that key is
/// kept and what unlocks it. A phone that can make neither attests nothing.
public final class KeyAttestor implements Attestor {

  /// The registered name of the form.
  public static final String FORMAT = "android-key";

  private final AndroidKeyStoreKeys keys;

  public KeyAttestor(AndroidKeyStoreKeys keys) {
    this.keys = keys;
  }

  @Override
  public Optional<Attestation> attest(byte[] nonce) throws IOException {
    try {
      var own = der(keys.chain());
      var fresh = der(keys.fresh(nonce));
      // A chain of one is a certificate that the key signed for itself: it vouches for nothing.
      return own.size() < 2 || fresh.size() < 2
          ? Optional.empty()
          : Optional.of(new Attestation(FORMAT, fresh, own));
    } catch (GeneralSecurityException e) {
      throw new IOException("the phone's key store makes no statement", e);
    }
  }

  private static List<byte[]> der(List<Certificate> chain) throws GeneralSecurityException {
    var parts = new ArrayList<byte[]>();
    for (var certificate : chain) {
      parts.add(certificate.getEncoded());
    }
    return parts;
  }
}
