// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.release;

import dev.vigil.posture.SignalValue.Numbers;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// What makers say of their releases, to be asked by platform, version, patch level and model.
/// Whatever the data do not hold is unknown, never fine.
public final class VendorReleases {

  /// The day that stands for "no end announced" and for "nothing to install".
  public static final LocalDate NEVER = LocalDate.of(9999, 12, 31);

  /// The day that stands for an end in the past whose date nobody tells.
  public static final LocalDate LONG_AGO = LocalDate.EPOCH;

  /// Nothing is known of any release.
  public static final VendorReleases NONE = new VendorReleases(Map.of(), Map.of(), List.of());

  private final Map<String, List<Cycle>> systems;
  private final Map<String, List<Release>> versions;
  private final Map<String, LocalDate> models;

  /// One line of releases of an operating system.
  ///
  /// @param name such as `17` or `12.1`
  /// @param supportEnds [#NEVER] if no end is announced, [#LONG_AGO] if it ended at no date known
  record Cycle(Numbers name, LocalDate supportEnds, Optional<Release> latest) {

    boolean holds(Numbers version) {
      int length = name.parts().size();
      return version.parts().size() >= length
          && version.parts().subList(0, length).equals(name.parts());
    }
  }

  /// A version and the day it came out.
  record Release(Numbers version, LocalDate out) {}

  /// One model's name and until when its maker patches it.
  record Model(String name, LocalDate supportEnds) {}

  VendorReleases(
      Map<String, List<Cycle>> systems, Map<String, List<Release>> versions, List<Model> models) {
    this.systems = Map.copyOf(systems);
    this.versions = Map.copyOf(versions);
    var byName = new HashMap<String, LocalDate>();
    models.forEach(
        model -> byName.merge(plain(model.name), model.supportEnds, VendorReleases::earlier));
    this.models = Map.copyOf(byName);
  }

  private static LocalDate earlier(LocalDate a, LocalDate b) {
    return a.isBefore(b) ? a : b;
  }

  private static String plain(String model) {
    return model.toLowerCase(Locale.ROOT).strip();
  }

  /// Until when security fixes of this version of the system come; [#NEVER] if no end is announced.
  ///
  /// @param platform a value of the signal `platform`
  public Optional<LocalDate> systemSupportEnds(String platform, Numbers version) {
    return cycle(platform, version).map(Cycle::supportEnds);
  }

  private Optional<Cycle> cycle(String platform, Numbers version) {
    return systems.getOrDefault(platform, List.of()).stream()
        .filter(cycle -> cycle.holds(version))
        .max(Comparator.comparingInt(cycle -> cycle.name().parts().size()));
  }

  /// Until when the maker patches this model; empty if the data do not hold it.
  public Optional<LocalDate> modelSupportEnds(String model) {
    return Optional.ofNullable(models.get(plain(model)));
  }

  /// Since when an update is out that a device of this system lacks; [#NEVER] if it has the latest.
  /// Within a line of releases only: moving to another line is due when this one's support ends.
  public Optional<LocalDate> updateDue(String platform, Numbers version) {
    return cycle(platform, version).map(cycle -> updateDue(platform, version, cycle));
  }

  private LocalDate updateDue(String platform, Numbers version, Cycle cycle) {
    var missing =
        versions.getOrDefault(platform, List.of()).stream()
            .filter(release -> cycle.holds(release.version()))
            .filter(release -> order(release.version(), version) > 0)
            .map(Release::out)
            .min(Comparator.naturalOrder())
            .or(() ->
                cycle
                    .latest()
                    .filter(latest -> order(latest.version(), version) > 0)
                    .map(Release::out));
    return earlier(missing.orElse(NEVER), cycle.supportEnds());
  }

  /// Since when the next of Android's monthly security bulletins is out after the one of a patch
  /// level: they come on the first Monday of a month (source.android.com, Android Security
  /// Bulletins). No data are needed; a day that lies ahead means that nothing is due yet.
  public static LocalDate patchDue(LocalDate patchLevel) {
    return patchLevel.plusMonths(1).with(TemporalAdjusters.firstInMonth(DayOfWeek.MONDAY));
  }

  private static int order(Numbers a, Numbers b) {
    int length = Math.max(a.parts().size(), b.parts().size());
    return IntStream.range(0, length)
        .map(index -> Integer.compare(part(a, index), part(b, index)))
        .filter(difference -> difference != 0)
        .findFirst()
        .orElse(0);
  }

  private static int part(Numbers version, int index) {
    return index < version.parts().size() ? version.parts().get(index) : 0;
  }
}
