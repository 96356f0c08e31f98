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
  ROOTED(new SignalForm.YesOrNo()),
  ENCRYPTED(new SignalForm.YesOrNo()),
  SCREEN_LOCK(new SignalForm.YesOrNo()),
  SECURE_BOOT(new SignalForm.YesOrNo()),
  THREAT_LEVEL(SignalForm.OneOf.of("none", "low", "medium", "high")),
  MANAGED(new SignalForm.YesOrNo()),
  CORPORATE(new SignalForm.YesOrNo()),
  COMPLIANT(new SignalForm.YesOrNo()),
  HARDWARE_KEY(new SignalForm.YesOrNo());

  @SuppressWarnings("ImmutableEnumChecker") // every form is a record of an immutable list
  private final SignalForm form;

  SignalName(SignalForm form) {
    this.form = form;
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
