// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.policy.FactsSchema;
import dev.vigil.policy.language.PolicyReader;
import dev.vigil.policy.language.PolicySource;
import dev.vigil.policy.language.Reading;
import dev.vigil.policy.rule.CompiledPolicySet;
import dev.vigil.workbench.suite.Suite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The ready-made rules: a sound phone passes, each flaw is told with its fix, what is unknown does
/// not pass.
class BaselineTest {

  private static final String PERMIT =
      """
      permit:
        everybody:
          app: any
          who: device.active
      """;

  private static final String SOUND_ANDROID =
      "{active: true, platform: android, rooted: {value: false, age: 1h}, encrypted: true,"
          + " screen_lock: true, system_support_ends: 9999-12-31, update_due: 2026-11-02";
  private static final String SOUND_IPHONE =
      "{active: true, platform: ios, rooted: {value: false, age: 1h}, screen_lock: true,"
          + " system_support_ends: 9999-12-31, update_due: 9999-12-31";
  private static final String PROVEN = ", attestation: hardware, attestation_root: vendor";
  private static final String BOOTED =
      ", developer_mode: false, verified_boot: verified, bootloader_locked: true";

  private static String sound(Baseline baseline) {
    return switch (baseline) {
      case ANDROID_MODERATE -> SOUND_ANDROID;
      case ANDROID_STRICT -> SOUND_ANDROID + PROVEN + BOOTED;
      case IOS_MODERATE -> SOUND_IPHONE;
      case IOS_STRICT -> SOUND_IPHONE + PROVEN;
    };
  }

  /// What is wrong, and the fix that the person is told.
  private static Map<String, String> flaws(Baseline baseline) {
    var flaws = new LinkedHashMap<String, String>();
    flaws.put("rooted: true", "restore-system");
    flaws.put("screen_lock: false", "set-screen-lock");
    flaws.put("system_support_ends: 2026-01-01", "upgrade-os");
    flaws.put("update_due: 2026-08-01", "update-os");
    flaws.put("threat_level: high", "remove-threat");
    if (baseline.label().startsWith("android")) flaws.put("encrypted: false", "encrypt-storage");
    if (baseline.label().endsWith("strict")) {
      flaws.put("attestation: software", "attest-device");
      flaws.put("attestation_root: test", "attest-device");
      flaws.put("threat_level: medium", "remove-threat");
      flaws.put("rooted: {value: false, age: 25h}", "report-posture");
    }
    if (baseline == Baseline.ANDROID_STRICT) {
      flaws.put("developer_mode: true", "turn-off-developer-mode");
      flaws.put("verified_boot: self-signed", "lock-bootloader");
      flaws.put("bootloader_locked: false", "lock-bootloader");
      flaws.put("update_due: 2026-10-01", "update-os");
    }
    return flaws;
  }

  private static CompiledPolicySet set(Baseline baseline) {
    var files =
        List.of(
            new PolicySource("permit.yaml", PERMIT),
            new PolicySource(baseline.label() + ".yaml", baseline.text()));
    return switch (PolicyReader.read(files, 1)) {
      case Reading.Loaded loaded -> loaded.set();
      case Reading.Rejected rejected -> throw new AssertionError(rejected.problems());
    };
  }

  private static String cases(Baseline baseline) {
    var text = new StringBuilder("at: 2026-11-23T09:00:00Z\ndefaults:\n  sound:\n    device: ");
    text.append(sound(baseline)).append("}\n    app: {id: any-app, sensitivity: normal}\n");
    text.append("cases:\n  sound:\n    given: {like: sound}\n    expect: allow\n");
    int number = 0;
    for (var flaw : flaws(baseline).entrySet())
      text.append("  flaw ")
          .append(++number)
          .append(":\n    given: {like: sound, device: {")
          .append(flaw.getKey())
          .append("}}\n    expect: {outcome: remediate, steps: ")
          .append(flaw.getValue())
          .append("}\n");
    for (var name : List.of("rooted", "screen_lock", "system_support_ends", "update_due"))
      text.append("  unknown ")
          .append(name)
          .append(":\n    given: {like: sound, device: {")
          .append(name)
          .append(": null}}\n    expect: {outcome: remediate}\n");
    text.append("  nothing known:\n    given: {like: sound, device: null}\n    expect: deny\n");
    return text.toString();
  }

  @ParameterizedTest
  @EnumSource(Baseline.class)
  void a_sound_phone_passes_and_each_flaw_is_told_with_its_fix(Baseline baseline) {
    var read =
        Suite.read(
            List.of(new PolicySource("cases.test.yaml", cases(baseline))), FactsSchema.standard());
    if (!(read instanceof Suite.Reading.Loaded(Suite suite)))
      throw new AssertionError(read + "\n" + cases(baseline));
    var failed = new ArrayList<String>();
    for (var one : suite.run(set(baseline)).failed())
      failed.add(one.of().name() + " " + one.differences());
    assertThat(failed).isEmpty();
  }
}
