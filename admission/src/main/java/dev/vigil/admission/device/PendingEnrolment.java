// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.device;

import dev.vigil.kernel.ChangeId;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A key that its owner wants to enrol and that somebody must agree to first. It is no device yet:
/// it has no certificate, and the phone enrols anew, with fresh proof, once it is approved.
///
/// @param key RFC 7638 thumbprint of the phone's key
/// @param name what its owner wants to call it
/// @param showing what the approver is told of it; a phone that shows something else later is not
///   the one that was approved
/// @param approver who may agree
/// @param expiresAt from when on it is as if it had never been asked, approved or not
public record PendingEnrolment(
    ChangeId id,
    SubjectId subject,
    Sha256 key,
    String name,
    Showing showing,
    EnrolmentRules.Approval approver,
    Instant expiresAt,
    Optional<Approved> approved) {

  /// How long one waits, and how long an approval is good for.
  public static final Duration LIFETIME = Duration.ofHours(24);

  /// Who agreed, and when.
  ///
  /// @param device on which the person agreed; empty for an administrator
  public record Approved(Instant at, SubjectId by, Optional<DeviceId> device) {}

  /// Whether it has not expired.
  public boolean livesAt(Instant now) {
    return now.isBefore(expiresAt);
  }

  /// The same, approved.
  PendingEnrolment approved(Approved how) {
    return new PendingEnrolment(
        id, subject, key, name, showing, approver, expiresAt, Optional.of(how));
  }

  /// Whether the phone still is what the approver saw.
  boolean isFor(String otherName, Showing other) {
    return name.equals(otherName) && showing.equals(other);
  }
}
