// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.lookout;

import dev.vigil.admission.feed.DeviceSaid;
import dev.vigil.feeds.said.Saying;
import dev.vigil.posture.SignalName;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What one device of the Mobile Risk API, version 2, says.
final class LookoutDevice {

  private static final Map<String, String> PLATFORM = Map.of("ANDROID", "android", "IOS", "ios");
  private static final Map<String, String> BAD_NEWS =
      Map.of(
          "THREATS_LOW", "low",
          "THREATS_MEDIUM", "medium",
          "THREATS_HIGH", "high",
          "THREATS_CRITICAL", "high",
          // As version 1 wrote it.
          "THREAT_LOW", "low",
          "THREAT_MEDIUM", "medium",
          "THREAT_HIGH", "high");

  private LookoutDevice() {}

  /// The device, or empty if it has no id.
  static Optional<DeviceSaid> read(JsonNode device) {
    return Saying.id(device.path("guid")).map(id -> said(id, device));
  }

  private static DeviceSaid said(String id, JsonNode device) {
    var security = device.path("security_status");
    var software = device.path("software");
    var saying =
        new Saying()
            .word(SignalName.PLATFORM, device.path("platform"), PLATFORM)
            .text(SignalName.MODEL, device.path("hardware").path("model"))
            .version(SignalName.OS_VERSION, software.path("os_version"))
            .day(SignalName.PATCH_DATE, software.path("security_patch_level"))
            .word(SignalName.THREAT_LEVEL, security, BAD_NEWS);
    if (security.asString("").equals("SECURE") && looksAfter(device))
      saying.value(SignalName.THREAT_LEVEL, "none");
    return saying.of(
        Saying.ids(id, device.path(""), device.path("email")),
        Saying.time(device.path("checkin_time")));
  }

  /// Whether Lookout is at work there: secure on a phone it was taken off from is no good news.
  private static boolean looksAfter(JsonNode device) {
    return device.path("activation_status").asString("").equals("ACTIVATED")
        && device.path("protection_status").asString("").equals("PROTECTED");
  }
}
