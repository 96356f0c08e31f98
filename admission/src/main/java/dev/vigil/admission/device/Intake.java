// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.device;

import dev.vigil.admission.Work;
import dev.vigil.kernel.DeviceId;
import dev.vigil.posture.Contradiction;
import dev.vigil.posture.Posture;
import dev.vigil.posture.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// How every signal comes in, whoever says it: what is new is kept, with history and an event; what
/// says the same only later freshens what is there, and not at each repetition; contradictions that
/// were not there before are an event of their own.
public final class Intake {

  /// How much later a repetition must be to be written: what is repeated every minute by a hundred
  /// thousand phones costs a look, not a commit. Evidence may look this much older than it is.
  public static final Duration FRESHENING = Duration.ofMinutes(5);

  private Intake() {}

  /// Takes signals into a change that is under way and returns the device's posture after it.
  ///
  /// @param cause for the event, such as `reported by the app`
  public static Posture take(Work work, DeviceId device, List<Signal> signals, String cause) {
    var before = work.tx().signals().of(device);
    if (signals.isEmpty()) return Posture.merge(before, work.now());
    var news = new ArrayList<Signal>();
    var repeated = new ArrayList<Signal>();
    for (Signal signal : signals) {
      var known = known(before, signal);
      if (known.filter(signal::saysSameAs).isEmpty()) news.add(signal);
      else if (later(signal, known.get())) repeated.add(signal);
    }
    work.tx().signals().put(device, news);
    work.tx().signals().freshen(device, repeated);
    var after = Posture.merge(work.tx().signals().of(device), work.now());
    if (!news.isEmpty()) work.event("device-posture-change", cause, details(news), device);
    else if (!repeated.isEmpty()) work.event("device-posture-seen", cause, Map.of(), device);
    contradictions(work, device, Posture.merge(before, work.now()), after);
    return after;
  }

  /// Whether taking these signals would change nothing; then no change need be made at all.
  public static boolean idle(List<Signal> before, List<Signal> signals) {
    return signals.stream()
        .allMatch(signal ->
            known(before, signal)
                .filter(known -> signal.saysSameAs(known) && !later(signal, known))
                .isPresent());
  }

  private static Optional<Signal> known(List<Signal> before, Signal signal) {
    return before.stream()
        .filter(one -> one.name() == signal.name() && one.source().equals(signal.source()))
        .findFirst();
  }

  private static boolean later(Signal signal, Signal known) {
    return !signal.observed().isBefore(known.observed().plus(FRESHENING))
        || !signal.expires().isBefore(known.expires().plus(FRESHENING));
  }

  private static Map<String, String> details(List<Signal> signals) {
    var details = new TreeMap<String, String>();
    signals.forEach(signal -> details.put(signal.name().label(), signal.value()));
    details.put("source", signals.getFirst().source());
    return details;
  }

  private static void contradictions(Work work, DeviceId device, Posture before, Posture after) {
    Set<String> known =
        before.contradictions().stream().map(Contradiction::label).collect(Collectors.toSet());
    var fresh =
        after.contradictions().stream().filter(one -> !known.contains(one.label())).toList();
    if (fresh.isEmpty()) return;
    var details = new TreeMap<String, String>();
    fresh.forEach(
        one -> details.put(one.label(), said(one.against()) + ", but " + said(one.believed())));
    work.event("device-contradiction", "sources contradict each other", details, device);
  }

  private static String said(Signal signal) {
    return signal.source() + " says " + signal.name().label() + "=" + signal.value();
  }
}
