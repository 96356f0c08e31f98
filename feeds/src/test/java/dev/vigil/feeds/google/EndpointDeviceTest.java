// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.google;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.StrictJson;
import dev.vigil.posture.SignalName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Devices in the shape of the Cloud Identity Devices API's reference.
class EndpointDeviceTest {

  @Test
  void a_phone_says_what_the_api_knows() {
    var said =
        EndpointDevice.read(
                json(
                    """
                    {
                      "name": "devices/6d7fba3e",
                      "createTime": "2026-01-01T00:00:00Z",
                      "lastSyncTime": "2026-11-22T10:00:00Z",
                      "ownerType": "BYOD",
                      "model": "Pixel 8",
                      "osVersion": "Android 16.0.1",
                      "deviceType": "ANDROID",
                      "serialNumber": "HT82V1A01076",
                      "enabledDeveloperOptions": true,
                      "securityPatchTime": "2026-10-05T00:00:00Z",
                      "encryptionState": "ENCRYPTED",
                      "managementState": "APPROVED",
                      "compromisedState": "COMPROMISED",
                      "androidSpecificAttributes": {
                        "verifiedBoot": false,
                        "hasPotentiallyHarmfulApps": true
                      }
                    }
                    """))
            .orElseThrow();
    assertThat(said.id().management()).isEqualTo("6d7fba3e");
    assertThat(said.observed()).contains(Instant.parse("2026-11-22T10:00:00Z"));
    assertThat(said.says())
        .isEqualTo(
            Map.ofEntries(
                Map.entry(SignalName.PLATFORM, "android"),
                Map.entry(SignalName.MODEL, "Pixel 8"),
                Map.entry(SignalName.OS_VERSION, "16.0.1"),
                Map.entry(SignalName.PATCH_DATE, "2026-10-05"),
                Map.entry(SignalName.ENCRYPTED, "true"),
                Map.entry(SignalName.ROOTED, "true"),
                Map.entry(SignalName.CORPORATE, "false"),
                Map.entry(SignalName.MANAGED, "true"),
                Map.entry(SignalName.DEVELOPER_MODE, "true"),
                Map.entry(SignalName.SECURE_BOOT, "false"),
                Map.entry(SignalName.THREAT_LEVEL, "high")));
  }

  @Test
  void what_is_missing_or_unspecified_says_nothing() {
    var said =
        EndpointDevice.read(
                json(
                    """
                    {
                      "name": "devices/1",
                      "deviceType": "CHROME_OS",
                      "ownerType": "DEVICE_OWNERSHIP_UNSPECIFIED",
                      "compromisedState": "COMPROMISED_STATE_UNSPECIFIED",
                      "encryptionState": "ENCRYPTION_STATE_UNSPECIFIED",
                      "androidSpecificAttributes": {"hasPotentiallyHarmfulApps": false},
                      "osVersion": "the newest"
                    }
                    """))
            .orElseThrow();
    assertThat(said.says()).isEmpty();
  }

  @Test
  void debugging_over_usb_is_developer_mode_even_when_options_are_called_off() {
    var said =
        EndpointDevice.read(
                json(
                    """
                    {"name": "devices/1", "enabledDeveloperOptions": false,
                     "enabledUsbDebugging": true}
                    """))
            .orElseThrow();
    assertThat(said.says()).isEqualTo(Map.of(SignalName.DEVELOPER_MODE, "true"));
  }

  @Test
  void a_user_of_a_device_is_no_device() {
    assertThat(EndpointDevice.read(json("{\"name\": \"devices/1/deviceUsers/2\"}"))).isEmpty();
    assertThat(EndpointDevice.read(json("{\"name\": \"devices/\"}"))).isEmpty();
    assertThat(EndpointDevice.read(json("{}"))).isEmpty();
  }

  private static JsonNode json(String text) {
    return StrictJson.object(text.getBytes(StandardCharsets.UTF_8));
  }
}
