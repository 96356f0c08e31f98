// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.intune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.admission.feed.DeviceSaid;
import dev.vigil.admission.feed.PostureSource.Reason;
import dev.vigil.admission.feed.PostureSource.Unavailable;
import dev.vigil.feeds.said.Api;
import dev.vigil.feeds.said.StandIn;
import dev.vigil.feeds.said.StandIn.Answer;
import dev.vigil.feeds.web.ClientCredentials;
import dev.vigil.feeds.web.Web;
import dev.vigil.feeds.web.WebSender;
import dev.vigil.kernel.Secret;
import dev.vigil.posture.SignalName;
import dev.vigil.testkit.ManualTime;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Intune's managed devices, from a stand-in that speaks as Graph's documentation does, and from
/// one that misbehaves.
class IntuneTest {

  private static final String LIST = "/v1.0/deviceManagement/managedDevices";
  private static final String TOKEN = "/tenant/oauth2/v2.0/token";

  /// Members and values as in "List managedDevices" and "managedDevice resource type".
  private static final String DEVICE =
      """
      {"@odata.type": "#microsoft.graph.managedDevice",
       "id": "705c034c-034c-705c-4c03-5c704c035c70",
       "managedDeviceOwnerType": "company",
       "lastSyncDateTime": "2026-11-22T11:02:49.3205976Z",
       "operatingSystem": "Android", "osVersion": "16.0",
       "jailBroken": "False", "managementAgent": "googleCloudDevicePolicyController",
       "complianceState": "compliant", "isEncrypted": true,
       "azureADDeviceId": "4f0f6d6e-4d2e-4b5a-9f2a-0f4a8b1d7e2c",
       "userPrincipalName": "Alice@bank.example", "model": "Pixel 9",
       "serialNumber": "HT1234", "androidSecurityPatchLevel": "2026-11-05",
       "partnerReportedThreatState": "secured"}\
      """;

  private final ManualTime time = ManualTime.atNoon();
  private final StandIn graph = new StandIn();
  private final Web web = new Web(Duration.ofSeconds(2), 64 * 1024);
  private final Intune intune =
      new Intune(
          "intune",
          graph.base(),
          new Api(
              new WebSender(web),
              new ClientCredentials(
                  URI.create(graph.base() + TOKEN),
                  "client",
                  Optional.of("https://graph.microsoft.com/.default"),
                  new ClientCredentials.Proof.InForm(
                      Secret.of("s3cret&=".getBytes(StandardCharsets.UTF_8)))),
              time));

  IntuneTest() {
    graph.at(
        TOKEN,
        asked ->
            asked.body().contains("client_secret=s3cret%26%3D")
                ? Answer.ok(
                    "{\"access_token\":\"t" + graph.times(TOKEN) + "\",\"expires_in\":3600}")
                : Answer.status(401));
  }

  @AfterEach
  void close() {
    graph.close();
    web.close();
  }

  private void list(String... devices) {
    graph.at(LIST, _ -> Answer.ok("{\"value\":[" + String.join(",", devices) + "]}"));
  }

  private DeviceSaid only(String device) throws Unavailable {
    list(device);
    return intune.read(Optional.empty()).devices().getFirst();
  }

  private void fails(Reason reason, Consumer<Unavailable> also) {
    assertThatThrownBy(() -> intune.read(Optional.empty()))
        .isInstanceOfSatisfying(
            Unavailable.class,
            e -> {
              assertThat(e.reason()).isEqualTo(reason);
              assertThat(e.getMessage()).doesNotContain("s3cret");
              also.accept(e);
            });
  }

  @Test
  void a_device_says_what_its_fields_mean() throws Unavailable {
    var said = only(DEVICE);
    assertThat(said.says())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                SignalName.PLATFORM, "android",
                SignalName.OS_VERSION, "16.0",
                SignalName.PATCH_DATE, "2026-11-05",
                SignalName.MODEL, "Pixel 9",
                SignalName.COMPLIANT, "true",
                SignalName.ENCRYPTED, "true",
                SignalName.CORPORATE, "true",
                SignalName.THREAT_LEVEL, "none",
                SignalName.ROOTED, "false",
                SignalName.MANAGED, "true"));
    assertThat(said.id().management()).isEqualTo("705c034c-034c-705c-4c03-5c704c035c70");
    assertThat(said.id().user()).contains("Alice@bank.example");
    assertThat(said.observed()).contains(Instant.parse("2026-11-22T11:02:49.3205976Z"));
    assertThat(graph.asked.getLast().query()).startsWith("$select=id,").endsWith("$top=500");
  }

  @Test
  void what_intune_does_not_know_is_not_said() throws Unavailable {
    var said =
        only(
            DEVICE
                .replace("\"compliant\"", "\"unknown\"")
                .replace("\"False\"", "\"Unknown\"")
                .replace("\"secured\"", "\"unresponsive\"")
                .replace("\"company\"", "\"unknown\"")
                .replace("\"isEncrypted\": true", "\"isEncrypted\": \"true\"")
                .replace("2026-11-22T11:02:49.3205976Z", "0001-01-01T00:00:00Z"));
    assertThat(said.says())
        .doesNotContainKeys(
            SignalName.COMPLIANT,
            SignalName.ROOTED,
            SignalName.THREAT_LEVEL,
            SignalName.CORPORATE,
            SignalName.ENCRYPTED);
    assertThat(said.observed()).isEmpty();
  }

  @Test
  void a_grace_period_is_not_compliant() throws Unavailable {
    assertThat(only(DEVICE.replace("\"compliant\"", "\"inGracePeriod\"")).says())
        .containsEntry(SignalName.COMPLIANT, "false");
  }

  @Test
  void pages_follow_the_next_link_and_entries_without_id_are_counted() throws Unavailable {
    String next = graph.base() + LIST + "?$skiptoken=abc";
    graph.at(
        LIST,
        asked ->
            asked.query().contains("skiptoken")
                ? Answer.ok("{\"value\":[" + DEVICE + ", {\"model\": \"x\"}, null]}")
                : Answer.ok("{\"value\":[" + DEVICE + "],\"@odata.nextLink\":\"" + next + "\"}"));
    var first = intune.read(Optional.empty());
    assertThat(first.next()).contains(next);
    var second = intune.read(first.next());
    assertThat(second.next()).isEmpty();
    assertThat(second.unreadable()).isEqualTo(2);
    assertThat(graph.times(TOKEN)).isOne();
  }

  @Test
  void the_token_goes_to_no_other_host_and_no_other_list() {
    for (String link :
        new String[] {
          "https://evil.example" + LIST + "?$skiptoken=1",
          graph.base() + ".evil.example" + LIST + "?$skiptoken=1",
          graph.base() + "/v1.0/users?$skiptoken=1",
          graph.base() + LIST + "?$skiptoken=1#x",
          "not a link"
        }) {
      graph.at(LIST, _ -> Answer.ok("{\"value\":[],\"@odata.nextLink\":\"" + link + "\"}"));
      fails(Reason.GARBAGE, _ -> {});
    }
  }

  @Test
  void a_redirect_is_not_followed() {
    graph.at(LIST, _ -> new Answer(302, "", Map.of("Location", graph.base() + "/elsewhere")));
    fails(Reason.GARBAGE, _ -> {});
    assertThat(graph.times("/elsewhere")).isZero();
  }

  @Test
  void throttling_says_when_to_come_again() {
    graph.at(LIST, _ -> new Answer(429, "{}", Map.of("Retry-After", "120")));
    fails(Reason.THROTTLED, e -> assertThat(e.again()).contains(time.now().plusSeconds(120)));
  }

  @Test
  void a_token_that_expires_early_is_got_anew_once_and_a_wrong_secret_is_said() throws Unavailable {
    graph.at(
        LIST,
        asked ->
            asked.header("Authorization").equals("Bearer t2")
                ? Answer.ok("{\"value\":[]}")
                : Answer.status(401));
    assertThat(intune.read(Optional.empty()).devices()).isEmpty();
    assertThat(graph.times(TOKEN)).isEqualTo(2);
    graph.at(TOKEN, _ -> Answer.status(401));
    time.pass(Duration.ofHours(2));
    fails(Reason.CREDENTIAL, _ -> {});
  }

  @Test
  void what_is_too_large_broken_or_of_another_form_is_no_answer() {
    list("{\"id\":\"" + "x".repeat(70_000) + "\"}");
    fails(Reason.DOWN, _ -> {});
    graph.at(LIST, _ -> Answer.ok("{\"value\":[{]}"));
    fails(Reason.GARBAGE, _ -> {});
    graph.at(LIST, _ -> Answer.ok("{\"value\":{}}"));
    fails(Reason.GARBAGE, _ -> {});
    graph.at(LIST, _ -> Answer.ok("<html>maintenance</html>"));
    fails(Reason.GARBAGE, _ -> {});
    graph.at(LIST, _ -> Answer.status(503));
    fails(Reason.DOWN, _ -> {});
  }
}
