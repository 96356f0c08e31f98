// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Two sources that cannot both be right, one on the stronger tier: a management product calls
/// healthy what the hardware says is unlocked. Sources of one tier that differ are a change under
/// way and no contradiction.
///
/// @param believed what the stronger tier says
/// @param against what the weaker tier says although it knew better or later
public record Contradiction(Signal believed, Signal against) {

  private static final Set<SignalName> HEALTHY_IF_TRUE =
      EnumSet.of(
          SignalName.ENCRYPTED,
          SignalName.SCREEN_LOCK,
          SignalName.SECURE_BOOT,
          SignalName.BOOTLOADER_LOCKED,
          SignalName.HARDWARE_KEY,
          SignalName.COMPLIANT);
  private static final Set<SignalName> HEALTHY_IF_FALSE =
      EnumSet.of(SignalName.ROOTED, SignalName.DEVELOPER_MODE);
  private static final Set<SignalName> SAME_FOR_EVER =
      EnumSet.of(SignalName.PLATFORM, SignalName.APP_SIGNER);
  private static final Set<SignalName> BOOT =
      EnumSet.of(SignalName.SECURE_BOOT, SignalName.BOOTLOADER_LOCKED, SignalName.VERIFIED_BOOT);

  /// Whether sources can contradict each other about this at all.
  public static boolean possible(SignalName name) {
    return HEALTHY_IF_TRUE.contains(name)
        || HEALTHY_IF_FALSE.contains(name)
        || SAME_FOR_EVER.contains(name)
        || BOOT.contains(name)
        || name == SignalName.PATCH_DATE;
  }

  /// Every contradiction among these signals, each pair once.
  static List<Contradiction> among(List<Signal> signals) {
    var found = new ArrayList<Contradiction>();
    for (Signal believed : signals)
      for (Signal against : signals)
        if (believed.tier().compareTo(against.tier()) > 0 && contradict(believed, against))
          found.add(new Contradiction(believed, against));
    return found;
  }

  private static boolean contradict(Signal believed, Signal against) {
    if (believed.name() == against.name()) {
      if (SAME_FOR_EVER.contains(believed.name())) return !believed.value().equals(against.value());
      return (unhealthy(believed).orElse(false) && !unhealthy(against).orElse(true))
          || newerThan(against, believed);
    }
    // Whoever calls a device compliant or not rooted that booted what nobody verified.
    return BOOT.contains(believed.name())
        && unhealthy(believed).orElse(false)
        && (against.name() == SignalName.COMPLIANT || against.name() == SignalName.ROOTED)
        && !unhealthy(against).orElse(true);
  }

  /// Whether the value is bad news; empty for names that have neither.
  private static Optional<Boolean> unhealthy(Signal signal) {
    if (HEALTHY_IF_TRUE.contains(signal.name())) return Optional.of(signal.value().equals("false"));
    if (HEALTHY_IF_FALSE.contains(signal.name())) return Optional.of(signal.value().equals("true"));
    if (signal.name() == SignalName.VERIFIED_BOOT)
      return Optional.of(!signal.value().equals("verified"));
    return Optional.empty();
  }

  /// A weaker source that claims a later patch than a stronger one saw afterwards: of a later
  /// month, because hardware often tells the month alone.
  private static boolean newerThan(Signal against, Signal believed) {
    return believed.name() == SignalName.PATCH_DATE
        && month(against).compareTo(month(believed)) > 0
        && believed.observed().isAfter(against.observed());
  }

  private static String month(Signal day) {
    return day.value().substring(0, "2026-11".length());
  }

  /// The names in it, such as `compliant` against `bootloader_locked`.
  public String label() {
    return against.name() == believed.name()
        ? believed.name().label()
        : against.name().label() + "/" + believed.name().label();
  }
}
