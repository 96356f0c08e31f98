// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a signal is about. The label is the name in reports and, prefixed with `device.`, in
/// policies.
public enum SignalName {
  PLATFORM(SignalForm.OneOf.of("android", "ios", "ipados", "macos", "windows", "linux")),
  MODEL(new SignalForm.Name()),
  OS_VERSION(new SignalForm.Numbered()),
  PATCH_DATE(new SignalForm.IsoDay()),
  VENDOR_PATCH_DATE(new SignalForm.IsoDay()),
  BOOT_PATCH_DATE(new SignalForm.IsoDay()),
  ROOTED(new SignalForm.YesOrNo()),
  ENCRYPTED(new SignalForm.YesOrNo()),
  SCREEN_LOCK(new SignalForm.YesOrNo()),
  DEVELOPER_MODE(new SignalForm.YesOrNo()),
  /// Whether the patch is as new as the organisation asked this phone about; for phones that tell
  /// no dates.
  PATCH_CURRENT(new SignalForm.YesOrNo()),
  /// Whether the system's version is as new as the organisation asked this phone about.
  OS_CURRENT(new SignalForm.YesOrNo()),
  SECURE_BOOT(new SignalForm.YesOrNo()),
  BOOTLOADER_LOCKED(new SignalForm.YesOrNo()),
  VERIFIED_BOOT(SignalForm.OneOf.of("verified", "self-signed", "unverified", "failed")),
  THREAT_LEVEL(SignalForm.OneOf.of("none", "low", "medium", "high")),
  MANAGED(new SignalForm.YesOrNo()),
  CORPORATE(new SignalForm.YesOrNo()),
  COMPLIANT(new SignalForm.YesOrNo()),
  HARDWARE_KEY(new SignalForm.YesOrNo()),
  /// Where the device's key is kept, as its attestation says.
  KEY_PROTECTION(SignalForm.OneOf.of("software", "tee", "strongbox", "secure-enclave", "tpm")),
  /// What the person must do before the key signs, as its attestation says.
  KEY_UNLOCK(SignalForm.OneOf.of("none", "credential", "biometric")),
  ATTESTATION(SignalForm.OneOf.of("none", "software", "hardware"), Says.VERIFIER),
  ATTESTATION_ROOT(SignalForm.OneOf.of("vendor", "test"), Says.VERIFIER),
  /// The app that speaks for the device: package name or bundle id.
  APP_NAME(new SignalForm.Name()),
  /// SHA-256 of the certificate that signed the app, in lower-case hexadecimal.
  APP_SIGNER(new SignalForm.Name()),
  /// Whether the app is the one that the store distributes, as the store says.
  APP_INTEGRITY(SignalForm.OneOf.of("unrecognized", "recognized"), Says.VERIFIER),
  /// How far the vendor vouches for the device's integrity.
  DEVICE_INTEGRITY(SignalForm.OneOf.of("none", "basic", "device", "strong"), Says.VERIFIER),
  /// What other apps on the device could do to this one.
  APP_ACCESS_RISK(SignalForm.OneOf.of("none", "capturing", "controlling"), Says.VERIFIER);

  /// Who can say it at all.
  private enum Says {
    ANYBODY,
    /// Only who has verified a platform's statement.
    VERIFIER
  }

  @SuppressWarnings("ImmutableEnumChecker") // every form is a record of an immutable list
  private final SignalForm form;

  private final Says says;

  SignalName(SignalForm form) {
    this(form, Says.ANYBODY);
  }

  SignalName(SignalForm form, Says says) {
    this.form = form;
    this.says = says;
  }

  /// Whether an app may report it of its own phone; what only a verified statement says, it may
  /// not.
  public boolean reportable() {
    return says == Says.ANYBODY;
  }

  /// How its values are written.
  public SignalForm form() {
    return form;
  }

  /// The value, or empty if the text is not of this signal's form.
  public Optional<SignalValue> read(String text) {
    return form.read(text);
  }

  /// The name in reports, such as `patch_date`.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The signal of this label, if there is one.
  public static Optional<SignalName> find(String label) {
    return Arrays.stream(values()).filter(name -> name.label().equals(label)).findFirst();
  }
}
