// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.zimperium;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.StrictJson;
import dev.vigil.admission.feed.DeviceSaid;
import dev.vigil.posture.SignalName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Devices in the shape of the sample that a published integration tests itself with.
class ZimperiumDeviceTest {

  @Test
  void a_phone_in_trouble_says_what_is_wrong() {
    var said = device("CRITICAL", "ACTIVE", ", \"isJailbroken\": true, \"deleted\": false");
    assertThat(said.id().management()).isEqualTo("62");
    assertThat(said.id().user()).contains("jana@bank.example");
    assertThat(said.observed()).contains(Instant.ofEpochMilli(1795420800000L));
    assertThat(said.says())
        .isEqualTo(
            Map.of(
                SignalName.PLATFORM, "android",
                SignalName.MODEL, "ONEPLUS A5000",
                SignalName.OS_VERSION, "16",
                SignalName.PATCH_DATE, "2026-09-01",
                SignalName.ROOTED, "true",
                SignalName.SCREEN_LOCK, "false",
                SignalName.DEVELOPER_MODE, "true",
                SignalName.THREAT_LEVEL, "high"));
  }

  @Test
  void each_posture_is_a_level_and_normal_counts_only_where_the_app_is_at_work() {
    assertThat(level("ELEVATED", "ACTIVE", ", \"deleted\": false")).isEqualTo("medium");
    assertThat(level("LOW", "ACTIVE", ", \"deleted\": false")).isEqualTo("low");
    assertThat(level("NORMAL", "ACTIVE", ", \"deleted\": false")).isEqualTo("none");
    assertThat(level("NORMAL", "INACTIVE", ", \"deleted\": false")).isEqualTo("-");
    assertThat(level("NORMAL", "ACTIVE", ", \"deleted\": true")).isEqualTo("-");
    assertThat(level("NORMAL", "ACTIVE", "")).isEqualTo("-");
    assertThat(level("EXCELLENT", "ACTIVE", ", \"deleted\": false")).isEqualTo("-");
    assertThat(level("CRITICAL", "INACTIVE", "")).isEqualTo("high");
  }

  @Test
  void a_time_that_cannot_be_is_no_time() {
    for (String time :
        new String[] {"-1", "0", "1e300", "99999999999999999999", "\"x\"", "true", "1795420800"})
      assertThat(
              ZimperiumDevice.read(
                      StrictJson.object(
                          "{\"id\": \"1\", \"lastSeen\": %s}"
                              .formatted(time)
                              .getBytes(StandardCharsets.UTF_8)))
                  .orElseThrow()
                  .observed())
          .as(time)
          .isEmpty();
  }

  private static String level(String risk, String app, String more) {
    return device(risk, app, more).says().getOrDefault(SignalName.THREAT_LEVEL, "-");
  }

  private static DeviceSaid device(String risk, String app, String more) {
    var json =
        """
        {
          "id": "62",
          "riskPosture": 3,
          "riskPostureName": "%s",
          "lastSeen": 1795420800000,
          "os": {"id": 1, "name": "android", "type": "Android", "version": "16",
                 "patchDate": "2026-09-01", "policyCompliant": false},
          "deviceOwner": {"email": "jana@bank.example"},
          "fullType": "OnePlus5",
          "model": "ONEPLUS A5000",
          "developerOptionsOn": true,
          "lockScreenUnprotected": true,
          "appStatus": "%s",
          "zdeviceId": "5"%s
        }
        """
            .formatted(risk, app, more);
    return ZimperiumDevice.read(StrictJson.object(json.getBytes(StandardCharsets.UTF_8)))
        .orElseThrow();
  }
}
