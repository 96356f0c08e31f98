// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo;

import dev.vigil.audit.DecisionJson;
import dev.vigil.audit.DecisionRecord;
import dev.vigil.kernel.Outcome;
import dev.vigil.store.Database;
import dev.vigil.store.FactsHistory;
import dev.vigil.store.SegmentReader;
import dev.vigil.store.SegmentReader.Item;
import dev.vigil.store.SegmentReader.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The decision records of a server as lines of JSON, oldest first, with all that they were made
/// of.
final class RecordLines {

  private RecordLines() {}

  /// Writes the first records of all event loops, at most so many.
  ///
  /// @param data the data folder of the server, which may still run
  /// @param loops how many event loops wrote
  static void write(Path data, int loops, int most, Path to) throws IOException {
    var all = new ArrayList<DecisionRecord>();
    for (int loop = 0; loop < loops; loop++) all.addAll(read(data.resolve("records"), loop));
    try (var history = history(data)) {
      Files.write(
          to,
          all.stream()
              .sorted(Comparator.comparing(DecisionRecord::at))
              .limit(most)
              .map(record -> DecisionJson.line(record, history::facts))
              .toList());
    }
  }

  private static FactsHistory history(Path data) throws IOException {
    return switch (FactsHistory.open(data, new Database.Sqlite())) {
      case Outcome.Done<FactsHistory>(FactsHistory open) -> open;
      case Outcome.Refused<FactsHistory>(var refusal, String _) ->
          throw new IOException(refusal.says());
    };
  }

  private static List<DecisionRecord> read(Path records, int loop) throws IOException {
    var found = new ArrayList<DecisionRecord>();
    try (var reader = SegmentReader.from(records, Place.first(loop))) {
      while (true) {
        switch (reader.next()) {
          case Item.Recorded(_, DecisionRecord record, _) -> found.add(record);
          case Item.Damaged(var place) -> throw new IOException("a record is damaged at " + place);
          case Item.NothingYet _ -> {
            return found;
          }
        }
      }
    }
  }
}
