// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki.scep;

import dev.vigil.kernel.Refusal;
import dev.vigil.pki.PkiRefusal;

/// Why a request failed, in the words and numbers of RFC 8894 section 3.2.1.4.
public enum FailInfo {
  BAD_ALG(0),
  BAD_MESSAGE_CHECK(1),
  BAD_REQUEST(2),
  BAD_TIME(3),
  BAD_CERT_ID(4);

  private final int number;

  FailInfo(int number) {
    this.number = number;
  }

  /// The nearest word for a refusal.
  public static FailInfo of(Refusal refusal) {
    return switch (refusal) {
      case ScepRefusal scep -> of(scep);
      case PkiRefusal pki -> of(pki);
      default -> BAD_REQUEST;
    };
  }

  private static FailInfo of(ScepRefusal refusal) {
    return switch (refusal) {
      case ALGORITHM -> BAD_ALG;
      case INTEGRITY -> BAD_MESSAGE_CHECK;
      case NOT_FOUND -> BAD_CERT_ID;
      case OPERATION, MALFORMED, MESSAGE_TYPE, KEY_DIFFERS, CHALLENGE_MISSING -> BAD_REQUEST;
    };
  }

  private static FailInfo of(PkiRefusal refusal) {
    return switch (refusal) {
      case KEY_NOT_ACCEPTED, KEY_NOT_ACCEPTED_FOR_MANAGED, SIGNATURE_NOT_ACCEPTED -> BAD_ALG;
      case PROOF_FAILED -> BAD_MESSAGE_CHECK;
      case AUTHORITY_EXPIRED -> BAD_TIME;
      case REQUEST_TOO_LARGE, REQUEST_MALFORMED, CHALLENGE_MISMATCH, LIFETIME_NOT_ALLOWED ->
          BAD_REQUEST;
    };
  }

  /// The number on the wire.
  String number() {
    return Integer.toString(number);
  }
}
