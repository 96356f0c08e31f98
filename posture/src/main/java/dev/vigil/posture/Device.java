// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture;

import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import java.time.Instant;
import java.util.Optional;

/// An enrolled device, known by its key. Partners' and workloads' machines are devices of another
/// kind.
///
/// @param subject whose device it is
/// @param key RFC 7638 thumbprint of its public key
/// @param name what its owner calls it
public record Device(
    DeviceId id,
    Kind kind,
    SubjectId subject,
    Sha256 key,
    String name,
    Instant enrolledAt,
    Optional<Revoked> revoked) {

  /// Which intermediate issues its certificates.
  public enum Kind {
    PHONE,
    PARTNER,
    WORKLOAD
  }

  /// Why and when it was revoked; a device stays revoked.
  public record Revoked(Instant at, String cause) {}

  /// Whether it may connect.
  public boolean active() {
    return revoked.isEmpty();
  }

  /// The device, revoked. A revoked device keeps its first cause.
  public Device revoke(Instant at, String cause) {
    return revoked.isPresent()
        ? this
        : new Device(id, kind, subject, key, name, enrolledAt, Optional.of(new Revoked(at, cause)));
  }
}
