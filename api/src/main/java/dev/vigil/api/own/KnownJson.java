// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.own;

import dev.vigil.admission.DeviceFacts;
import dev.vigil.admission.device.DeviceEvidence;
import dev.vigil.kernel.EvidenceTier;
import dev.vigil.posture.Contradiction;
import dev.vigil.posture.Signal;
import dev.vigil.posture.SignalForm;
import dev.vigil.posture.SignalName;
import dev.vigil.posture.attestation.AttestationFormat;
import dev.vigil.posture.attestation.Attested;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// What is known of a phone, in JSON, by what it is asked for. The page finds the words.
final class KnownJson {

  private KnownJson() {}

  /// What a rule could want to know it for.
  enum Purpose {
    /// Whether the phone still gets the security updates, and has them.
    UPDATES,
    /// Whether somebody could read or change what the apps hold.
    PROTECTION,
    /// Whether it is this phone that speaks, and only with its owner.
    KEY,
    /// Whether the app is the one that the organisation gave out.
    APP,
    /// Whether the organisation's own products look after the phone.
    MANAGEMENT;

    static Purpose of(SignalName name) {
      return switch (name) {
        case PLATFORM, MODEL, OS_VERSION, PATCH_DATE, VENDOR_PATCH_DATE -> UPDATES;
        case BOOT_PATCH_DATE, PATCH_CURRENT, OS_CURRENT -> UPDATES;
        case ROOTED, ENCRYPTED, SCREEN_LOCK, DEVELOPER_MODE, SECURE_BOOT -> PROTECTION;
        case BOOTLOADER_LOCKED, VERIFIED_BOOT, THREAT_LEVEL -> PROTECTION;
        case DEVICE_INTEGRITY, APP_ACCESS_RISK -> PROTECTION;
        case HARDWARE_KEY, KEY_PROTECTION, KEY_UNLOCK, ATTESTATION, ATTESTATION_ROOT -> KEY;
        case APP_NAME, APP_SIGNER, APP_INTEGRITY -> APP;
        case MANAGED, CORPORATE, COMPLIANT -> MANAGEMENT;
      };
    }
  }

  /// @param lookedAt the names of the facts that rules look at
  static Map<String, Object> of(DeviceEvidence known, Set<String> lookedAt) {
    var shown = new LinkedHashMap<String, Object>();
    shown.put("device", known.device().value());
    shown.put("test_root", known.testRoot());
    shown.put(
        "groups",
        Arrays.stream(Purpose.values())
            .map(purpose -> group(purpose, known, lookedAt))
            .filter(group -> group.get("signals") instanceof Collection<?> all && !all.isEmpty())
            .toList());
    shown.put(
        "contradictions",
        known.posture().contradictions().stream().map(KnownJson::contradiction).toList());
    return shown;
  }

  private static Map<String, Object> group(
      Purpose purpose, DeviceEvidence known, Set<String> lookedAt) {
    var current = known.posture().signals();
    return Map.of(
        "purpose",
        label(purpose),
        "signals",
        Arrays.stream(SignalName.values())
            .filter(name -> Purpose.of(name) == purpose)
            .flatMap(name -> Stream.ofNullable(current.get(name)))
            .map(signal -> current(signal, known.others(), lookedAt))
            .toList());
  }

  private static Map<String, Object> current(
      Signal signal, List<Signal> others, Set<String> lookedAt) {
    var shown = signal(signal);
    shown.put("looked_at", DeviceFacts.madeOf(signal.name()).stream().anyMatch(lookedAt::contains));
    shown.put(
        "others",
        others.stream().filter(one -> one.name() == signal.name()).map(KnownJson::signal).toList());
    return shown;
  }

  private static Map<String, Object> contradiction(Contradiction one) {
    return Map.of("believed", signal(one.believed()), "against", signal(one.against()));
  }

  private static Map<String, Object> signal(Signal signal) {
    var shown = new LinkedHashMap<String, Object>();
    shown.put("name", signal.name().label());
    shown.put("value", signal.value());
    shown.put("form", form(signal.name().form()));
    shown.put("from", from(signal));
    shown.put("source", signal.source());
    shown.put("test_root", Attested.underTestRoot(signal));
    shown.put("tier", label(signal.tier()));
    shown.put("observed", signal.observed().toString());
    shown.put("expires", signal.expires().toString());
    return shown;
  }

  private static String form(SignalForm form) {
    return switch (form) {
      case SignalForm.YesOrNo _ -> "flag";
      case SignalForm.OneOf _ -> "word";
      case SignalForm.IsoDay _ -> "day";
      case SignalForm.Name _, SignalForm.Numbered _ -> "text";
    };
  }

  /// Who speaks: the app, the hardware, the store, a product, or Vigil.
  private static String from(Signal signal) {
    return switch (signal.tier()) {
      case REPORTED -> "app";
      case OBSERVED -> "vigil";
      case MANAGED -> "product";
      case ATTESTED ->
          Attested.formatOf(signal).filter(AttestationFormat.PLAY_INTEGRITY::equals).isPresent()
              ? "store"
              : "hardware";
    };
  }

  private static String label(Purpose purpose) {
    return purpose.name().toLowerCase(Locale.ROOT);
  }

  private static String label(EvidenceTier tier) {
    return tier.name().toLowerCase(Locale.ROOT);
  }
}
