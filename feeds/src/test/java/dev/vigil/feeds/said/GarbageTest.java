// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.said;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.feed.DeviceSaid;
import dev.vigil.admission.feed.PostureSource;
import dev.vigil.admission.feed.PostureSource.Unavailable;
import dev.vigil.feeds.defender.Defender;
import dev.vigil.feeds.google.AndroidManagement;
import dev.vigil.feeds.google.EndpointVerification;
import dev.vigil.feeds.lookout.Lookout;
import dev.vigil.feeds.zimperium.Zimperium;
import dev.vigil.kernel.Bytes;
import dev.vigil.testkit.ManualTime;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// Products that send garbage for hours: whatever comes, there is a page of sound values or a
/// reason, and never anything else.
class GarbageTest {

  private static final URI BASE = URI.create("https://product.example");
  private static final int ROUNDS = 3_000;
  private static final String[] VALUES = {
    "null",
    "true",
    "false",
    "-1",
    "1e400",
    "[]",
    "{}",
    "[[[[]]]]",
    "\"\"",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "\"" + "9".repeat(70) + "\"",
    "\"9999-99-99\"",
    "\"true\"",
    "18446744073709551616"
  };
  private static final String ANDROID =
      """
      {"devices": [{"name": "enterprises/a/devices/1", "appliedState": "ACTIVE",
        "ownership": "COMPANY_OWNED", "lastStatusReportTime": "2026-11-22T09:30:00Z",
        "softwareInfo": {"androidVersion": "16", "securityPatchLevel": "2026-11-05"},
        "deviceSettings": {"isDeviceSecure": true, "encryptionStatus": "ACTIVE"},
        "securityPosture": {"devicePosture": "SECURE", "postureDetails": [{"securityRisk": "X"}]}}],
       "nextPageToken": "x"}
      """;
  private static final String ENDPOINT =
      """
      {"devices": [{"name": "devices/1", "deviceType": "ANDROID", "osVersion": "Android 16",
        "securityPatchTime": "2026-10-05T00:00:00Z", "compromisedState": "UNCOMPROMISED",
        "androidSpecificAttributes": {"verifiedBoot": true, "hasPotentiallyHarmfulApps": true}}]}
      """;
  private static final String MACHINES =
      """
      {"value": [{"id": "1", "osPlatform": "Android", "version": "16.0", "riskScore": "None",
        "healthStatus": "Active", "onboardingStatus": "Onboarded", "lastSeen": "2026-11-22T09:30:00Z"}]}
      """;
  private static final String LOOKOUT =
      """
      {"devices": [{"guid": "1", "oid": "2", "security_status": "SECURE", "platform": "IOS",
        "activation_status": "ACTIVATED", "protection_status": "PROTECTED",
        "hardware": {"model": "iphone17,2"}, "software": {"os_version": "26.1"}}]}
      """;
  private static final String ZIMPERIUM =
      """
      {"scrollId": "q", "content": [{"id": "1", "riskPostureName": "NORMAL", "appStatus": "ACTIVE",
        "deleted": false, "isJailbroken": false, "lockScreenUnprotected": false,
        "lastSeen": 1795420800000, "os": {"name": "ios", "version": "26.1"}}]}
      """;

  private final ManualTime time = ManualTime.atNoon();
  private final Random random = new Random(11);
  private String answer = "";

  @Test
  void every_source_survives_garbage() {
    survives(new AndroidManagement("a", BASE, "enterprises/a", api()), ANDROID);
    survives(new EndpointVerification("b", BASE, api()), ENDPOINT);
    survives(new Defender("c", BASE, api()), MACHINES);
    survives(new Lookout("d", BASE, api()), LOOKOUT);
    survives(new Zimperium("e", BASE, api()), ZIMPERIUM);
  }

  private void survives(PostureSource source, String sound) {
    int pages = 0;
    int devices = 0;
    for (int i = 0; i < ROUNDS; i++) {
      answer = i == 0 ? sound : i % 3 == 0 ? noise(sound) : changed(sound);
      try {
        var page = source.read(Optional.empty());
        pages++;
        devices += page.devices().size();
        page.devices().forEach(GarbageTest::sound);
      } catch (Unavailable trouble) {
        assertThat(trouble.reason()).isEqualTo(PostureSource.Reason.GARBAGE);
        assertThat(trouble.getMessage()).hasSizeLessThan(200);
      }
    }
    assertThat(pages).as(source.id()).isGreaterThan(ROUNDS / 4);
    assertThat(devices).as(source.id()).isPositive();
  }

  private static void sound(DeviceSaid said) {
    assertThat(said.id().management()).isNotBlank().hasSizeLessThanOrEqualTo(200);
    said.says().forEach((name, value) -> assertThat(name.read(value)).as("%s", name).isPresent());
  }

  /// One to three values replaced by others.
  private String changed(String sound) {
    String text = sound;
    for (int i = random.nextInt(3); i >= 0; i--) {
      var values = java.util.regex.Pattern.compile("(?<=: )(\"[^\"]*\"|true|false|[0-9]+)");
      var all = values.matcher(text).results().toList();
      if (all.isEmpty()) return text;
      var one = all.get(random.nextInt(all.size()));
      text =
          text.substring(0, one.start())
              + VALUES[random.nextInt(VALUES.length)]
              + text.substring(one.end());
    }
    return text;
  }

  /// A byte changed, or the end cut off.
  private String noise(String sound) {
    byte[] bytes = sound.getBytes(StandardCharsets.ISO_8859_1);
    int at = random.nextInt(bytes.length);
    if (random.nextBoolean()) return sound.substring(0, at);
    bytes[at] = (byte) random.nextInt(256);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private Api api() {
    var login =
        new Api.Login() {
          @Override
          public HttpRequest.Builder request(Instant now) {
            return HttpRequest.newBuilder(URI.create(BASE + "/token"));
          }

          @Override
          public Optional<Api.Token> read(ObjectNode answer, Instant now) {
            return Api.Token.read(answer, "access_token", Duration.ofMinutes(10), now);
          }
        };
    return new Api(
        request ->
            new Api.Reply(
                200,
                Bytes.of(
                    (request.build().uri().getPath().equals("/token")
                            ? "{\"access_token\": \"t\"}"
                            : answer)
                        .getBytes(StandardCharsets.ISO_8859_1)),
                Optional.empty()),
        login,
        time);
  }
}
