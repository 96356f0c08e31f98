// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.signin;

import dev.vigil.admission.AccessTokenIssuer;
import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.Work;
import dev.vigil.identity.Authentication;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.identity.oauth.Audience;
import dev.vigil.identity.oauth.OAuthRefusal;
import dev.vigil.identity.oauth.TokenRequest;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import dev.vigil.pki.IssuedCertificate;
import dev.vigil.posture.Device;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Tokens for partners' and workloads' machines, which show their certificate over mutual TLS (RFC
/// 8705 section 2) and get tokens bound to that very certificate. Nothing is refreshed: they ask
/// again.
public final class WorkloadTokens {

  private static final Duration SESSION_LIFE = Duration.ofDays(1);

  private final Changes changes;
  private final AccessTokenIssuer issuer;

  public WorkloadTokens(Changes changes, AccessTokenIssuer issuer) {
    this.changes = changes;
    this.issuer = issuer;
  }

  /// Issues a token to the holder of a certificate that was verified by the connection.
  public Outcome<Tokens.Issued> issue(TokenRequest.Workload given, Sha256 certificate) {
    if (given.audience().equals(Optional.of(Audience.API)))
      return Outcome.refused(OAuthRefusal.TARGET);
    return changes
        .commit(
            Actor.SYSTEM,
            work -> machine(work, certificate).map(device -> draft(work, device, certificate)))
        .map(draft -> draft.issued(issuer));
  }

  private static Outcome<Device> machine(Work work, Sha256 certificate) {
    return work.tx()
        .certificate(certificate)
        .filter(issued -> Bindings.valid(issued, work.now()))
        .map(IssuedCertificate::device)
        .flatMap(work.tx()::device)
        .filter(device -> device.active() && device.kind() != Device.Kind.PHONE)
        .filter(device -> work.tx().subject(device.subject()).map(Subject::active).orElse(false))
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(OAuthRefusal.CERTIFICATE));
  }

  private static Tokens.Draft draft(Work work, Device device, Sha256 certificate) {
    var binding = new Session.Binding.Certificate(device.id());
    var session =
        work.tx().sessionsOf(device.id(), work.now()).stream()
            .filter(
                live -> live.binding().equals(binding) && live.subject().equals(device.subject()))
            .findFirst()
            .orElseGet(() -> start(work, device, binding, certificate));
    var claims =
        Tokens.Draft.claims(work, session, device.subject().value(), Bindings.gateway(certificate));
    return new Tokens.Draft(claims, Audience.GATEWAY, work.now(), Optional.empty());
  }

  private static Session start(
      Work work, Device device, Session.Binding binding, Sha256 certificate) {
    var made =
        new Authentication(
            work.now(),
            Authentication.Strength.CERTIFICATE,
            Set.of("pop"),
            true,
            false,
            certificate.toString());
    return Sessions.enter(
        work, new Sessions.Place(binding, Optional.empty()), device.subject(), made, SESSION_LIFE);
  }
}
