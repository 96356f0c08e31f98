// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.lookout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.StrictJson;
import dev.vigil.admission.feed.DeviceSaid;
import dev.vigil.posture.SignalName;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Devices as clients of the Mobile Risk API, version 2, read them.
class LookoutDeviceTest {

  @Test
  void a_secure_phone_says_so_with_its_system() {
    var said = device("SECURE", "ACTIVATED", "PROTECTED");
    assertThat(said.id().management()).isEqualTo("1e9a76f2-0f4e-4a2e-9d8e-3c9a8b7c6d5e");
    assertThat(said.id().user()).contains("jana@bank.example");
    assertThat(said.says())
        .isEqualTo(
            Map.of(
                SignalName.PLATFORM, "android",
                SignalName.MODEL, "pixel 9",
                SignalName.OS_VERSION, "16",
                SignalName.PATCH_DATE, "2026-11-05",
                SignalName.THREAT_LEVEL, "none"));
  }

  @Test
  void each_severity_is_a_level() {
    Map.of(
            "THREATS_LOW", "low",
            "THREATS_MEDIUM", "medium",
            "THREATS_HIGH", "high",
            "THREAT_HIGH", "high")
        .forEach((word, level) ->
            assertThat(device(word, "ACTIVATED", "PROTECTED").says())
                .as(word)
                .containsEntry(SignalName.THREAT_LEVEL, level));
  }

  @Test
  void secure_counts_only_where_lookout_is_at_work() {
    assertThat(device("SECURE", "DEACTIVATED", "PROTECTED").says())
        .doesNotContainKey(SignalName.THREAT_LEVEL);
    assertThat(device("SECURE", "ACTIVATED", "DISCONNECTED").says())
        .doesNotContainKey(SignalName.THREAT_LEVEL);
    assertThat(device("THREATS_HIGH", "ACTIVATED", "DISCONNECTED").says())
        .containsEntry(SignalName.THREAT_LEVEL, "high");
    assertThat(device("FINE", "ACTIVATED", "PROTECTED").says())
        .doesNotContainKey(SignalName.THREAT_LEVEL);
  }

  private static DeviceSaid device(String security, String activation, String protection) {
    var json =
        """
        {
          "oid": "65f1c0ffee",
          "guid": "1e9a76f2-0f4e-4a2e-9d8e-3c9a8b7c6d5e",
          "email": "jana@bank.example",
          "platform": "ANDROID",
          "security_status": "%s",
          "activation_status": "%s",
          "protection_status": "%s",
          "checkin_time": "2026-11-22T08:00:00.000+00:00",
          "hardware": {"manufacturer": "google", "model": "pixel 9"},
          "software": {"os_version": "16", "security_patch_level": "2026-11-05"},
          "details": {"external_id": "mdm-7"}
        }
        """
            .formatted(security, activation, protection);
    return LookoutDevice.read(StrictJson.object(json.getBytes(StandardCharsets.UTF_8)))
        .orElseThrow();
  }
}
