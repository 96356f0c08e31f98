// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.signin;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.OneTime;
import dev.vigil.admission.Work;
import dev.vigil.identity.oauth.OAuthRefusal;
import dev.vigil.identity.oauth.OpenIdRefusal;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import dev.vigil.posture.Device;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Binds an enrolled device to a browser's visit: the page shows a ticket, the device sends it with
/// a proof of its key. It proves that the device's owner had the ticket within a minute and came
/// from the browser's address; it does not prove that both are one machine, and behind one address
/// a ticket can be relayed.
public final class VisitDevices {

  /// How long a ticket is good for.
  public static final Duration TICKET_LIFE = Duration.ofMinutes(1);

  private final Changes changes;

  public VisitDevices(Changes changes) {
    this.changes = changes;
  }

  private record Ticket(String visit, String address) {}

  /// A ticket for this visit.
  ///
  /// @param address the browser's
  public Outcome<Secret> ticket(Secret visit, String address) {
    return changes.commit(
        Actor.SYSTEM,
        work ->
            Visits.require(work, visit, Kept.Purpose.BROWSER)
                .map(_ -> {
                  var ticket = Secret.random(work.entropy());
                  var content = new Ticket(visit.digest().toString(), address);
                  var ends = work.now().plus(TICKET_LIFE);
                  work.tx()
                      .put(
                          OneTime.of(
                              OneTime.Kind.CEREMONY,
                              key("ticket", ticket.digest()),
                              content,
                              ends));
                  return ticket;
                }));
  }

  /// Binds a device that proved its key to the visit of this ticket.
  ///
  /// @param address the device's
  public Outcome<DeviceId> bind(Device device, Secret ticket, String address) {
    return Settled.commit(
        changes,
        new Actor.Machine(device.id()),
        work ->
            work.tx()
                .spend(OneTime.Kind.CEREMONY, key("ticket", ticket.digest()), work.now())
                .map(value -> value.as(Ticket.class))
                .map(kept -> bind(work, device, kept, address))
                .orElseGet(() -> Outcome.refused(OpenIdRefusal.REQUEST)));
  }

  private static Outcome<DeviceId> bind(Work work, Device device, Ticket ticket, String address) {
    if (!ticket.address().equals(address)) {
      work.note(
          "sign-in-device-refused",
          "the device came from another address than the browser",
          Map.of("browser", ticket.address(), "device", address),
          device.id(),
          device.subject());
      return Outcome.refused(OAuthRefusal.DEVICE, "it is not where the browser is");
    }
    var key = key("device", Sha256.parse(ticket.visit()));
    if (work.tx().peek(OneTime.Kind.CEREMONY, key, work.now()).isPresent())
      return Outcome.refused(OpenIdRefusal.REQUEST);
    work.tx()
        .put(
            new OneTime(
                OneTime.Kind.CEREMONY, key, device.id().value(), work.now().plus(Visits.LIFE)));
    work.note("sign-in-device-shown", "beside a browser", Map.of(), device.id(), device.subject());
    return Outcome.done(device.id());
  }

  /// The device of a visit, if one was bound; it must be the subject's and still be active.
  static Outcome<Optional<DeviceId>> of(Work work, Secret visit, SubjectId subject) {
    var bound =
        work.tx()
            .peek(OneTime.Kind.CEREMONY, key("device", visit.digest()), work.now())
            .flatMap(value -> work.tx().device(new DeviceId(value.content())));
    if (bound.isEmpty()) return Outcome.done(Optional.empty());
    if (!bound.get().active()) return Outcome.refused(OAuthRefusal.DEVICE);
    if (!bound.get().subject().equals(subject)) return Outcome.refused(OAuthRefusal.OTHER_PERSON);
    return Outcome.done(bound.map(Device::id));
  }

  private static Sha256 key(String what, Sha256 digest) {
    return Sha256.of((what + " " + digest).getBytes(StandardCharsets.UTF_8));
  }
}
