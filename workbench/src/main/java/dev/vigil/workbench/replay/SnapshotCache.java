// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.replay;

import dev.vigil.policy.Entity;
import dev.vigil.policy.Facts;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// The snapshots that lines refer to, each read once; those not met for longest are forgotten.
final class SnapshotCache {

  private static final int MOST = 65_536;

  private final Map<Key, Facts> known =
      new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Facts> eldest) {
          return size() > MOST;
        }
      };

  private record Key(Entity entity, String id, long version) {}

  /// What a line says of an entity.
  sealed interface Snapshot {

    /// Its facts.
    record Known(Facts facts) implements Snapshot {}

    /// The line refers to facts that it does not hold, and no line before it did.
    record Unresolved(Entity entity) implements Snapshot {}
  }

  /// Reads a snapshot, from its opening bracket to its closing one.
  Snapshot read(JsonParser parser, Entity entity, FactsParser facts) {
    if (parser.currentToken() != JsonToken.START_OBJECT)
      throw new Unusable("a snapshot is no object");
    String id = "";
    long version = -1;
    Facts found = null;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      var name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "id" -> id = LineReader.text(parser, name);
        case "version" -> version = parser.getLongValue();
        case "facts" -> {
          if (version < 0) throw new Unusable("a snapshot's facts stand before its version");
          found = known.get(new Key(entity, id, version));
          if (found == null) {
            found = facts.snapshot(parser, entity, id, version);
            known.put(new Key(entity, id, version), found);
          } else {
            parser.skipChildren();
          }
        }
        default -> throw new Unusable("a snapshot has `" + name + "`");
      }
    }
    if (found == null) found = known.get(new Key(entity, id, version));
    if (found != null) return new Snapshot.Known(found);
    // Nothing was known of it then: there is nothing to resolve.
    return version == 0
        ? new Snapshot.Known(Facts.about(entity, id, 0).build())
        : new Snapshot.Unresolved(entity);
  }
}
