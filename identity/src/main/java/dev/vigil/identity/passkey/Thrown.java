// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.passkey;

import com.webauthn4j.verifier.exception.BadAaguidException;
import com.webauthn4j.verifier.exception.BadAlgorithmException;
import com.webauthn4j.verifier.exception.BadAttestationStatementException;
import com.webauthn4j.verifier.exception.BadBackupEligibleFlagException;
import com.webauthn4j.verifier.exception.BadChallengeException;
import com.webauthn4j.verifier.exception.BadOriginException;
import com.webauthn4j.verifier.exception.BadRpIdException;
import com.webauthn4j.verifier.exception.BadSignatureException;
import com.webauthn4j.verifier.exception.BadTopOriginException;
import com.webauthn4j.verifier.exception.CertificateException;
import com.webauthn4j.verifier.exception.CrossOriginException;
import com.webauthn4j.verifier.exception.IllegalBackupStateException;
import com.webauthn4j.verifier.exception.MaliciousCounterValueException;
import com.webauthn4j.verifier.exception.NotAllowedAlgorithmException;
import com.webauthn4j.verifier.exception.PublicKeyMismatchException;
import com.webauthn4j.verifier.exception.UserNotPresentException;
import com.webauthn4j.verifier.exception.UserNotVerifiedException;
import com.webauthn4j.verifier.exception.VerificationException;

/// The steps that the library takes, by the exception each of them throws (WebAuthn Level 3; first
/// the step of section 7.1, then of 7.2).
final class Thrown {

  private Thrown() {}

  static PasskeyRefusal refusal(VerificationException e) {
    return switch (e) {
      // step 8; 11
      case BadChallengeException _ -> PasskeyRefusal.CHALLENGE;
      // steps 9 to 11; 12 to 14
      case BadOriginException _, CrossOriginException _, BadTopOriginException _ ->
          PasskeyRefusal.ORIGIN;
      // step 14; 15
      case BadRpIdException _ -> PasskeyRefusal.RELYING_PARTY;
      // steps 15 and 16; 16 and 17
      case UserNotVerifiedException _, UserNotPresentException _ ->
          PasskeyRefusal.USER_VERIFICATION;
      // step 17; 18 and 19
      case IllegalBackupStateException _, BadBackupEligibleFlagException _ -> PasskeyRefusal.BACKUP;
      // step 20
      case NotAllowedAlgorithmException _ -> PasskeyRefusal.ALGORITHM;
      // steps 21 and 22
      case BadAttestationStatementException _,
          BadAaguidException _,
          BadAlgorithmException _,
          PublicKeyMismatchException _,
          CertificateException _ ->
          PasskeyRefusal.ATTESTATION;
      // step 22, of self attestation; 21
      case BadSignatureException _ -> PasskeyRefusal.SIGNATURE;
      // 22
      case MaliciousCounterValueException _ -> PasskeyRefusal.COUNTER;
      default -> PasskeyRefusal.REFUSED;
    };
  }
}
