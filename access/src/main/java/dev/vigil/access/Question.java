// SPDX-License-Identifier: Apache-2.0
package dev.vigil.access;

import dev.vigil.kernel.AppId;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import java.time.Instant;
import java.util.Optional;

/// What an enforcement point other than our own gateway wants to know, for example by AuthZEN: may
/// this subject do this?
///
/// @param caller the thumbprint of the certificate that the enforcement point showed
public record Question(Sha256 caller, About about, Given given, Instant at) {

  /// Whom and what it is about; the enforcement point answers for it that these are involved.
  ///
  /// @param subject empty if Vigil does not know who asks
  /// @param session of that very subject, whose authentications count; empty if none was named
  /// @param device of that very subject; empty for the session's own
  public record About(
      AppId app,
      Optional<SubjectId> subject,
      Optional<SessionId> session,
      Optional<DeviceId> device) {}
}
