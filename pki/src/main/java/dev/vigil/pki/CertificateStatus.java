// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki;

import java.time.Instant;

/// What an outside verifier is told of a certificate (RFC 6960 section 2.2).
public sealed interface CertificateStatus {

  /// It was issued, and neither it nor its device was revoked.
  record Good() implements CertificateStatus {}

  record Revoked(Instant at) implements CertificateStatus {}

  /// It was never issued here, or by another intermediate.
  record Unknown() implements CertificateStatus {}
}
