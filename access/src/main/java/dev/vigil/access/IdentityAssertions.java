// SPDX-License-Identifier: Apache-2.0
package dev.vigil.access;

import dev.vigil.kernel.AppId;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.SubjectId;
import java.time.Instant;
import java.util.Optional;

/// Signs the identity header for upstreams: a JWT with its own key set and one audience per app. A
/// port.
public interface IdentityAssertions {

  /// How long an assertion is good, in seconds; callers may keep one that long.
  long LIFETIME_SECONDS = 60;

  /// A compact JWT, good from `now` for [#LIFETIME_SECONDS].
  String sign(Bearer bearer, AppId audience, Instant now);

  /// Who and what stands behind a request.
  ///
  /// @param attestation as [DeviceAttestation] says it; empty if nothing was attested
  record Bearer(
      SubjectId subject, SessionId session, DeviceId device, Optional<String> attestation) {}
}
