// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.attestation;

import dev.vigil.kernel.Bytes;
import java.net.http.HttpRequest;
import java.util.Optional;

/// Sends one HTTPS request, follows no redirects, and gives up in time. A port.
@FunctionalInterface
public interface Sending {

  /// The answer; empty if there is none, or a larger one than
  /// [dev.vigil.posture.attestation.android.RevocationList#LARGEST].
  Optional<Answer> send(HttpRequest.Builder request);

  /// An answer of any status.
  record Answer(int status, Bytes body) {}
}
