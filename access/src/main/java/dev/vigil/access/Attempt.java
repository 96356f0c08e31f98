// SPDX-License-Identifier: Apache-2.0
package dev.vigil.access;

import dev.vigil.kernel.AppId;
import dev.vigil.kernel.Sha256;
import dev.vigil.policy.Facts;
import java.time.Instant;
import java.util.Optional;

/// One request at an enforcement point, before anything about it is believed.
///
/// @param certificate the thumbprint of the client certificate of this very connection
/// @param token the verified access token; empty if none was sent or it did not verify
/// @param action the digest of the transaction that the request would carry out; empty if it is
///   none
public record Attempt(
    Sha256 certificate,
    Optional<AccessToken> token,
    AppId app,
    Facts connection,
    Facts network,
    Facts request,
    Optional<Sha256> action,
    Instant at) {

  /// The same attempt at a later time.
  public Attempt at(Instant time) {
    return new Attempt(certificate, token, app, connection, network, request, action, time);
  }
}
