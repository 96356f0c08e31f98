// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.workspaceone;

import dev.vigil.admission.feed.DeviceSaid;
import dev.vigil.feeds.said.Saying;
import dev.vigil.posture.SignalName;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What one device of `/api/mdm/devices/search` says.
final class UemDevice {

  private static final Map<String, String> PLATFORM =
      Map.of(
          "Android", "android",
          "AppleOsX", "macos",
          "WinRT", "windows",
          "WindowsPc", "windows");
  private static final Map<String, String> CORPORATE =
      Map.of(
          "C", "true",
          "S", "true",
          "E", "false",
          "CorporateDedicated", "true",
          "CorporateShared", "true",
          "EmployeeOwned", "false");
  private static final Map<String, String> COMPLIANT =
      Map.of("Compliant", "true", "NonCompliant", "false", "Non-Compliant", "false");
  private static final Map<String, String> YES_OR_NO = Map.of("Y", "true", "N", "false");
  private static final Instant NEVER = Instant.parse("2000-01-01T00:00:00Z");

  private UemDevice() {}

  /// The device, or empty if it has no `Uuid`.
  static Optional<DeviceSaid> read(JsonNode device) {
    return Saying.id(device.path("Uuid")).map(id -> said(id, device));
  }

  private static DeviceSaid said(String id, JsonNode device) {
    String enrolment = device.path("EnrollmentStatus").asString("");
    var saying =
        new Saying()
            .value(SignalName.PLATFORM, platform(device))
            .version(SignalName.OS_VERSION, device.path("OperatingSystem"))
            .text(SignalName.MODEL, device.path("Model"))
            .word(SignalName.COMPLIANT, device.path("ComplianceStatus"), COMPLIANT)
            .word(SignalName.ENCRYPTED, device.path("DataEncryptionYN"), YES_OR_NO)
            .word(SignalName.CORPORATE, device.path("Ownership"), CORPORATE);
    if (!enrolment.isEmpty()) saying.flag(SignalName.MANAGED, enrolment.equals("Enrolled"));
    rooted(saying, device);
    return saying.of(
        Saying.ids(id, device.path("SerialNumber"), user(device)),
        time(device.path("LastSeen")).filter(at -> at.isAfter(NEVER)));
  }

  /// Good news counts only if somebody looked: a device that was never checked says `false` too.
  private static void rooted(Saying saying, JsonNode device) {
    var compromised = device.path("CompromisedStatus");
    boolean looked =
        time(device.path("LastCompromisedCheckOn")).filter(at -> at.isAfter(NEVER)).isPresent();
    if (looked || compromised.asBoolean(false)) saying.flag(SignalName.ROOTED, compromised);
  }

  private static String platform(JsonNode device) {
    String name = device.path("Platform").asString("");
    if (!name.equals("Apple")) return PLATFORM.getOrDefault(name, "");
    return device.path("Model").asString("").startsWith("iPad") ? "ipados" : "ios";
  }

  private static JsonNode user(JsonNode device) {
    var mail = device.path("UserEmailAddress");
    return mail.asString("").isEmpty() ? device.path("UserName") : mail;
  }

  /// A time with or without a zone; without one it is taken for UTC.
  private static Optional<Instant> time(JsonNode member) {
    String text = member.asString("");
    try {
      return text.isEmpty()
          ? Optional.empty()
          : Optional.of(
              text.endsWith("Z")
                  ? Instant.parse(text)
                  : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
