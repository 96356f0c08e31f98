// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation.play;

import dev.vigil.posture.SignalName;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;

/// The signals that a verdict of Play proves. What Play did not evaluate says nothing.
final class PlaySaying {

  private final Map<SignalName, String> signals = new EnumMap<>(SignalName.class);

  private PlaySaying() {}

  static Map<SignalName, String> signals(PlayVerdict verdict) {
    var saying = new PlaySaying();
    saying.put(SignalName.PLATFORM, "android");
    saying.put(SignalName.DEVICE_INTEGRITY, device(verdict));
    verdict.app().ifPresent(saying::app);
    if (!verdict.appsDetected().isEmpty()) saying.put(SignalName.APP_ACCESS_RISK, risk(verdict));
    verdict.playProtect().ifPresent(saying::threat);
    return saying.signals;
  }

  private void put(SignalName name, String value) {
    if (name.read(value).isPresent()) signals.put(name, value);
  }

  /// The strongest label; a virtual device has none of them.
  private static String device(PlayVerdict verdict) {
    var labels = verdict.device();
    if (labels.contains("MEETS_STRONG_INTEGRITY")) return "strong";
    if (labels.contains("MEETS_DEVICE_INTEGRITY")) return "device";
    return labels.contains("MEETS_BASIC_INTEGRITY") ? "basic" : "none";
  }

  private void app(PlayVerdict.App app) {
    put(SignalName.APP_INTEGRITY, app.recognized() ? "recognized" : "unrecognized");
    put(SignalName.APP_NAME, app.packageName());
    if (app.signers().size() == 1)
      put(SignalName.APP_SIGNER, HexFormat.of().formatHex(app.signers().iterator().next().bytes()));
  }

  /// The worst that a running app could do, whether Play knows that app or not. Drawing over
  /// another app counts as capturing: what the person types can be caught.
  private static String risk(PlayVerdict verdict) {
    if (verdict.appsDetected().stream().anyMatch(label -> label.endsWith("_CONTROLLING")))
      return "controlling";
    boolean captures =
        verdict.appsDetected().stream()
            .anyMatch(label -> label.endsWith("_CAPTURING") || label.endsWith("_OVERLAYS"));
    return captures ? "capturing" : "none";
  }

  /// That Play Protect is switched off is a possible risk.
  private void threat(String playProtect) {
    switch (playProtect) {
      case "NO_ISSUES" -> put(SignalName.THREAT_LEVEL, "none");
      case "POSSIBLE_RISK" -> put(SignalName.THREAT_LEVEL, "low");
      case "MEDIUM_RISK" -> put(SignalName.THREAT_LEVEL, "medium");
      case "HIGH_RISK" -> put(SignalName.THREAT_LEVEL, "high");
      default -> {} // no data, not evaluated, or a word to come: says nothing
    }
  }
}
