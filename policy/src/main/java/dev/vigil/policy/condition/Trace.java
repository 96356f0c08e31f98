// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.condition;

import dev.vigil.policy.Entity;
import dev.vigil.policy.Fact;
import dev.vigil.policy.FactsSchema;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

/// What an evaluation has read, and when time alone would first have made it read something else.
public final class Trace {

  private static final int PER_ENTITY = 64;

  private final BitSet read;
  private Instant turns = Instant.MAX;

  public Trace() {
    this(new BitSet(PER_ENTITY * Entity.values().length));
  }

  private Trace(BitSet read) {
    this.read = read;
  }

  /// A trace that adds to the same facts read but starts without a turning point, for another time.
  public Trace forAnotherTime() {
    return new Trace(read);
  }

  void read(Fact fact) {
    read.set(index(fact));
  }

  private static int index(Fact fact) {
    int entity =
        switch (fact.entity()) {
          case SUBJECT -> 0;
          case AUTHENTICATION -> 1;
          case DEVICE -> 2;
          case CONNECTION -> 3;
          case NETWORK -> 4;
          case RISK -> 5;
          case APP -> 6;
          case REQUEST -> 7;
        };
    return entity * PER_ENTITY + fact.slot();
  }

  void turnsAt(Instant time) {
    if (time.isBefore(turns)) turns = time;
  }

  /// Until here every evaluation that was made has the same result; [Instant#MAX] if time plays no
  /// part.
  public Instant turns() {
    return turns;
  }

  /// The facts read, as a key: equal for equal sets of facts. Not to be changed.
  public BitSet key() {
    return read;
  }

  /// The facts read.
  public Set<Fact> facts() {
    var facts = new HashSet<Fact>();
    for (var fact : FactsSchema.standard().all()) {
      if (read.get(index(fact))) facts.add(fact);
    }
    return Set.copyOf(facts);
  }
}
