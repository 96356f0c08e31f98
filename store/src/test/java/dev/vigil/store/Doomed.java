// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import dev.vigil.admission.PolicyText;
import dev.vigil.audit.DecisionRecord;
import dev.vigil.audit.DecisionRecord.Result;
import dev.vigil.audit.RecordEncoder;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.DecisionId;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A process that stores and records until it is killed, and prints each thing once it was
/// acknowledged.
final class Doomed {

  private Doomed() {}

  /// @param args the data folder and a seed
  public static void main(String[] args) {
    var open = OpenStore.sqlite(Path.of(args[0]));
    var segments = OpenStore.done(RecordSegments.open(open.folder().records(), 1, 64 * 1024));
    var scene = new Scene(Long.parseLong(args[1]));
    var out = System.out;
    for (int i = 0; i < 4; i++) Thread.ofPlatform().start(() -> change(open.store(), scene, out));
    record(open.store(), segments.writer(0), scene, out);
  }

  /// Each change makes a person, an event and a version of the policies that belong together.
  private static void change(SqlStore store, Scene scene, PrintStream out) {
    while (true) {
      var id = dev.vigil.kernel.EventId.random(scene).value();
      var event =
          store.<dev.vigil.audit.SecurityEvent>change(tx -> {
            var stored = tx.append(scene.event("enrolled", id));
            tx.put(scene.person(id));
            tx.putFacts("subject", id, stored.sequence(), "{}");
            tx.put(
                new PolicyText(
                    stored.sequence(),
                    Map.of("base.yaml", id),
                    "system",
                    "to be killed",
                    Scene.NOON));
            return stored;
          });
      out.println("stored " + event.sequence() + " " + id);
    }
  }

  /// Keeps pace with the changes, so that neither drowns the other.
  private static void record(SqlStore store, SegmentWriter writer, Scene scene, PrintStream out) {
    var encoder = new RecordEncoder();
    for (int i = 0; ; i++) {
      if (i % 16 == 0) store.<Long>change(tx -> tx.sequence());
      var id = DecisionId.random(scene);
      var record =
          new DecisionRecord(
              id,
              Scene.NOON,
              new AppId("mail"),
              scene.digest(),
              List.of(),
              1,
              List.of(),
              Optional.empty(),
              new Result.Rejected("access.token-missing"));
      boolean fits = encoder.encode(record) == RecordEncoder.Encoded.DONE;
      if (fits && writer.append(encoder.payload())) out.println("recorded " + id);
    }
  }
}
