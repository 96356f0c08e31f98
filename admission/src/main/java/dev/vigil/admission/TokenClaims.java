// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import java.time.Instant;

/// What an access token says (RFC 9068): a handle to a session, bound to a key; no authentication
/// facts.
///
/// @param clientId the OAuth client, such as the mobile app's
/// @param audience whom the token is for: the gateway or the API
/// @param sequence the committed sequence of its session; a node that has not reached it must not
///   judge it
public record TokenClaims(
    SessionId session,
    SubjectId subject,
    String clientId,
    String audience,
    Binding binding,
    long sequence,
    Instant expiresAt) {

  /// What the holder must prove to hold (`cnf`, RFC 7800).
  public sealed interface Binding {

    /// A client certificate by its thumbprint: `x5t#S256` (RFC 8705 section 3.1).
    record Certificate(Sha256 thumbprint) implements Binding {}

    /// A key that signs DPoP proofs, by its RFC 7638 thumbprint: `jkt` (RFC 9449 section 6.1).
    record Key(Sha256 thumbprint) implements Binding {}
  }
}
