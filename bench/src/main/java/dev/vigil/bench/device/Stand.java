// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.device;

import dev.vigil.access.Decider;
import dev.vigil.access.Streams;
import dev.vigil.access.World;
import dev.vigil.admission.Changes;
import dev.vigil.admission.FactsSink;
import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.TimeSource;
import dev.vigil.policy.PolicySet;
import dev.vigil.policy.language.PolicyReader;
import dev.vigil.policy.language.PolicySource;
import dev.vigil.policy.language.Reading;
import dev.vigil.server.SystemTime;
import dev.vigil.server.WorldFeed;
import dev.vigil.store.DataFolder;
import dev.vigil.store.Database;
import dev.vigil.store.SqlStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// The part of a server that is measured, as the server puts it together: the store on SQLite, the
/// changes, and the snapshots that decisions are made of.
final class Stand implements AutoCloseable {

  /// The app that devices are decided about.
  static final String APP = "treasury";

  private static final String POLICIES =
      """
      permit:
        phones:
          app: %s
          who: device.active
          require:
            - {name: lock, if: device.screen_lock, fix: repair, text: Set a screen lock.}
      """
          .formatted(APP);

  private final DataFolder folder;
  private final SqlStore store;
  private final SetClock time;
  private final Entropy entropy = SystemTime.entropy();
  private final Map<String, LongAdder> events = new ConcurrentHashMap<>();
  private final World world;
  private final Changes changes;

  private Stand(DataFolder folder, SqlStore store, SetClock time) {
    this.folder = folder;
    this.store = store;
    this.time = time;
    this.world = new World(policies());
    var feed = feed(world);
    this.changes =
        new Changes(
            store,
            change -> {
              change
                  .events()
                  .forEach(
                      one -> events.computeIfAbsent(one.type(), _ -> new LongAdder()).increment());
              feed.committed(change);
            },
            time,
            entropy);
  }

  static Stand open(Path path, TimeSource machine) {
    var time = new SetClock(machine);
    var folder = done(DataFolder.open(path));
    var stand = new Stand(folder, done(SqlStore.open(folder, new Database.Sqlite(), time)), time);
    stand.changes.load();
    return stand;
  }

  private static PolicySet policies() {
    return switch (PolicyReader.read(List.of(new PolicySource("devices.yaml", POLICIES)), 1)) {
      case Reading.Loaded loaded -> loaded.set();
      case Reading.Rejected rejected ->
          throw new IllegalStateException(
              "the policies are wrong: " + rejected.problems().getFirst());
    };
  }

  private FactsSink feed(World into) {
    return new WorldFeed(into, new Streams(new Decider(into, entropy)), time);
  }

  /// The facts of everything there is, as a server that starts loads them.
  World loaded() {
    var another = new World(policies());
    new Changes(store, feed(another), time, entropy).load();
    return another;
  }

  /// How many events of this type were committed.
  long events(String type) {
    var some = events.get(type);
    return some == null ? 0 : some.sum();
  }

  DataFolder folder() {
    return folder;
  }

  SetClock time() {
    return time;
  }

  Entropy entropy() {
    return entropy;
  }

  World world() {
    return world;
  }

  Changes changes() {
    return changes;
  }

  /// What must not be refused.
  static <T> T done(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Done<T>(T value) -> value;
      case Outcome.Refused<T>(var refusal, String detail) ->
          throw new IllegalStateException(refusal.says() + " " + detail);
    };
  }

  @Override
  public void close() {
    store.close();
    folder.close();
  }
}
