// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.google;

import dev.vigil.admission.feed.DeviceSaid;
import dev.vigil.feeds.said.Saying;
import dev.vigil.posture.SignalName;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What one `Device` of the Cloud Identity Devices API says (REST resource `devices`, v1). Members
/// that are missing say nothing.
final class EndpointDevice {

  private static final String BEFORE = "devices/";
  private static final Map<String, String> PLATFORM =
      Map.of(
          "ANDROID", "android",
          "IOS", "ios",
          "MAC_OS", "macos",
          "WINDOWS", "windows",
          "LINUX", "linux");
  private static final Map<String, String> ENCRYPTED =
      Map.of("ENCRYPTED", "true", "NOT_ENCRYPTED", "false", "UNSUPPORTED_BY_DEVICE", "false");
  private static final Map<String, String> ROOTED =
      Map.of("COMPROMISED", "true", "UNCOMPROMISED", "false");
  private static final Map<String, String> CORPORATE = Map.of("COMPANY", "true", "BYOD", "false");
  private static final Map<String, String> MANAGED =
      Map.of(
          "APPROVED", "true",
          "BLOCKED", "false",
          "PENDING", "false",
          "UNPROVISIONED", "false",
          "WIPING", "false",
          "WIPED", "false");

  private EndpointDevice() {}

  /// The device, or empty if it has no name.
  static Optional<DeviceSaid> read(JsonNode device) {
    return Saying.id(device.path("name"))
        .filter(name -> name.startsWith(BEFORE) && name.length() > BEFORE.length())
        .map(name -> name.substring(BEFORE.length()))
        .filter(id -> id.indexOf('/') < 0)
        .map(id -> said(id, device));
  }

  private static DeviceSaid said(String id, JsonNode device) {
    var android = device.path("androidSpecificAttributes");
    var saying =
        new Saying()
            .word(SignalName.PLATFORM, device.path("deviceType"), PLATFORM)
            .text(SignalName.MODEL, device.path("model"))
            .version(SignalName.OS_VERSION, device.path("osVersion"))
            .day(SignalName.PATCH_DATE, device.path("securityPatchTime"))
            .word(SignalName.ENCRYPTED, device.path("encryptionState"), ENCRYPTED)
            .word(SignalName.ROOTED, device.path("compromisedState"), ROOTED)
            .word(SignalName.CORPORATE, device.path("ownerType"), CORPORATE)
            .word(SignalName.MANAGED, device.path("managementState"), MANAGED)
            .flag(SignalName.DEVELOPER_MODE, device.path("enabledDeveloperOptions"))
            .flag(SignalName.SECURE_BOOT, android.path("verifiedBoot"));
    if (Saying.yes(device.path("enabledUsbDebugging")))
      saying.flag(SignalName.DEVELOPER_MODE, true);
    // That no harmful app was found says nothing of other threats.
    if (Saying.yes(android.path("hasPotentiallyHarmfulApps")))
      saying.value(SignalName.THREAT_LEVEL, "high");
    return saying.of(
        Saying.ids(id, device.path("serialNumber"), device.path("")),
        Saying.time(device.path("lastSyncTime")));
  }
}
