// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.google;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.StrictJson;
import dev.vigil.admission.feed.DeviceSaid;
import dev.vigil.posture.SignalName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Devices in the shape of the Android Management API's reference.
class AndroidDeviceTest {

  private static final String ENTERPRISE = "enterprises/LC02abcdef";

  @Test
  void a_healthy_phone_says_all_that_the_api_knows() {
    var said =
        read(
            """
            {
              "name": "enterprises/LC02abcdef/devices/3a1b2c",
              "userName": "enterprises/LC02abcdef/users/77",
              "managementMode": "DEVICE_OWNER",
              "ownership": "COMPANY_OWNED",
              "state": "ACTIVE",
              "appliedState": "ACTIVE",
              "policyCompliant": true,
              "lastStatusReportTime": "2026-11-22T09:30:00.123Z",
              "lastPolicyComplianceReportTime": "2026-11-22T09:31:00Z",
              "softwareInfo": {"androidVersion": "16", "securityPatchLevel": "2026-11-05"},
              "hardwareInfo": {"brand": "google", "model": "Pixel 9", "serialNumber": "4A1B"},
              "deviceSettings": {
                "isDeviceSecure": true,
                "isEncrypted": true,
                "encryptionStatus": "ACTIVE_PER_USER",
                "verifyAppsEnabled": true
              },
              "securityPosture": {"devicePosture": "SECURE"}
            }
            """);
    assertThat(said.id().management()).isEqualTo("3a1b2c");
    assertThat(said.id().serialNumber()).contains("4A1B");
    assertThat(said.observed()).contains(Instant.parse("2026-11-22T09:30:00.123Z"));
    assertThat(said.says())
        .isEqualTo(
            Map.ofEntries(
                Map.entry(SignalName.PLATFORM, "android"),
                Map.entry(SignalName.MODEL, "Pixel 9"),
                Map.entry(SignalName.OS_VERSION, "16"),
                Map.entry(SignalName.PATCH_DATE, "2026-11-05"),
                Map.entry(SignalName.CORPORATE, "true"),
                Map.entry(SignalName.MANAGED, "true"),
                Map.entry(SignalName.ENCRYPTED, "true"),
                Map.entry(SignalName.SCREEN_LOCK, "true"),
                Map.entry(SignalName.DEVELOPER_MODE, "false"),
                Map.entry(SignalName.COMPLIANT, "true"),
                Map.entry(SignalName.ROOTED, "false")));
  }

  @Test
  void what_was_not_reported_is_not_said() {
    assertThat(read(named("")).says()).isEqualTo(Map.of(SignalName.PLATFORM, "android"));
    assertThat(read(named(", \"deviceSettings\": {\"verifyAppsEnabled\": true}")).says())
        .doesNotContainKeys(SignalName.SCREEN_LOCK, SignalName.DEVELOPER_MODE);
    assertThat(read(named(", \"policyCompliant\": true")).says())
        .doesNotContainKey(SignalName.COMPLIANT);
  }

  @Test
  void a_default_that_was_left_out_beside_reported_ones_is_no() {
    var said =
        read(
            named(
                """
                , "deviceSettings": {"encryptionStatus": "ACTIVE"},
                "lastPolicyComplianceReportTime": "2026-11-22T09:31:00Z"
                """));
    assertThat(said.says())
        .containsEntry(SignalName.SCREEN_LOCK, "false")
        .containsEntry(SignalName.DEVELOPER_MODE, "false")
        .containsEntry(SignalName.COMPLIANT, "false");
  }

  @Test
  void a_posture_that_the_hardware_did_not_vouch_for_is_no_good_news() {
    assertThat(posture("SECURE", "HARDWARE_BACKED_EVALUATION_FAILED").says())
        .doesNotContainKey(SignalName.ROOTED);
    assertThat(posture("AT_RISK", "SECURITY_RISK_UNSPECIFIED").says())
        .doesNotContainKey(SignalName.ROOTED);
    assertThat(posture("POSTURE_UNSPECIFIED", "").says()).doesNotContainKey(SignalName.ROOTED);
  }

  @Test
  void a_compromised_system_is_rooted() {
    assertThat(posture("POTENTIALLY_COMPROMISED", "HARDWARE_BACKED_EVALUATION_FAILED").says())
        .containsEntry(SignalName.ROOTED, "true");
    assertThat(posture("AT_RISK", "UNKNOWN_OS").says()).containsEntry(SignalName.ROOTED, "true");
    assertThat(posture("SECURE", "COMPROMISED_OS").says()).containsEntry(SignalName.ROOTED, "true");
  }

  @Test
  void a_lost_phone_is_not_compliant_whatever_its_policy_says() {
    var said =
        read(
            named(
                """
                , "appliedState": "LOST", "policyCompliant": true,
                "lastPolicyComplianceReportTime": "2026-11-22T09:31:00Z"
                """));
    assertThat(said.says()).containsEntry(SignalName.COMPLIANT, "false");
  }

  @Test
  void encryption_without_a_key_of_ones_own_and_debugging_count_as_what_they_are() {
    var said =
        read(
            named(
                ", \"deviceSettings\": {\"encryptionStatus\": \"ACTIVE_DEFAULT_KEY\","
                    + " \"adbEnabled\": true}"));
    assertThat(said.says())
        .containsEntry(SignalName.ENCRYPTED, "false")
        .containsEntry(SignalName.DEVELOPER_MODE, "true");
  }

  @Test
  void garbage_in_a_member_says_nothing_and_a_foreign_name_is_no_device() {
    var said =
        read(
            named(
                """
                , "softwareInfo": {"androidVersion": {"a": 1}, "securityPatchLevel": "soon"},
                "hardwareInfo": ["x"], "ownership": 7, "appliedState": "NEW_STATE",
                "securityPosture": "SECURE", "deviceSettings": "all fine",
                "lastStatusReportTime": "yesterday"
                """));
    assertThat(said.says()).isEqualTo(Map.of(SignalName.PLATFORM, "android"));
    assertThat(said.observed()).isEmpty();
    for (String name :
        new String[] {
          "enterprises/other/devices/1", "enterprises/LC02abcdef/devices/", "devices/1", "a b", ""
        })
      assertThat(AndroidDevice.read(ENTERPRISE, json("{\"name\": \"" + name + "\"}"))).isEmpty();
    assertThat(AndroidDevice.read(ENTERPRISE, json("{\"name\": 7}"))).isEmpty();
  }

  private static DeviceSaid posture(String verdict, String risk) {
    return read(
        named(
            ", \"securityPosture\": {\"devicePosture\": \"%s\", \"postureDetails\":"
                    .formatted(verdict)
                + " [{\"securityRisk\": \"%s\", \"advice\": []}]}".formatted(risk)));
  }

  private static String named(String more) {
    return "{\"name\": \"enterprises/LC02abcdef/devices/1\"" + more + "}";
  }

  private static DeviceSaid read(String text) {
    return AndroidDevice.read(ENTERPRISE, json(text)).orElseThrow();
  }

  private static tools.jackson.databind.JsonNode json(String text) {
    return StrictJson.object(text.getBytes(StandardCharsets.UTF_8));
  }
}
