// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.signin;

import dev.vigil.admission.TokenClaims;
import dev.vigil.admission.Work;
import dev.vigil.identity.Authentication;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.identity.oauth.OpenIdRefusal;
import dev.vigil.identity.oauth.RegisteredClient;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import dev.vigil.posture.Device;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// The session of a service that authenticated as a registered client: that of its key, or of its
/// machine's certificate.
public final class ServiceSessions {

  private static final Duration LIFE = Duration.ofDays(1);

  private ServiceSessions() {}

  /// The live session there is, or a new one.
  public static Outcome<Session> of(
      Work work, RegisteredClient client, Optional<TokenClaims.Binding> binding) {
    var machine =
        client.machine().filter(id -> work.tx().subject(id).map(Subject::active).orElse(false));
    if (machine.isEmpty() || binding.isEmpty()) return Outcome.refused(OpenIdRefusal.UNAUTHORIZED);
    return switch (binding.get()) {
      case TokenClaims.Binding.Key(Sha256 key) ->
          Sessions.place(work, key, machine.get())
              .map(place -> entered(work, place, machine.get(), key));
      case TokenClaims.Binding.Certificate(Sha256 certificate) ->
          work.tx()
              .certificate(certificate)
              .filter(issued -> issued.countsAt(work.now()))
              .flatMap(issued -> work.tx().device(issued.device()))
              .filter(Device::active)
              .filter(device -> device.subject().equals(machine.get()))
              .map(device ->
                  Outcome.done(entered(work, place(work, device), machine.get(), certificate)))
              .orElseGet(() -> Outcome.refused(OpenIdRefusal.UNAUTHORIZED));
    };
  }

  private static Sessions.Place place(Work work, Device device) {
    var binding = new Session.Binding.Certificate(device.id());
    return new Sessions.Place(
        binding,
        work.tx().sessionsOf(device.id(), work.now()).stream()
            .filter(session -> session.binding().equals(binding))
            .filter(session -> session.subject().equals(device.subject()))
            .findFirst());
  }

  private static Session entered(
      Work work, Sessions.Place place, SubjectId machine, Sha256 credential) {
    return place
        .session()
        .orElseGet(() ->
            Sessions.enter(
                work,
                place,
                machine,
                new Authentication(
                    work.now(),
                    Authentication.Strength.CERTIFICATE,
                    Set.of("pop"),
                    true,
                    false,
                    credential.toString()),
                LIFE));
  }
}
