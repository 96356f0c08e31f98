// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import dev.vigil.audit.SecurityEvent;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import dev.vigil.policy.Facts;
import dev.vigil.policy.PolicySet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where committed changes go: the snapshots that decisions are made of. A port; `access` stands
/// behind it.
public interface FactsSink {

  /// Takes over everything that a commit changed, all at once, then re-decides what depends on it.
  void committed(Committed change);

  /// A commit's changes.
  ///
  /// @param sequence of the last event in it; facts carry this version
  record Committed(long sequence, List<Change> changes, List<SecurityEvent> events) {
    public Committed {
      changes = List.copyOf(changes);
      events = List.copyOf(events);
    }
  }

  /// One entity's new state.
  sealed interface Change {

    record OfSubject(SubjectId id, Facts facts) implements Change {}

    /// @param certificates the positive list of this device: thumbprints with their expiry; empty
    ///   once revoked
    record OfDevice(DeviceId id, SubjectId owner, Facts facts, List<Admitted> certificates)
        implements Change {
      public OfDevice {
        certificates = List.copyOf(certificates);
      }
    }

    /// Certificates of these devices were ended before their time, because who issued them is not
    /// believed any more.
    record CertificatesEnded(List<DeviceId> devices, Instant at) implements Change {
      public CertificatesEnded {
        devices = List.copyOf(devices);
      }
    }

    /// @param device empty while the session hangs on a bare key or a cookie
    /// @param ended whether it is over; an ended session is forgotten and its streams are cut
    record OfSession(
        SessionId id,
        SubjectId subject,
        Optional<DeviceId> device,
        Facts authentication,
        Instant expiresAt,
        boolean ended)
        implements Change {}

    record OfApp(App app, Facts facts) implements Change {}

    record AppRemoved(dev.vigil.kernel.AppId id) implements Change {}

    record OfPolicy(PolicySet policies) implements Change {}

    /// An approval of exactly one action in a session, waiting to be spent; or gone.
    ///
    /// @param action the digest of the action
    record OfApproval(SessionId session, Sha256 action, Instant expiresAt, boolean spent)
        implements Change {}
  }

  /// A certificate on the positive list.
  record Admitted(Sha256 thumbprint, Instant notAfter) {}
}
