// SPDX-License-Identifier: Apache-2.0
package dev.vigil.testkit;

import dev.vigil.admission.FactsSink;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A sink that remembers every commit in the order it came.
public final class CollectedFacts implements FactsSink {

  private final List<Committed> all = new CopyOnWriteArrayList<>();

  @Override
  public void committed(Committed change) {
    all.add(change);
  }

  /// Every commit so far, oldest first.
  public List<Committed> all() {
    return List.copyOf(all);
  }

  /// The latest commit.
  ///
  /// @throws IllegalStateException if there was none
  public Committed last() {
    if (all.isEmpty()) throw new IllegalStateException("nothing was committed");
    return all.getLast();
  }

  /// The latest change of this kind.
  ///
  /// @throws IllegalStateException if there was none
  public <C extends Change> C last(Class<C> kind) {
    return all.reversed().stream()
        .flatMap(commit -> commit.changes().reversed().stream())
        .filter(kind::isInstance)
        .map(kind::cast)
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("no " + kind.getSimpleName() + " was committed"));
  }
}
