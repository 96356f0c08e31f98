// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;

/// An assertion that an attested app made later: it is still the same app on the same device, and
/// says this (Apple, "Validating Apps That Connect to Your Server", "Verify the assertion").
///
/// Its authenticator data claim to hold a credential, which they do not, and since iOS 27 hold
/// extensions; only the first 37 bytes mean something here (WebAuthn Level 3, section 6.1).
///
/// @param cbor as `generateAssertion` gives it
/// @param clientData what it is about; it must hold or cover a challenge of ours (step 6), which the
///   caller spends
public record AppAssertion(Bytes cbor, Bytes clientData) {

  /// The largest that is read, in bytes; known ones have up to 220.
  public static final int LARGEST = 4 * 1024;

  private static final int APPLICATION = 32;
  private static final int COUNTER = APPLICATION + 1;
  private static final int HEADER = COUNTER + 4;

  /// Verifies it against what is kept of the app, and gives what is to be kept now: the same with
  /// the new counter. Whoever keeps it must put it only in the place of what was handed in here, so
  /// that of two assertions with one counter only one counts.
  public Outcome<AppAttest.Credential> verify(
      AppAttest.Credential kept, AppAttest.Allowed allowed) {
    if (cbor.size() > LARGEST) return Outcome.refused(AttestationRefusal.TOO_LARGE);
    if (!allowed.allows(kept)) return Outcome.refused(AttestationRefusal.WRONG_APP);
    return Statement.tree(cbor)
        .flatMap(
            tree ->
                tree.bytes("authenticatorData")
                    .filter(data -> data.length >= HEADER)
                    .flatMap(data -> tree.bytes("signature").map(by -> new Signed(data, by))))
        .map(signed -> verified(signed, kept))
        .orElseGet(() -> Outcome.refused(AttestationRefusal.MALFORMED));
  }

  private record Signed(byte[] data, byte[] signature) {

    long counter() {
      return Integer.toUnsignedLong(ByteBuffer.wrap(data).getInt(COUNTER));
    }

    byte[] application() {
      return Arrays.copyOf(data, APPLICATION);
    }
  }

  /// Steps 1 to 5.
  private Outcome<AppAttest.Credential> verified(Signed signed, AppAttest.Credential kept) {
    if (!isBy(signed, publicKey(kept))) return Outcome.refused(AttestationRefusal.SIGNATURE_WRONG);
    if (!kept.app().isNamedBy(signed.application()))
      return Outcome.refused(AttestationRefusal.WRONG_APP);
    if (signed.counter() <= kept.counter()) return Outcome.refused(AttestationRefusal.REPLAYED);
    return Outcome.done(
        new AppAttest.Credential(
            kept.app(), kept.environment(), kept.publicKey(), signed.counter()));
  }

  private boolean isBy(Signed signed, PublicKey key) {
    byte[] digest = Sha256.of(clientData.toArray()).bytes();
    var both = ByteBuffer.allocate(signed.data.length + digest.length).put(signed.data).put(digest);
    try {
      var verification = Signature.getInstance("SHA256withECDSA");
      verification.initVerify(key);
      verification.update(Sha256.of(both.array()).bytes());
      return verification.verify(signed.signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static PublicKey publicKey(AppAttest.Credential kept) {
    try {
      var encoded = new X509EncodedKeySpec(kept.publicKey().toArray());
      return KeyFactory.getInstance("EC").generatePublic(encoded);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key that was kept can be read", e);
    }
  }
}
