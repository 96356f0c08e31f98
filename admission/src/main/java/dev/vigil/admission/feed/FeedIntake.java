// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.feed;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.PlainText;
import dev.vigil.admission.View;
import dev.vigil.admission.Work;
import dev.vigil.admission.feed.SaidSignals.Extent;
import dev.vigil.kernel.DeviceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Takes what products say of devices: finds the devices, makes signals of the tier `managed`, and
/// keeps what is new. Devices of which nothing new is said cost a look, not a commit.
public final class FeedIntake {

  /// How many devices are looked at together, and at most changed in one commit.
  static final int TOGETHER = 200;

  private static final int LONGEST_ID = 256;

  private final Changes changes;

  public FeedIntake(Changes changes) {
    this.changes = changes;
  }

  /// Takes what a product that calls us said just now: some of what it knows. What it leaves out
  /// stays as it was.
  ///
  /// @param said any number of devices
  /// @throws dev.vigil.admission.Store.StoreUnavailable if it cannot be kept; what was taken of it
  ///   before stays
  public FeedState.Counts told(FeedRules rules, List<DeviceSaid> said) {
    return take(new Taking(rules, Extent.PART, new HashSet<>()), said);
  }

  /// Takes everything that a product or a list says of these devices. What it leaves out of a
  /// device is known no longer; other devices stay as they were.
  ///
  /// @throws dev.vigil.admission.Store.StoreUnavailable as [#told]
  public FeedState.Counts listed(FeedRules rules, List<DeviceSaid> said) {
    return listed(rules, said, new HashSet<>());
  }

  /// The same within a round.
  ///
  /// @param seen gets the devices that were found
  FeedState.Counts listed(FeedRules rules, List<DeviceSaid> said, Set<DeviceId> seen) {
    return take(new Taking(rules, Extent.WHOLE, seen), said);
  }

  private record Taking(FeedRules rules, Extent extent, Set<DeviceId> seen) {}

  private FeedState.Counts take(Taking taking, List<DeviceSaid> said) {
    var sound = sound(said);
    var counts = new FeedState.Counts(said.size(), 0, 0, said.size() - sound.size(), 0);
    for (int from = 0; from < sound.size(); from += TOGETHER) {
      var batch = sound.subList(from, Math.min(from + TOGETHER, sound.size()));
      counts = counts.plus(batch(taking, batch));
    }
    return counts;
  }

  /// Without entries whose id is no text for people, or stands there twice: nobody could say which
  /// of the two is true.
  private static List<DeviceSaid> sound(List<DeviceSaid> said) {
    var times = new HashMap<String, Integer>();
    said.forEach(one -> times.merge(one.id().management(), 1, Integer::sum));
    return said.stream()
        .filter(one -> PlainText.fits(one.id().management(), LONGEST_ID))
        .filter(one -> times.getOrDefault(one.id().management(), 0) == 1)
        .toList();
  }

  private FeedState.Counts batch(Taking taking, List<DeviceSaid> batch) {
    var now = changes.time().now();
    var looked =
        changes.read(view -> batch.stream().map(one -> look(view, taking, one, now)).toList());
    var found = new ArrayList<DeviceId>();
    looked.stream().filter(Looked::idle).forEach(one -> found.addAll(one.found));
    var news = looked.stream().filter(one -> !one.idle).map(Looked::said).toList();
    if (!news.isEmpty()) found.addAll(commit(taking, news));
    taking.seen.addAll(found);
    int leftOut = looked.stream().mapToInt(Looked::leftOut).sum();
    return new FeedState.Counts(0, found.size(), batch.size() - found.size(), 0, leftOut);
  }

  /// What was seen of an entry before anything is changed.
  ///
  /// @param found the device, or nothing
  /// @param idle whether nothing would change
  private record Looked(DeviceSaid said, List<DeviceId> found, boolean idle, int leftOut) {}

  private static Looked look(View view, Taking taking, DeviceSaid said, Instant now) {
    var rules = taking.rules;
    var match = Matching.find(view, rules, said);
    var signals = SaidSignals.of(rules, said, now);
    var found = found(match);
    boolean idle =
        !FeedLinks.changedBy(view.feeds(), rules, said, match)
            && found.stream()
                .allMatch(one -> signals.idle(rules, taking.extent, view.signals().of(one)));
    return new Looked(said, found, idle, signals.leftOut());
  }

  private static List<DeviceId> found(Match match) {
    return switch (match) {
      case Match.Found(var device, var _) -> List.of(device);
      case Match.Nobody _, Match.Contested _ -> List.of();
    };
  }

  /// Everything is looked at again, since it may have changed meanwhile.
  private List<DeviceId> commit(Taking taking, List<DeviceSaid> news) {
    return changes.<List<DeviceId>>commit(
        Actor.SYSTEM,
        work -> news.stream().flatMap(one -> apply(work, taking, one).stream()).toList());
  }

  private static List<DeviceId> apply(Work work, Taking taking, DeviceSaid said) {
    var match = Matching.find(work.tx(), taking.rules, said);
    FeedLinks.keep(work, taking.rules, said, match);
    var found = found(match);
    var signals = SaidSignals.of(taking.rules, said, work.now());
    found.forEach(one -> signals.keep(work, taking.rules, taking.extent, one));
    return found;
  }

  /// After a complete round that began from nothing: what the product no longer lists loses what
  /// the product said of it.
  ///
  /// @param seen every device of the round
  void gone(FeedRules rules, Set<DeviceId> seen) {
    String after = "";
    while (true) {
      String from = after;
      var links = changes.read(view -> view.feeds().links(rules.id(), from, TOGETHER));
      if (links.isEmpty()) return;
      after = links.getLast().management();
      var lost =
          links.stream()
              .filter(one -> one.device().filter(device -> !seen.contains(device)).isPresent())
              .filter(one -> changes.read(view -> FeedLinks.holds(view, one)))
              .toList();
      if (lost.isEmpty()) continue;
      changes.commit(
          Actor.SYSTEM,
          work -> {
            lost.forEach(one -> FeedLinks.lose(work, one));
            return true;
          });
    }
  }
}
