// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.feed;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// A product that answers as a test wrote down, and fails if it is asked more often.
final class ScriptedSource implements PostureSource {

  private final Deque<Step> steps = new ArrayDeque<>();
  final List<Optional<String>> cursors = new ArrayList<>();

  private interface Step {
    Page answer() throws Unavailable;
  }

  ScriptedSource page(String next, DeviceSaid... devices) {
    return page(0, Optional.of(next), Optional.empty(), devices);
  }

  ScriptedSource last(DeviceSaid... devices) {
    return page(0, Optional.empty(), Optional.empty(), devices);
  }

  ScriptedSource page(
      int unreadable, Optional<String> next, Optional<String> resume, DeviceSaid... devices) {
    steps.add(() -> new Page(List.of(devices), unreadable, next, resume));
    return this;
  }

  ScriptedSource fails(Reason reason, Optional<Instant> again) {
    steps.add(() -> {
      throw new Unavailable(reason, "it says no", again);
    });
    return this;
  }

  @Override
  public String id() {
    return "intune";
  }

  @Override
  public Page read(Optional<String> cursor) throws Unavailable {
    cursors.add(cursor);
    return steps.remove().answer();
  }
}
