// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.zimperium;

import dev.vigil.admission.feed.DeviceSaid;
import dev.vigil.feeds.said.Saying;
import dev.vigil.posture.SignalName;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What one device of the zConsole's public API says (`devices/public/v2`).
final class ZimperiumDevice {

  private static final Map<String, String> BAD_NEWS =
      Map.of("LOW", "low", "ELEVATED", "medium", "CRITICAL", "high");

  private ZimperiumDevice() {}

  /// The device, or empty if it has no id.
  static Optional<DeviceSaid> read(JsonNode device) {
    return Saying.id(device.path("id")).map(id -> said(id, device));
  }

  private static DeviceSaid said(String id, JsonNode device) {
    var os = device.path("os");
    var risk = device.path("riskPostureName");
    var saying =
        new Saying()
            .value(SignalName.PLATFORM, os.path("name").asString("").toLowerCase(Locale.ROOT))
            .text(SignalName.MODEL, device.path("model"))
            .version(SignalName.OS_VERSION, os.path("version"))
            .day(SignalName.PATCH_DATE, os.path("patchDate"))
            .flag(SignalName.ROOTED, device.path("isJailbroken"))
            .flag(SignalName.DEVELOPER_MODE, device.path("developerOptionsOn"))
            .not(SignalName.SCREEN_LOCK, device.path("lockScreenUnprotected"))
            .word(SignalName.THREAT_LEVEL, risk, BAD_NEWS);
    if (risk.asString("").equals("NORMAL") && looksAfter(device))
      saying.value(SignalName.THREAT_LEVEL, "none");
    return saying.of(
        Saying.ids(id, device.path(""), device.path("deviceOwner").path("email")),
        Saying.millis(device.path("lastSeen")));
  }

  /// Whether the app is at work there.
  private static boolean looksAfter(JsonNode device) {
    return device.path("appStatus").asString("").equals("ACTIVE")
        && device.path("deleted").isBoolean()
        && !Saying.yes(device.path("deleted"));
  }
}
