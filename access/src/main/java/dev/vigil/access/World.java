// SPDX-License-Identifier: Apache-2.0
package dev.vigil.access;

import dev.vigil.kernel.AppId;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import dev.vigil.policy.Facts;
import dev.vigil.policy.PolicySet;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// All that decisions are made of: one immutable snapshot per entity, swapped when a change
/// commits. Readers never wait. Snapshots may arrive out of order; an older version never replaces
/// a newer one.
public final class World {

  private final Map<SubjectId, Facts> subjects = new ConcurrentHashMap<>();
  private final Map<DeviceId, DeviceSnapshot> devices = new ConcurrentHashMap<>();
  private final Map<Sha256, Certificate> certificates = new ConcurrentHashMap<>();
  private final Map<SessionId, SessionSnapshot> sessions = new ConcurrentHashMap<>();
  private final Map<AppId, AppSnapshot> apps = new ConcurrentHashMap<>();
  private final Map<String, AppSnapshot> appsByHost = new ConcurrentHashMap<>();
  private final Map<SessionId, Map<Sha256, Instant>> approvals = new ConcurrentHashMap<>();
  private final AtomicReference<PolicySet> policies;
  private final AtomicLong sequence = new AtomicLong();
  private final AtomicBoolean suspended = new AtomicBoolean();

  /// A world in which nothing is known yet; `initial` decides until policies are published.
  public World(PolicySet initial) {
    policies = new AtomicReference<>(initial);
  }

  /// A device with its positive list.
  ///
  /// @param certificates thumbprints with their expiry; empty once revoked
  public record DeviceSnapshot(
      DeviceId id, SubjectId owner, Facts facts, Map<Sha256, Instant> certificates) {
    public DeviceSnapshot {
      certificates = Map.copyOf(certificates);
    }
  }

  /// A certificate on the positive list.
  public record Certificate(DeviceId device, Instant notAfter) {}

  /// A session that has not ended.
  public record SessionSnapshot(
      SessionId id,
      SubjectId subject,
      Optional<DeviceId> device,
      Facts authentication,
      Instant expiresAt) {}

  /// A protected app and where its requests go.
  public record AppSnapshot(
      AppId id, String host, URI upstream, Facts facts, List<Transaction> transactions) {
    public AppSnapshot {
      transactions = List.copyOf(transactions);
    }

    /// Whether this request is a transaction, whose body must be read before it is decided.
    public boolean isTransaction(String method, String path) {
      return transactions.stream()
          .anyMatch(t -> t.method().equals(method) && t.path().equals(path));
    }
  }

  /// A request that is a transaction: method and exact normalised path.
  public record Transaction(String method, String path) {}

  public void put(SubjectId id, Facts facts) {
    subjects.merge(id, facts, World::newer);
  }

  public void put(DeviceSnapshot device) {
    devices.compute(
        device.id(),
        (id, old) -> {
          if (old != null && old.facts().version() > device.facts().version()) return old;
          device
              .certificates()
              .forEach((thumbprint, notAfter) ->
                  certificates.put(thumbprint, new Certificate(id, notAfter)));
          if (old != null)
            old.certificates().keySet().stream()
                .filter(t -> !device.certificates().containsKey(t))
                .forEach(certificates::remove);
          return device;
        });
  }

  /// Ends the certificates of a device: each is known, but as expired at `at`.
  public void endCertificates(DeviceId id, Instant at) {
    devices.computeIfPresent(
        id,
        (_, device) -> {
          var ended = new HashMap<>(device.certificates());
          ended.replaceAll((_, notAfter) -> notAfter.isAfter(at) ? at : notAfter);
          ended.forEach(
              (thumbprint, end) -> certificates.put(thumbprint, new Certificate(id, end)));
          return new DeviceSnapshot(id, device.owner(), device.facts(), ended);
        });
  }

  public void put(SessionSnapshot session) {
    sessions.merge(
        session.id(),
        session,
        (old, now) -> old.authentication().version() > now.authentication().version() ? old : now);
  }

  /// Forgets a session that has ended. Ids are never used again, so it cannot come back with a
  /// later snapshot of the same id unless an older one arrives late; callers apply an end last.
  public void remove(SessionId id) {
    sessions.remove(id);
    approvals.remove(id);
  }

  public void put(AppSnapshot app) {
    apps.compute(
        app.id(),
        (_, old) -> {
          if (old != null && old.facts().version() > app.facts().version()) return old;
          if (old != null && !old.host().equals(app.host())) appsByHost.remove(old.host(), old);
          appsByHost.put(app.host(), app);
          return app;
        });
  }

  /// Withdraws an app. A host name that another app has taken over since stays with that app.
  public void remove(AppId id) {
    var old = apps.remove(id);
    if (old != null) appsByHost.remove(old.host(), old);
  }

  public void put(PolicySet set) {
    policies.accumulateAndGet(set, (old, now) -> old.version() > now.version() ? old : now);
  }

  public void approve(SessionId session, Sha256 action, Instant expiresAt) {
    approvals.computeIfAbsent(session, _ -> new ConcurrentHashMap<>()).put(action, expiresAt);
  }

  public void spent(SessionId session, Sha256 action) {
    var mine = approvals.get(session);
    if (mine != null) mine.remove(action);
  }

  /// Says that every change up to this sequence has been applied.
  public void reached(long committed) {
    sequence.accumulateAndGet(committed, Math::max);
  }

  /// Stops all access until the process starts anew: what this node knows can no longer be trusted,
  /// for example because the clock went backwards.
  public void suspend() {
    suspended.set(true);
  }

  /// Whether [#suspend] was called.
  public boolean suspended() {
    return suspended.get();
  }

  /// Forgets sessions and approvals that have run out.
  public void forgetExpired(Instant now) {
    sessions.values().removeIf(session -> !now.isBefore(session.expiresAt()));
    approvals.values().forEach(mine -> mine.values().removeIf(end -> !now.isBefore(end)));
    approvals.keySet().removeIf(id -> !sessions.containsKey(id));
  }

  public long sequence() {
    return sequence.get();
  }

  public Optional<Facts> subject(SubjectId id) {
    return Optional.ofNullable(subjects.get(id));
  }

  public Optional<DeviceSnapshot> device(DeviceId id) {
    return Optional.ofNullable(devices.get(id));
  }

  public Optional<Certificate> certificate(Sha256 thumbprint) {
    return Optional.ofNullable(certificates.get(thumbprint));
  }

  public Optional<SessionSnapshot> session(SessionId id) {
    return Optional.ofNullable(sessions.get(id));
  }

  /// Every app, by name.
  public List<AppId> apps() {
    return apps.keySet().stream().sorted(Comparator.comparing(AppId::value)).toList();
  }

  public Optional<AppSnapshot> app(AppId id) {
    return Optional.ofNullable(apps.get(id));
  }

  /// The app that phones reach by this host name (lower case, without port).
  public Optional<AppSnapshot> appAt(String host) {
    return Optional.ofNullable(appsByHost.get(host));
  }

  /// Whether this action was approved in this session and the approval is neither spent nor
  /// expired.
  public boolean approved(SessionId session, Sha256 action, Instant at) {
    var mine = approvals.get(session);
    if (mine == null) return false;
    var expiresAt = mine.get(action);
    return expiresAt != null && at.isBefore(expiresAt);
  }

  public PolicySet policies() {
    return Objects.requireNonNull(policies.get());
  }

  private static Facts newer(Facts old, Facts now) {
    return old.version() > now.version() ? old : now;
  }
}
