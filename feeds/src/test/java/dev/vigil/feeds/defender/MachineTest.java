// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.defender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.StrictJson;
import dev.vigil.admission.feed.DeviceSaid;
import dev.vigil.posture.SignalName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Machines in the shape of "Machine resource type" in Microsoft's reference.
class MachineTest {

  @Test
  void a_machine_says_its_risk_and_its_system() {
    var said = machine("Android", "16.0", "Active", "Onboarded", "\"Medium\"");
    assertThat(said.id().management()).isEqualTo("1e5bc9d7e413ddd7902c2932e418702b84d0cc07");
    assertThat(said.observed()).contains(Instant.parse("2026-11-22T07:27:36.052313Z"));
    assertThat(said.says())
        .isEqualTo(
            Map.of(
                SignalName.PLATFORM, "android",
                SignalName.OS_VERSION, "16.0",
                SignalName.THREAT_LEVEL, "medium"));
  }

  @Test
  void a_release_name_of_windows_is_no_version() {
    assertThat(machine("Windows11", "22", "Active", "Onboarded", "\"None\"").says())
        .isEqualTo(Map.of(SignalName.PLATFORM, "windows", SignalName.THREAT_LEVEL, "none"));
  }

  @Test
  void no_risk_counts_only_where_defender_is_at_work() {
    for (String health :
        new String[] {"Inactive", "ImpairedCommunication", "NoSensorData", "Unknown", ""})
      assertThat(machine("iOS", "26.1", health, "Onboarded", "\"None\"").says())
          .as(health)
          .doesNotContainKey(SignalName.THREAT_LEVEL);
    for (String onboarding : new String[] {"CanBeOnboarded", "Unsupported", "InsufficientInfo", ""})
      assertThat(machine("iOS", "26.1", "Active", onboarding, "\"None\"").says())
          .as(onboarding)
          .doesNotContainKey(SignalName.THREAT_LEVEL);
  }

  @Test
  void bad_news_counts_even_from_a_machine_that_fell_silent() {
    assertThat(machine("iOS", "26.1", "Inactive", "Onboarded", "\"High\"").says())
        .containsEntry(SignalName.THREAT_LEVEL, "high");
    assertThat(machine("iOS", "26.1", "Inactive", "Onboarded", "\"Informational\"").says())
        .containsEntry(SignalName.THREAT_LEVEL, "low");
  }

  @Test
  void a_risk_that_is_null_or_unheard_of_says_nothing() {
    for (String risk : new String[] {"null", "\"Harmless\"", "3", "{}"})
      assertThat(machine("iOS", "26.1", "Active", "Onboarded", risk).says())
          .as(risk)
          .doesNotContainKey(SignalName.THREAT_LEVEL);
  }

  private static DeviceSaid machine(
      String platform, String version, String health, String onboarding, String risk) {
    var json =
        """
        {
          "id": "1e5bc9d7e413ddd7902c2932e418702b84d0cc07",
          "computerDnsName": "phone1.example",
          "lastSeen": "2026-11-22T07:27:36.052313Z",
          "osPlatform": "%s",
          "version": "%s",
          "osBuild": 19042,
          "healthStatus": "%s",
          "onboardingStatus": "%s",
          "riskScore": %s,
          "exposureLevel": "High",
          "aadDeviceId": "fd2e4d29-7072-4195-aaa5-1af139b78028",
          "machineTags": []
        }
        """
            .formatted(platform, version, health, onboarding, risk);
    return Machine.read(StrictJson.object(json.getBytes(StandardCharsets.UTF_8))).orElseThrow();
  }
}
