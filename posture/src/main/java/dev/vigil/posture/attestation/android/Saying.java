// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation.android;

import dev.vigil.posture.SignalName;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The signals that a key description proves.
///
/// Only what the secure hardware enforces counts. Versions and patch levels are read from the
/// system by the bootloader, so they count only if somebody vouches for that system; the app is
/// named by the system, so it counts only if the device's maker does. What does not count is left
/// out: unknown, not false.
final class Saying {

  private static final long PASSWORD = 1;
  private static final long BIOMETRIC = 2;
  private static final int DAYS = 1_000_000; // 20260905 is larger, 202609 is smaller

  private final KeyDescription says;
  private final Map<SignalName, String> signals = new EnumMap<>(SignalName.class);

  private Saying(KeyDescription says) {
    this.says = says;
  }

  static Map<SignalName, String> signals(KeyDescription says) {
    var saying = new Saying(says);
    saying.key();
    if (says.level() != KeyLevel.SOFTWARE) {
      saying.unlock();
      saying.model();
      says.boot().ifPresent(saying::boot);
    }
    return saying.signals;
  }

  private void put(SignalName name, String value) {
    if (name.read(value).isPresent()) signals.put(name, value);
  }

  private void key() {
    boolean hardware = says.level() != KeyLevel.SOFTWARE;
    put(SignalName.PLATFORM, "android");
    put(SignalName.ATTESTATION, hardware ? "hardware" : "software");
    put(SignalName.HARDWARE_KEY, String.valueOf(hardware));
    put(SignalName.KEY_PROTECTION, says.level().label());
  }

  /// Where a password will do instead of a fingerprint, it is the password that counts.
  private void unlock() {
    long types = says.hardware().unlockedBy().orElse(0L);
    if (says.hardware().open() || says.software().open()) put(SignalName.KEY_UNLOCK, "none");
    else if ((types & PASSWORD) != 0) put(SignalName.KEY_UNLOCK, "credential");
    else if ((types & BIOMETRIC) != 0) put(SignalName.KEY_UNLOCK, "biometric");
  }

  private void model() {
    Optional.ofNullable(says.hardware().names().get("model"))
        .ifPresent(model -> put(SignalName.MODEL, model));
  }

  private void boot(RootOfTrust boot) {
    put(SignalName.BOOTLOADER_LOCKED, String.valueOf(boot.locked()));
    put(SignalName.VERIFIED_BOOT, boot.state().label());
    put(SignalName.SECURE_BOOT, String.valueOf(boot.maker()));
    if (boot.vouched()) system();
    if (boot.maker()) says.app().ifPresent(this::app);
  }

  private void system() {
    var hardware = says.hardware();
    hardware
        .version()
        .flatMap(Saying::version)
        .ifPresent(version -> put(SignalName.OS_VERSION, version));
    day(SignalName.PATCH_DATE, hardware.patched().system());
    day(SignalName.VENDOR_PATCH_DATE, hardware.patched().vendor());
    day(SignalName.BOOT_PATCH_DATE, hardware.patched().boot());
  }

  /// `80100` is 8.1, as Android calls itself; 0 is a system that has no version.
  private static Optional<String> version(long number) {
    if (number <= 0 || number > 999_999) return Optional.empty();
    long major = number / 10_000;
    long minor = number / 100 % 100;
    long patch = number % 100;
    if (patch > 0) return Optional.of(major + "." + minor + "." + patch);
    return Optional.of(minor > 0 ? major + "." + minor : String.valueOf(major));
  }

  private void day(SignalName name, Optional<Long> level) {
    level.flatMap(Saying::day).ifPresent(day -> put(name, day.toString()));
  }

  /// `YYYYMM` or `YYYYMMDD`; without a day, or with day 0, the first of the month.
  private static Optional<LocalDate> day(long level) {
    long digits = level < DAYS ? level * 100 : level;
    try {
      return Optional.of(
          LocalDate.of(
              Math.toIntExact(digits / 10_000),
              (int) (digits / 100 % 100),
              Math.max(1, (int) (digits % 100))));
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private void app(AppIdentity app) {
    if (app.packages().size() == 1) put(SignalName.APP_NAME, app.packages().getFirst());
    if (app.signers().size() == 1)
      put(SignalName.APP_SIGNER, HexFormat.of().formatHex(app.signers().iterator().next().bytes()));
  }

  /// What the hardware was told at the factory that the device is, if the app asked for it, and
  /// what booted: the key that verified it and its hash, in hexadecimal.
  static Map<String, String> identifiers(KeyDescription says) {
    if (says.level() == KeyLevel.SOFTWARE) return Map.of();
    var found = new TreeMap<>(says.hardware().names());
    says.boot()
        .ifPresent(boot -> {
          found.put("verified_boot_key", HexFormat.of().formatHex(boot.key().toArray()));
          boot.hash()
              .ifPresent(hash ->
                  found.put("verified_boot_hash", HexFormat.of().formatHex(hash.toArray())));
        });
    return found;
  }
}
