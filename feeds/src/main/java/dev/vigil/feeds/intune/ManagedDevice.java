// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.intune;

import dev.vigil.admission.feed.DeviceSaid;
import dev.vigil.feeds.said.Saying;
import dev.vigil.posture.SignalName;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What one `managedDevice` of Microsoft Graph says ("managedDevice resource type").
final class ManagedDevice {

  /// `complianceState`. In a grace period the device is not compliant, only not blocked yet.
  private static final Map<String, String> COMPLIANT =
      Map.of(
          "compliant", "true",
          "noncompliant", "false",
          "conflict", "false",
          "error", "false",
          "inGracePeriod", "false");

  /// `jailBroken` is a text: `True`, `False` or `Unknown`.
  private static final Map<String, String> ROOTED = Map.of("true", "true", "false", "false");

  private static final Map<String, String> CORPORATE =
      Map.of("company", "true", "personal", "false");

  /// `partnerReportedThreatState`; where the partner does not look, nothing is said.
  private static final Map<String, String> THREAT =
      Map.of(
          "secured", "none",
          "lowSeverity", "low",
          "mediumSeverity", "medium",
          "highSeverity", "high",
          "compromised", "high");

  /// `managementAgent`: who only reads mail, or only looks for threats, manages nothing.
  private static final Map<String, String> MANAGED =
      Map.ofEntries(
          Map.entry("mdm", "true"),
          Map.entry("easMdm", "true"),
          Map.entry("intuneClient", "true"),
          Map.entry("easIntuneClient", "true"),
          Map.entry("configurationManagerClientMdm", "true"),
          Map.entry("configurationManagerClientMdmEas", "true"),
          Map.entry("googleCloudDevicePolicyController", "true"),
          Map.entry("microsoft365ManagedMdm", "true"),
          Map.entry("eas", "false"),
          Map.entry("msSense", "false"));

  private static final Set<String> PHONES = Set.of("android", "ios", "ipados");
  private static final Instant NEVER = Instant.parse("2000-01-01T00:00:00Z");

  private ManagedDevice() {}

  /// The device, or empty if it has no id.
  static Optional<DeviceSaid> read(JsonNode device) {
    return Saying.id(device.path("id")).map(id -> said(id, device));
  }

  private static DeviceSaid said(String id, JsonNode device) {
    String platform = platform(device.path("operatingSystem").asString(""));
    var saying =
        new Saying()
            .value(SignalName.PLATFORM, platform)
            .version(SignalName.OS_VERSION, device.path("osVersion"))
            .day(SignalName.PATCH_DATE, device.path("androidSecurityPatchLevel"))
            .text(SignalName.MODEL, device.path("model"))
            .word(SignalName.COMPLIANT, device.path("complianceState"), COMPLIANT)
            .flag(SignalName.ENCRYPTED, device.path("isEncrypted"))
            .word(SignalName.CORPORATE, device.path("managedDeviceOwnerType"), CORPORATE)
            .word(SignalName.THREAT_LEVEL, device.path("partnerReportedThreatState"), THREAT)
            .word(SignalName.MANAGED, device.path("managementAgent"), MANAGED);
    if (PHONES.contains(platform)) saying.value(SignalName.ROOTED, rooted(device));
    return saying.of(
        Saying.ids(id, device.path("serialNumber"), device.path("userPrincipalName")),
        Saying.time(device.path("lastSyncDateTime")).filter(at -> at.isAfter(NEVER)));
  }

  private static String rooted(JsonNode device) {
    String word = device.path("jailBroken").asString("").toLowerCase(Locale.ROOT);
    return ROOTED.getOrDefault(word, "");
  }

  /// Intune writes `Android`, `AndroidForWork`, `AndroidEnterprise`, `iOS`, `iPadOS`, `macOS`,
  /// `Windows`, `Linux`, and others that say nothing here.
  private static String platform(String system) {
    String lower = system.toLowerCase(Locale.ROOT);
    if (lower.startsWith("android")) return "android";
    return lower.startsWith("linux") ? "linux" : lower;
  }
}
