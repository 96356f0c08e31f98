// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.workspaceone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.admission.feed.FeedRules;
import dev.vigil.admission.feed.PostureSource.Reason;
import dev.vigil.admission.feed.PostureSource.Unavailable;
import dev.vigil.feeds.said.StandIn;
import dev.vigil.feeds.said.StandIn.Answer;
import dev.vigil.feeds.web.ClientCredentials;
import dev.vigil.feeds.web.Web;
import dev.vigil.feeds.web.WebSender;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Secret;
import dev.vigil.posture.SignalName;
import dev.vigil.testkit.ManualTime;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Workspace ONE's devices, from a stand-in in the shape of what servers answered.
class WorkspaceOneTest {

  private static final String LIST = "/api/mdm/devices/search";

  private static final String DEVICE =
      """
      {"Udid": "a9ea6d7c14ebd3d5f2544a9be0edca24", "SerialNumber": "R38J",
       "UserName": "alice", "UserEmailAddress": "alice@bank.example", "Ownership": "C",
       "PlatformId": {"Id": {"Value": 5}, "Name": "Android"}, "Platform": "Android",
       "Model": "samsung SM-N950U", "OperatingSystem": "15.1.1",
       "LastSeen": "2026-11-22T11:15:03.253", "EnrollmentStatus": "Enrolled",
       "ComplianceStatus": "Compliant", "CompromisedStatus": false,
       "LastCompromisedCheckOn": "2026-11-22T10:59:46.437",
       "Id": {"Value": 371650}, "Uuid": "2a1d9c63-7e8c-417e-b136-f33ff19c5ae9"}\
      """;

  private final ManualTime time = ManualTime.atNoon();
  private final StandIn uem = new StandIn();
  private final StandIn login = new StandIn();
  private final Web web = new Web(Duration.ofSeconds(2), 1024 * 1024);

  @AfterEach
  void close() {
    uem.close();
    login.close();
    web.close();
  }

  private static Secret secret(String text) {
    return Secret.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private WorkspaceOne with(WorkspaceOne.Account account) {
    var api = WorkspaceOne.api(uem.base(), account, new WebSender(web), time);
    return new WorkspaceOne("uem", uem.base(), api);
  }

  private WorkspaceOne client() {
    login.at("/connect/token", _ -> Answer.ok("{\"access_token\":\"t\",\"expires_in\":3600}"));
    return with(
        new WorkspaceOne.Account.Client(
            new ClientCredentials(
                URI.create(login.base() + "/connect/token"),
                "client",
                Optional.empty(),
                new ClientCredentials.Proof.Basic(secret("s"))),
            Optional.of(secret("code"))));
  }

  private void answers(int total, String... devices) {
    uem.at(
        LIST,
        _ ->
            Answer.ok(
                "{\"Devices\":["
                    + String.join(",", devices)
                    + "],\"Page\":0,\"PageSize\":500,\"Total\":"
                    + total
                    + "}"));
  }

  @Test
  void a_device_says_what_its_fields_mean() throws Unavailable {
    answers(1, DEVICE);
    var said = client().read(Optional.empty()).devices().getFirst();
    assertThat(said.says())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                SignalName.PLATFORM, "android",
                SignalName.OS_VERSION, "15.1.1",
                SignalName.MODEL, "samsung SM-N950U",
                SignalName.COMPLIANT, "true",
                SignalName.CORPORATE, "true",
                SignalName.ROOTED, "false",
                SignalName.MANAGED, "true"));
    assertThat(said.observed()).contains(Instant.parse("2026-11-22T11:15:03.253Z"));
    assertThat(said.id().user()).contains("alice@bank.example");
    assertThat(uem.asked.getLast().header("Aw-tenant-code")).isEqualTo("code");
    assertThat(login.asked.getFirst().headers()).doesNotContainKey("Aw-tenant-code");
  }

  @Test
  void a_device_that_was_never_checked_is_not_called_sound() throws Unavailable {
    answers(
        1,
        DEVICE
            .replace("2026-11-22T10:59:46.437", "0001-01-01T00:00:00.000")
            .replace("\"Compliant\"", "\"PendingComplianceCheck\"")
            .replace("\"Enrolled\"", "\"Unenrolled\""));
    var said = client().read(Optional.empty()).devices().getFirst();
    assertThat(said.says())
        .doesNotContainKeys(SignalName.ROOTED, SignalName.COMPLIANT)
        .containsEntry(SignalName.MANAGED, "false");
  }

  @Test
  void pages_count_from_zero_up_to_the_total() throws Unavailable {
    answers(501, DEVICE);
    var feed = client();
    var first = feed.read(Optional.empty());
    assertThat(first.next()).contains("1");
    assertThat(feed.read(first.next()).next()).isEmpty();
    assertThat(uem.asked.getLast().query()).isEqualTo("page=1&pagesize=500");
  }

  @Test
  void an_empty_page_in_the_middle_is_garbage_and_not_the_end() {
    answers(501);
    assertThatThrownBy(() -> client().read(Optional.empty()))
        .isInstanceOfSatisfying(
            Unavailable.class, e -> assertThat(e.reason()).isEqualTo(Reason.GARBAGE));
  }

  @Test
  void an_administrators_password_is_checked_first_and_sent_as_basic() throws Unavailable {
    String basic = ClientCredentials.basic("api", "p:w");
    uem.at(
        "/api/system/info",
        asked ->
            asked.header("Authorization").equals(basic) ? Answer.ok("{}") : Answer.status(401));
    answers(1, DEVICE);
    var feed = with(new WorkspaceOne.Account.Administrator("api", secret("p:w"), secret("code")));
    assertThat(feed.read(Optional.empty()).devices()).hasSize(1);
    assertThat(uem.asked.getLast().header("Authorization")).isEqualTo(basic);
    var wrong = with(new WorkspaceOne.Account.Administrator("api", secret("x"), secret("code")));
    assertThatThrownBy(() -> wrong.read(Optional.empty()))
        .isInstanceOfSatisfying(
            Unavailable.class, e -> assertThat(e.reason()).isEqualTo(Reason.CREDENTIAL));
  }

  private static final String EVENT =
      """
      {"EventId": 178, "EventType": "ComplianceStatusChanged", "DeviceId": 10000,
       "EnrollmentEmailAddress": "alice@bank.example", "EventTime": "2026-11-22T11:13:59.572Z",
       "EnrollmentStatus": "Enrolled", "CompromisedStatus": "", "ComplianceStatus": "NonCompliant",
       "Udid": "D20E", "SerialNumber": "R38J", "Platform": "Android",
       "DeviceUUID": "2a1d9c63-7e8c-417e-b136-f33ff19c5ae9"}\
      """;

  @Test
  void an_event_notification_says_its_bad_news_only_and_is_proven_by_the_password() {
    var rules =
        new FeedRules(
            "uem", Duration.ofMinutes(30), Duration.ofHours(24), FeedRules.Claims.REFUSED);
    var events = new EventNotifications(rules, "uem", secret("p:w"));
    assertThat(events.proven(Optional.of(ClientCredentials.basic("uem", "p:w")))).isTrue();
    assertThat(events.proven(Optional.of(ClientCredentials.basic("uem", "p:x")))).isFalse();
    assertThat(events.proven(Optional.empty())).isFalse();
    var said = events.read(bytes(EVENT)).orElseThrow();
    assertThat(said.id().management()).isEqualTo("2a1d9c63-7e8c-417e-b136-f33ff19c5ae9");
    assertThat(said.says()).isEqualTo(Map.of(SignalName.COMPLIANT, "false"));
    assertThat(events.read(bytes(EVENT.replace("NonCompliant", "Compliant"))).orElseThrow().says())
        .isEmpty();
    assertThat(events.read(bytes("{\"EventId\": 178}"))).isEmpty();
    assertThat(events.read(bytes("[]"))).isEmpty();
  }

  private static Bytes bytes(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
