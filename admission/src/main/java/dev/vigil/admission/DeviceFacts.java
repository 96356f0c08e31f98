// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import dev.vigil.kernel.EvidenceTier;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Evidence;
import dev.vigil.policy.Facts;
import dev.vigil.policy.Version;
import dev.vigil.posture.Contradiction;
import dev.vigil.posture.Device;
import dev.vigil.posture.Posture;
import dev.vigil.posture.Signal;
import dev.vigil.posture.SignalName;
import dev.vigil.posture.SignalValue;
import dev.vigil.posture.release.VendorReleases;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What policies may know of a device: its signals, how they contradict each other, and what the
/// maker's releases say of the versions in them.
public final class DeviceFacts {

  /// The facts that change when only the makers' data do.
  public static final List<String> OF_RELEASES =
      List.of("device.update_due", "device.system_support_ends", "device.model_support_ends");

  private DeviceFacts() {}

  /// The names of the facts that are made of a signal of this name.
  public static List<String> madeOf(SignalName name) {
    var made = new ArrayList<String>();
    made.add("device." + name.label());
    if (Contradiction.possible(name)) made.add("device.contradictions");
    if (name == SignalName.PLATFORM || name == SignalName.OS_VERSION)
      made.addAll(List.of("device.update_due", "device.system_support_ends"));
    if (name == SignalName.PATCH_DATE) made.add("device.update_due");
    if (name == SignalName.MODEL) made.add("device.model_support_ends");
    return List.copyOf(made);
  }

  /// Of a device and its current signals, each with its own tier and time.
  ///
  /// @param releases what its maker says of releases
  public static Facts of(Device device, Posture posture, VendorReleases releases, long version) {
    var changed = device.revoked().map(Device.Revoked::at).orElse(device.enrolledAt());
    var facts =
        Facts.about(Entity.DEVICE, device.id().value(), version)
            .put(
                "device.id",
                device.id().value(),
                new Evidence(EvidenceTier.OBSERVED, device.enrolledAt()))
            .put("device.active", device.active(), new Evidence(EvidenceTier.OBSERVED, changed));
    posture.signals().values().forEach(signal -> putSignal(facts, signal));
    putContradictions(facts, posture, changed);
    new Derived(posture, releases).putAll(facts);
    return facts.build();
  }

  /// We compared what the sources say; that is as old as the youngest part of it.
  private static void putContradictions(Facts.Builder facts, Posture posture, Instant since) {
    var labels =
        posture.contradictions().stream().map(Contradiction::label).distinct().sorted().toList();
    var compared =
        posture.contradictions().stream()
            .flatMap(one -> Stream.of(one.believed().observed(), one.against().observed()))
            .max(Comparator.naturalOrder())
            .orElse(since);
    facts.put("device.contradictions", labels, new Evidence(EvidenceTier.OBSERVED, compared));
  }

  private static void putSignal(Facts.Builder facts, Signal signal) {
    signal
        .name()
        .read(signal.value())
        .ifPresent(value ->
            facts.put(
                "device." + signal.name().label(),
                carried(value),
                new Evidence(signal.tier(), signal.observed())));
  }

  private static Object carried(SignalValue value) {
    return switch (value) {
      case SignalValue.Flag flag -> flag.value();
      case SignalValue.Text text -> text.value();
      case SignalValue.Numbers numbers -> Version.parse(numbers.toString());
      case SignalValue.Day day -> day.value();
    };
  }

  /// What follows from signals and the makers' data; worth as much as the weakest signal it follows
  /// from, and as old as the oldest.
  private record Derived(Posture posture, VendorReleases releases) {

    void putAll(Facts.Builder facts) {
      var platform = posture.find(SignalName.PLATFORM);
      var system = posture.find(SignalName.OS_VERSION);
      if (platform.isPresent() && system.isPresent()) {
        var name = platform.get().value();
        if (read(system.get()) instanceof SignalValue.Numbers version) {
          put(
              facts,
              "device.system_support_ends",
              releases.systemSupportEnds(name, version),
              List.of(platform.get(), system.get()));
          put(
              facts,
              "device.update_due",
              releases.updateDue(name, version).filter(_ -> !name.equals("android")),
              List.of(platform.get(), system.get()));
        }
      }
      patch(facts, platform);
      posture
          .find(SignalName.MODEL)
          .ifPresent(model ->
              put(
                  facts,
                  "device.model_support_ends",
                  releases.modelSupportEnds(model.value()),
                  List.of(model)));
    }

    /// Android's updates are its monthly patches.
    private void patch(Facts.Builder facts, Optional<Signal> platform) {
      var patch = posture.find(SignalName.PATCH_DATE);
      if (patch.isEmpty() || platform.filter(one -> one.value().equals("android")).isEmpty())
        return;
      if (read(patch.get()) instanceof SignalValue.Day(LocalDate level))
        put(
            facts,
            "device.update_due",
            Optional.of(VendorReleases.patchDue(level)),
            List.of(platform.get(), patch.get()));
    }

    private static SignalValue read(Signal signal) {
      return signal
          .name()
          .read(signal.value())
          .orElseGet(() -> new SignalValue.Text(signal.value()));
    }

    private static void put(
        Facts.Builder facts, String name, Optional<LocalDate> day, List<Signal> from) {
      day.ifPresent(value ->
          facts.put(
              name,
              value,
              new Evidence(
                  from.stream().map(Signal::tier).min(Comparator.naturalOrder()).orElseThrow(),
                  from.stream()
                      .map(Signal::observed)
                      .min(Comparator.naturalOrder())
                      .orElseThrow())));
    }
  }
}
