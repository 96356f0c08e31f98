// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation.play;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.AESDecrypter;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import dev.vigil.kernel.Outcome;
import dev.vigil.posture.attestation.AttestationFormat;
import dev.vigil.posture.attestation.AttestationRefusal;
import dev.vigil.posture.attestation.Attested;
import dev.vigil.posture.attestation.TrustRoot;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Verifies tokens of Play Integrity with the app's own keys, asking nobody
/// (<https://developer.android.com/google/play/integrity/classic#decrypt-verify-locally>): a JWE of
/// A256KW with A256GCM around a JWS of ES256.
///
/// A token is refused if it is not Google's, answers another request, comes from another app or is
/// old. What it says of the device is not judged: that a device has no integrity is a signal. That
/// a token is used once is up to who gave out the nonce.
public record PlayIntegrity(PlayKeys keys) {

  private static final int LONGEST = 48 * 1024;
  private static final Duration OLDEST = Duration.ofMinutes(10);
  private static final Duration SKEW = Duration.ofSeconds(60);

  /// What the token proves, or why nothing.
  public Outcome<Attested> verify(String token, PlayExpected expected, Instant now) {
    if (token.length() > LONGEST) return Outcome.refused(AttestationRefusal.TOO_LARGE);
    return opened(token)
        .then(PlayVerdict::payload)
        .then(verdict -> judge(verdict, keys.root(), expected, now));
  }

  private Outcome<String> opened(String token) {
    try {
      var outer = JWEObject.parse(token);
      if (!usual(outer.getHeader())) return malformed();
      outer.decrypt(new AESDecrypter(keys.decryption().reveal()));
      var inner = JWSObject.parse(outer.getPayload().toString());
      if (!inner.getHeader().getAlgorithm().equals(JWSAlgorithm.ES256)) return malformed();
      return inner.verify(new ECDSAVerifier(keys.verification()))
          ? Outcome.done(inner.getPayload().toString())
          : Outcome.refused(AttestationRefusal.SIGNATURE_WRONG);
    } catch (JOSEException e) {
      return Outcome.refused(AttestationRefusal.SIGNATURE_WRONG);
    } catch (ParseException | RuntimeException e) { // hostile input, however it breaks
      return malformed();
    }
  }

  /// Compressed content is refused: a small token could hold a very large one.
  private static boolean usual(JWEHeader header) {
    return header.getAlgorithm().equals(JWEAlgorithm.A256KW)
        && header.getEncryptionMethod().equals(EncryptionMethod.A256GCM)
        && header.getCompressionAlgorithm() == null;
  }

  private static <T> Outcome<T> malformed() {
    return Outcome.refused(AttestationRefusal.MALFORMED);
  }

  /// What a verdict proves that is known to be Google's: from a token, or from its server.
  ///
  /// @param root whose verdict it is
  public static Outcome<Attested> judge(
      PlayVerdict verdict, TrustRoot root, PlayExpected expected, Instant now) {
    if (verdict.testing() && root == TrustRoot.VENDOR)
      return Outcome.refused(
          AttestationRefusal.ROOT_UNKNOWN, "the answer was made up for a tester");
    if (!verdict.request().equals(expected.request()))
      return Outcome.refused(AttestationRefusal.CHALLENGE_MISMATCH);
    if (verdict.made().isBefore(now.minus(OLDEST)))
      return Outcome.refused(AttestationRefusal.TOO_OLD);
    if (verdict.made().isAfter(now.plus(SKEW)))
      return Outcome.refused(AttestationRefusal.NOT_VALID_NOW);
    if (!from(verdict, expected)) return Outcome.refused(AttestationRefusal.WRONG_APP);
    return Outcome.done(
        new Attested(
            AttestationFormat.PLAY_INTEGRITY,
            root,
            Optional.empty(),
            PlaySaying.signals(verdict),
            Map.of()));
  }

  private static boolean from(PlayVerdict verdict, PlayExpected expected) {
    boolean named = expected.apps().name(verdict.requestPackage());
    return verdict
        .app()
        .map(app ->
            app.packageName().equals(verdict.requestPackage())
                && expected.apps().hold(List.of(app.packageName()), app.signers()))
        .orElse(named);
  }
}
