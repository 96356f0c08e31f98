// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.signin;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.OneTime;
import dev.vigil.admission.View;
import dev.vigil.admission.Work;
import dev.vigil.identity.oauth.AuthorizationRequest;
import dev.vigil.identity.oauth.OAuthRefusal;
import dev.vigil.identity.oauth.ProofOfKey;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import dev.vigil.posture.Device;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/// Takes authorization requests that native apps push, with a proof of the key that everything will
/// be bound to (RFC 9126, RFC 9449 section 10).
public final class PushedRequests {

  private static final Duration LIFE = Duration.ofMinutes(2);
  private static final String PREFIX = "urn:ietf:params:oauth:request_uri:";

  private final Changes changes;

  public PushedRequests(Changes changes) {
    this.changes = changes;
  }

  /// A request that was taken.
  public record Pushed(String requestUri, Duration life) {}

  /// Checks a request and keeps it for two minutes.
  public Outcome<Pushed> push(Map<String, String> form, ProofOfKey proof) {
    var pushed =
        AuthorizationRequest.read(form, proof.key())
            .then(request ->
                changes.commit(
                    Actor.SYSTEM,
                    work -> keep(work, request, new Kept.Pushed(form, proof.key().toString()))));
    if (pushed instanceof Outcome.Refused<Pushed> refused)
      changes.refused(Actor.SYSTEM, "authorization-refused", refused.refusal());
    return pushed;
  }

  private static Outcome<Pushed> keep(Work work, AuthorizationRequest request, Kept.Pushed pushed) {
    return acceptable(work.tx(), request)
        .then(_ -> {
          String uri = PREFIX + Bytes.of(work.entropy().bytes(32));
          work.tx()
              .put(
                  OneTime.of(OneTime.Kind.PUSHED_REQUEST, key(uri), pushed, work.now().plus(LIFE)));
          return Outcome.done(new Pushed(uri, LIFE));
        });
  }

  /// A revoked device goes no further, and a transaction that cannot be shown is not worth a
  /// browser.
  private static Outcome<AuthorizationRequest> acceptable(View view, AuthorizationRequest request) {
    if (!view.deviceOfKey(request.key()).map(Device::active).orElse(true))
      return Outcome.refused(OAuthRefusal.DEVICE);
    return request
        .details()
        .map(details -> ShownTransaction.read(details, view).map(_ -> request))
        .orElseGet(() -> Outcome.done(request));
  }

  static Sha256 key(String requestUri) {
    return Sha256.of(requestUri.getBytes(StandardCharsets.UTF_8));
  }
}
