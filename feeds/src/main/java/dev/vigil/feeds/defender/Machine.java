// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.defender;

import dev.vigil.admission.feed.DeviceSaid;
import dev.vigil.feeds.said.Saying;
import dev.vigil.posture.SignalName;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What one `Machine` of Microsoft Defender for Endpoint says ("Machine resource type"). Its
/// exposure is about missing updates, not about a threat, and says nothing here.
final class Machine {

  private static final Map<String, String> BAD_NEWS =
      Map.of("Informational", "low", "Low", "low", "Medium", "medium", "High", "high");
  private static final Set<String> PHONES = Set.of("android", "ios");

  private Machine() {}

  /// The machine, or empty if it has no id.
  static Optional<DeviceSaid> read(JsonNode machine) {
    return Saying.id(machine.path("id")).map(id -> said(id, machine));
  }

  private static DeviceSaid said(String id, JsonNode machine) {
    var saying = new Saying();
    String platform = platform(machine.path("osPlatform").asString(""));
    saying.value(SignalName.PLATFORM, platform);
    // Elsewhere it is a release's name, such as `22H2`.
    if (PHONES.contains(platform)) saying.version(SignalName.OS_VERSION, machine.path("version"));
    saying.word(SignalName.THREAT_LEVEL, machine.path("riskScore"), BAD_NEWS);
    if (machine.path("riskScore").asString("").equals("None") && looksAfter(machine))
      saying.value(SignalName.THREAT_LEVEL, "none");
    var none = machine.path("");
    return saying.of(Saying.ids(id, none, none), Saying.time(machine.path("lastSeen")));
  }

  /// Whether Defender is at work there: no risk found where nobody looks is no good news.
  private static boolean looksAfter(JsonNode machine) {
    return machine.path("healthStatus").asString("").equals("Active")
        && machine.path("onboardingStatus").asString("").equalsIgnoreCase("Onboarded");
  }

  private static String platform(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith("windows") ? "windows" : lower;
  }
}
