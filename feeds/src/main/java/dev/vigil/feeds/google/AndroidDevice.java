// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.google;

import dev.vigil.admission.feed.DeviceSaid;
import dev.vigil.feeds.said.Saying;
import dev.vigil.posture.SignalName;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What one `Device` of the Android Management API says (REST resource `enterprises.devices`, v1).
///
/// Google leaves members out that have their type's default value. A yes-or-no that is missing is
/// therefore no, but only where its neighbours prove that the part was reported at all; otherwise
/// nothing was said.
final class AndroidDevice {

  private static final Map<String, String> ENCRYPTED =
      Map.of(
          "ACTIVE", "true",
          "ACTIVE_PER_USER", "true",
          // Encrypted with a key that nobody has to know.
          "ACTIVE_DEFAULT_KEY", "false",
          "ACTIVATING", "false",
          "INACTIVE", "false",
          "UNSUPPORTED", "false");
  private static final Map<String, String> CORPORATE =
      Map.of("COMPANY_OWNED", "true", "PERSONALLY_OWNED", "false");
  private static final Map<String, String> MANAGED =
      Map.of("ACTIVE", "true", "DISABLED", "true", "LOST", "true", "DELETED", "false");
  private static final Set<String> TAKEN_AWAY = Set.of("DISABLED", "LOST", "DELETED");
  private static final Set<String> COMPROMISED = Set.of("UNKNOWN_OS", "COMPROMISED_OS");
  private static final String NOT_BY_HARDWARE = "HARDWARE_BACKED_EVALUATION_FAILED";

  private AndroidDevice() {}

  /// The device, or empty if it has no name of this enterprise.
  ///
  /// @param enterprise such as `enterprises/LC0123`
  static Optional<DeviceSaid> read(String enterprise, JsonNode device) {
    String before = enterprise + "/devices/";
    return Saying.id(device.path("name"))
        .filter(name -> name.startsWith(before) && name.length() > before.length())
        .map(name -> name.substring(before.length()))
        .filter(id -> id.indexOf('/') < 0)
        .map(id -> said(id, device));
  }

  private static DeviceSaid said(String id, JsonNode device) {
    var saying = new Saying().value(SignalName.PLATFORM, "android");
    var software = device.path("softwareInfo");
    var hardware = device.path("hardwareInfo");
    saying
        .text(SignalName.MODEL, hardware.path("model"))
        .version(SignalName.OS_VERSION, software.path("androidVersion"))
        .day(SignalName.PATCH_DATE, software.path("securityPatchLevel"))
        .word(SignalName.CORPORATE, device.path("ownership"), CORPORATE)
        .word(SignalName.MANAGED, device.path("appliedState"), MANAGED);
    settings(saying, device.path("deviceSettings"));
    compliance(saying, device);
    rooted(device.path("securityPosture"))
        .ifPresent(rooted -> saying.flag(SignalName.ROOTED, rooted));
    return saying.of(
        // `userName` is Google's own name of a user, no mail address.
        Saying.ids(id, hardware.path("serialNumber"), device.path("")),
        Saying.time(device.path("lastStatusReportTime")));
  }

  /// The settings are reported if their encryption status is, which is never a default.
  private static void settings(Saying saying, JsonNode settings) {
    var encryption = settings.path("encryptionStatus");
    if (!ENCRYPTED.containsKey(encryption.asString(""))) return;
    saying
        .word(SignalName.ENCRYPTED, encryption, ENCRYPTED)
        .flag(SignalName.SCREEN_LOCK, Saying.yes(settings.path("isDeviceSecure")))
        .flag(
            SignalName.DEVELOPER_MODE,
            Saying.yes(settings.path("developmentSettingsEnabled"))
                || Saying.yes(settings.path("adbEnabled")));
  }

  /// Whoever took a device away does not call it compliant; otherwise the policy's report speaks.
  private static void compliance(Saying saying, JsonNode device) {
    if (TAKEN_AWAY.contains(device.path("appliedState").asString("")))
      saying.flag(SignalName.COMPLIANT, false);
    else if (Saying.time(device.path("lastPolicyComplianceReportTime")).isPresent())
      saying.flag(SignalName.COMPLIANT, Saying.yes(device.path("policyCompliant")));
  }

  /// Google's page "Understanding Security Posture": what the hardware did not vouch for may be
  /// compromised without anybody having noticed, so only bad news counts then.
  private static Optional<Boolean> rooted(JsonNode posture) {
    var risks =
        posture
            .path("postureDetails")
            .valueStream()
            .map(detail -> detail.path("securityRisk").asString(""))
            .toList();
    String verdict = posture.path("devicePosture").asString("");
    if (verdict.equals("POTENTIALLY_COMPROMISED") || risks.stream().anyMatch(COMPROMISED::contains))
      return Optional.of(true);
    return verdict.equals("SECURE") && !risks.contains(NOT_BY_HARDWARE)
        ? Optional.of(false)
        : Optional.empty();
  }
}
