// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import dev.vigil.admission.device.Renewal;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.SubjectId;
import dev.vigil.pki.IssuedCertificate;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Facts;
import dev.vigil.posture.Device;
import dev.vigil.posture.Posture;
import dev.vigil.posture.release.VendorReleases;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/// Makes the [FactsSink.Change] of an entity from what the store holds at one moment.
final class Snapshots {

  private final View view;
  private final Instant now;
  private final VendorReleases releases;

  private Snapshots(View view, Instant now, VendorReleases releases) {
    this.view = view;
    this.now = now;
    this.releases = releases;
  }

  /// Where the facts of one entity come from, given what would compute them.
  private interface Source {
    Facts facts(Entity entity, String id, LongFunction<Facts> compute);
  }

  /// The new state of entities that a change touched; their facts are computed and kept at
  /// `version`.
  static List<FactsSink.Change> keep(Tx tx, Work work, long version, VendorReleases releases) {
    var snapshots = new Snapshots(tx, work.now(), releases);
    Source source =
        (entity, id, compute) -> {
          var facts = compute.apply(version);
          tx.putFacts(entity.prefix(), id, version, FactsJson.write(facts));
          return facts;
        };
    var changes = new ArrayList<FactsSink.Change>();
    for (Object id : work.touched()) snapshots.of(id, source).ifPresent(changes::add);
    return changes;
  }

  /// The same facts as were kept, but without trust: the device admits no certificate, the sessions
  /// are over.
  static List<FactsSink.Change> removals(
      View view, Instant now, Optional<DeviceId> device, List<Session> sessions) {
    var snapshots = new Snapshots(view, now, VendorReleases.NONE);
    var source = kept(view);
    var changes = new ArrayList<FactsSink.Change>();
    device
        .flatMap(view::device)
        .ifPresent(
            found -> changes.add(snapshots.of(found.revoke(now, "ahead"), asKept(found, source))));
    sessions.forEach(session -> changes.add(snapshots.of(session.end(now, "ahead"), source)));
    return changes;
  }

  /// A revoked device has other facts; ahead of the commit it keeps those that records may refer
  /// to.
  private static Source asKept(Device device, Source source) {
    return (entity, id, _) ->
        source.facts(
            entity,
            id,
            version -> DeviceFacts.of(device, Posture.UNKNOWN, VendorReleases.NONE, version));
  }

  private static Source kept(View view) {
    return (entity, id, compute) -> {
      long version = view.factsVersion(entity.prefix(), id);
      return view.facts(entity.prefix(), id, version)
          .map(FactsJson::read)
          .orElseGet(() -> compute.apply(view.sequence()));
    };
  }

  /// The state of everything, with the facts as they were kept, so that records made of them can be
  /// replayed.
  static List<FactsSink.Change> all(View view, Instant now) {
    var snapshots = new Snapshots(view, now, VendorReleases.NONE);
    var source = kept(view);
    var changes = new ArrayList<FactsSink.Change>();
    view.subjects().forEach(subject -> changes.add(snapshots.of(subject, source)));
    view.devices().forEach(device -> changes.add(snapshots.of(device, source)));
    view.apps().forEach(app -> changes.add(snapshots.of(app, source)));
    view.liveSessions(now).forEach(session -> changes.add(snapshots.of(session, source)));
    return changes;
  }

  private Optional<FactsSink.Change> of(Object id, Source source) {
    return switch (id) {
      case SubjectId subject -> view.subject(subject).map(found -> of(found, source));
      case DeviceId device -> view.device(device).map(found -> of(found, source));
      case SessionId session -> view.session(session).map(found -> of(found, source));
      case AppId app ->
          Optional.of(
              view.app(app)
                  .map(found -> of(found, source))
                  .orElseGet(() -> new FactsSink.Change.AppRemoved(app)));
      default -> Optional.empty();
    };
  }

  private FactsSink.Change of(Subject subject, Source source) {
    var facts =
        source.facts(
            Entity.SUBJECT,
            subject.id().value(),
            version -> FactsOf.subject(subject, version, now));
    return new FactsSink.Change.OfSubject(subject.id(), facts);
  }

  private FactsSink.Change of(Device device, Source source) {
    var facts =
        source.facts(
            Entity.DEVICE,
            device.id().value(),
            version ->
                DeviceFacts.of(
                    device, Posture.merge(view.signals().of(device.id()), now), releases, version));
    return new FactsSink.Change.OfDevice(device.id(), device.subject(), facts, admitted(device));
  }

  /// The positive list: what was issued to it and has neither expired nor been revoked; nothing
  /// once the device is revoked. The last one stays as long as it can be renewed, so that its owner
  /// is told to.
  private List<FactsSink.Admitted> admitted(Device device) {
    if (!device.active()) return List.of();
    var issued = view.certificatesOf(device.id());
    return issued.stream()
        .filter(one -> one.notAfter().isAfter(one.equals(issued.getLast()) ? renewable() : now))
        .filter(one -> one.revokedAt().isEmpty())
        .map(Snapshots::admitted)
        .toList();
  }

  private Instant renewable() {
    return now.minus(Renewal.GRACE);
  }

  private static FactsSink.Admitted admitted(IssuedCertificate certificate) {
    return new FactsSink.Admitted(certificate.thumbprint(), certificate.notAfter());
  }

  private FactsSink.Change of(Session session, Source source) {
    var facts =
        source.facts(
            Entity.AUTHENTICATION,
            session.id().value(),
            version -> FactsOf.authentication(session, version));
    return new FactsSink.Change.OfSession(
        session.id(),
        session.subject(),
        session.device(),
        facts,
        session.expiresAt(),
        !session.livesAt(now));
  }

  private FactsSink.Change of(App app, Source source) {
    var facts =
        source.facts(Entity.APP, app.id().value(), version -> FactsOf.app(app, version, now));
    return new FactsSink.Change.OfApp(app, facts);
  }
}
