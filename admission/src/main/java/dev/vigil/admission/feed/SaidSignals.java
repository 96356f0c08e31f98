// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.feed;

import dev.vigil.admission.Work;
import dev.vigil.admission.device.Intake;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.EvidenceTier;
import dev.vigil.posture.Signal;
import dev.vigil.posture.SignalForm;
import dev.vigil.posture.SignalName;
import dev.vigil.posture.SignalValue;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// What a product says of a device as signals. A value that its signal cannot have, that only a
/// verified statement can say, or that lies ahead is left out: never repaired, never trusted.
///
/// @param leftOut how many values were
/// @param dated whether the product said when it saw this
record SaidSignals(List<Signal> all, int leftOut, boolean dated) {

  static SaidSignals of(FeedRules rules, DeviceSaid said, Instant now) {
    var observed = said.observed().filter(at -> at.isBefore(now)).orElse(now);
    var expires = now.plus(rules.lifetime());
    var all = new ArrayList<Signal>();
    said.says()
        .forEach((name, value) -> {
          if (sound(name, value, now))
            all.add(new Signal(name, value, rules.id(), EvidenceTier.MANAGED, observed, expires));
        });
    return new SaidSignals(
        List.copyOf(all), said.says().size() - all.size(), said.observed().isPresent());
  }

  private static boolean sound(SignalName name, String value, Instant now) {
    return name.reportable()
        && value.length() <= SignalForm.LONGEST
        && name.read(value).filter(one -> !liesAhead(one, now)).isPresent();
  }

  /// A day is ahead if it is tomorrow everywhere on earth.
  private static boolean liesAhead(SignalValue value, Instant now) {
    var today = now.atOffset(ZoneOffset.ofHours(14)).toLocalDate();
    return value instanceof SignalValue.Day day && day.value().isAfter(today);
  }

  /// Whether all of it is known, and fresh enough: nothing that was seen later, and at least half
  /// of its life before it. Where the product does not say when it saw something, it looks up to an
  /// eighth of the lifetime older than it is.
  boolean idle(FeedRules rules, Extent extent, List<Signal> known) {
    var own = own(rules, known);
    if (extent == Extent.WHOLE && !lacking(own).isEmpty()) return false;
    return news(extent, own).stream()
        .allMatch(signal ->
            own.stream().anyMatch(one -> one.saysSameAs(signal) && fresh(rules, one, signal)));
  }

  /// What is sent by itself may arrive late: it does not undo what was seen after it.
  private List<Signal> news(Extent extent, List<Signal> own) {
    if (extent == Extent.WHOLE) return all;
    return all.stream()
        .filter(signal ->
            own.stream()
                .noneMatch(one ->
                    one.name() == signal.name() && one.observed().isAfter(signal.observed())))
        .toList();
  }

  private boolean fresh(FeedRules rules, Signal known, Signal said) {
    var slack = dated ? Intake.FRESHENING : rules.lifetime().dividedBy(8);
    return said.observed().isBefore(known.observed().plus(slack))
        && known.expires().isAfter(said.expires().minus(rules.lifetime().dividedBy(2)));
  }

  /// What the product said before and says no longer.
  private List<Signal> lacking(List<Signal> own) {
    return own.stream()
        .filter(one -> all.stream().noneMatch(signal -> signal.name() == one.name()))
        .toList();
  }

  private static List<Signal> own(FeedRules rules, List<Signal> known) {
    return known.stream().filter(one -> one.source().equals(rules.id())).toList();
  }

  /// Keeps what is new. Of a whole statement, what it no longer says goes.
  void keep(Work work, FeedRules rules, Extent extent, DeviceId device) {
    var known = work.tx().signals().of(device);
    if (idle(rules, extent, known)) return;
    var own = own(rules, known);
    var lacking = extent == Extent.WHOLE ? lacking(own) : List.<Signal>of();
    if (!lacking.isEmpty()) {
      work.tx().signals().removeSource(device, rules.id());
      var details = new TreeMap<String, String>();
      lacking.forEach(one -> details.put(one.name().label(), "no longer said"));
      details.put("source", rules.id());
      work.event("device-posture-change", "said by " + rules.id(), details, device);
    }
    Intake.take(work, device, news(extent, own), "said by " + rules.id());
  }

  /// How much of what a product knows a statement holds.
  enum Extent {
    /// Everything; what is left out is known no longer.
    WHOLE,
    /// Some; what is left out stays as it was.
    PART
  }
}
