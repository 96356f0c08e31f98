// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.posture.SignalName;
import dev.vigil.server.config.ConfigurationReader.Reading;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Feeds of Google, of threat defence and webhooks in `devices.feeds`.
class ThreatFeedReaderTest {

  private static final String ANDROID =
      "name: android, kind: android-management, enterprise: enterprises/LC02abcdef,"
          + " service-account-file: google.json";
  private static final String ENDPOINTS =
      "name: endpoints, kind: endpoint-verification, administrator: admin@bank.example,"
          + " service-account-file: google.json";
  private static final String DEFENDER =
      "name: defender, kind: defender, tenant: bank.example, client-id: c,"
          + " client-secret-file: d.secret";
  private static final String LOOKOUT = "name: lookout, kind: lookout, key-file: l.key";
  private static final String ZIMPERIUM =
      "name: zimperium, kind: zimperium, url: \"https://console.example\", client-id: c,"
          + " client-secret-file: z.secret";
  private static final String WEBHOOK = "name: scanner, kind: webhook, secret-file: s.webhook";

  private static Reading read(String... feeds) {
    return ConfigurationReader.read(
        "vigil.yaml",
        "devices:\n  feeds:\n"
            + String.join("", List.of(feeds).stream().map(one -> "    - {" + one + "}\n").toList()),
        Path.of("/etc/vigil"));
  }

  private static List<String> problems(String... feeds) {
    return read(feeds) instanceof Reading.Rejected(var problems) ? problems : List.of();
  }

  @Test
  void every_kind_is_read() {
    var feeds =
        ((Reading.Read)
                read(
                    ANDROID,
                    ENDPOINTS,
                    DEFENDER + ", url: \"https://eu.api.security.microsoft.com\"",
                    LOOKOUT,
                    ZIMPERIUM,
                    WEBHOOK + ", signals: [threat_level, rooted]"))
            .configuration()
            .feeds();
    assertThat(feeds)
        .extracting(FeedSettings::product)
        .containsExactly(
            new ThreatFeed.AndroidManagement(
                URI.create("https://androidmanagement.googleapis.com"),
                "enterprises/LC02abcdef",
                Path.of("/etc/vigil/google.json")),
            new ThreatFeed.EndpointVerification(
                URI.create("https://cloudidentity.googleapis.com"),
                "admin@bank.example",
                Path.of("/etc/vigil/google.json")),
            new ThreatFeed.Defender(
                URI.create("https://eu.api.security.microsoft.com"),
                URI.create("https://login.microsoftonline.com/bank.example/oauth2/v2.0/token"),
                "c",
                Path.of("/etc/vigil/d.secret")),
            new ThreatFeed.Lookout(
                URI.create("https://api.lookout.com"), Path.of("/etc/vigil/l.key")),
            new ThreatFeed.Zimperium(
                URI.create("https://console.example"), "c", Path.of("/etc/vigil/z.secret")),
            new ThreatFeed.Webhook(
                Set.of(SignalName.THREAT_LEVEL, SignalName.ROOTED),
                Path.of("/etc/vigil/s.webhook")));
  }

  @Test
  void a_webhook_without_signals_may_say_what_anybody_may_and_no_more() {
    var feed = ((Reading.Read) read(WEBHOOK)).configuration().feeds().getFirst();
    assertThat(((ThreatFeed.Webhook) feed.product()).signals())
        .contains(SignalName.THREAT_LEVEL)
        .doesNotContain(SignalName.ATTESTATION);
  }

  @Test
  void every_problem_is_named_where_it_stands() {
    assertThat(problems(ANDROID.replace("enterprises/", "")))
        .anyMatch(one -> one.contains("needs `enterprise`"));
    assertThat(problems(ENDPOINTS.replace("admin@", "")))
        .anyMatch(one -> one.contains("needs `administrator`"));
    assertThat(problems("name: d, kind: defender"))
        .anyMatch(one -> one.contains("`tenant`"))
        .anyMatch(one -> one.contains("`client-id`"))
        .anyMatch(one -> one.contains("`client-secret-file`"));
    assertThat(problems(LOOKOUT + ", url: \"http://lookout.example\""))
        .anyMatch(one -> one.contains("`url` takes an origin"));
    assertThat(problems("name: z, kind: zimperium, client-id: c, client-secret-file: z"))
        .anyMatch(one -> one.contains("`url` takes an origin"));
    assertThat(problems(WEBHOOK + ", signals: [attestation]"))
        .anyMatch(one -> one.contains("no signal that a product can say"));
    assertThat(problems(WEBHOOK + ", signals: []"))
        .anyMatch(one -> one.contains("names at least one"));
    assertThat(problems(WEBHOOK + ", url: \"https://x.example\""))
        .anyMatch(one -> one.contains("unknown key `url`"));
    assertThat(problems(WEBHOOK.replace("s.webhook", "vigil-data/s.webhook")))
        .anyMatch(one -> one.contains("data folder"));
  }
}
