// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.access.Streams;
import dev.vigil.access.World;
import dev.vigil.access.World.AppSnapshot;
import dev.vigil.access.World.DeviceSnapshot;
import dev.vigil.access.World.SessionSnapshot;
import dev.vigil.access.World.Transaction;
import dev.vigil.admission.FactsSink;
import dev.vigil.admission.FactsSink.Change.AppRemoved;
import dev.vigil.admission.FactsSink.Change.CertificatesEnded;
import dev.vigil.admission.FactsSink.Change.OfApp;
import dev.vigil.admission.FactsSink.Change.OfApproval;
import dev.vigil.admission.FactsSink.Change.OfDevice;
import dev.vigil.admission.FactsSink.Change.OfPolicy;
import dev.vigil.admission.FactsSink.Change.OfSession;
import dev.vigil.admission.FactsSink.Change.OfSubject;
import dev.vigil.kernel.TimeSource;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/// Carries committed changes from `admission` to `access`: swaps the snapshots, then has what
/// depends on them decided again.
public final class WorldFeed implements FactsSink {

  private final World world;
  private final Streams streams;
  private final TimeSource time;

  /// @param streams are decided again when what they depend on changes
  public WorldFeed(World world, Streams streams, TimeSource time) {
    this.world = world;
    this.streams = streams;
    this.time = time;
  }

  @Override
  public void committed(Committed change) {
    var touched = new HashSet<Object>();
    boolean policies = false;
    for (var one : change.changes()) {
      apply(one, touched);
      policies |= one instanceof OfPolicy;
    }
    world.reached(change.sequence());
    if (policies) streams.changedAll(time.now());
    else streams.changed(touched, time.now());
  }

  private void apply(Change change, Set<Object> touched) {
    switch (change) {
      case OfSubject(var id, var facts) -> {
        world.put(id, facts);
        touched.add(id);
      }
      case OfDevice(var id, var owner, var facts, var certificates) -> {
        world.put(
            new DeviceSnapshot(
                id,
                owner,
                facts,
                certificates.stream()
                    .collect(Collectors.toMap(Admitted::thumbprint, Admitted::notAfter))));
        touched.add(id);
      }
      case CertificatesEnded(var devices, var at) -> {
        devices.forEach(id -> world.endCertificates(id, at));
        touched.addAll(devices);
      }
      case OfSession session -> {
        apply(session);
        touched.add(session.id());
      }
      case OfApp(var app, var facts) -> {
        var transactions =
            app.transactions().stream().map(t -> new Transaction(t.method(), t.path())).toList();
        world.put(new AppSnapshot(app.id(), app.host(), app.upstream(), facts, transactions));
        touched.add(app.id());
      }
      case AppRemoved(var id) -> {
        world.remove(id);
        touched.add(id);
      }
      case OfPolicy(var policies) -> world.put(policies);
      case OfApproval(var session, var action, var expiresAt, var spent) -> {
        if (spent) world.spent(session, action);
        else world.approve(session, action, expiresAt);
      }
    }
  }

  private void apply(OfSession session) {
    if (session.ended()) world.remove(session.id());
    else
      world.put(
          new SessionSnapshot(
              session.id(),
              session.subject(),
              session.device(),
              session.authentication(),
              session.expiresAt()));
  }
}
