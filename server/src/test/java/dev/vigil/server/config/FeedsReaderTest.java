// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.feed.FeedRules;
import dev.vigil.server.config.ConfigurationReader.Reading;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `devices.feeds`, read with what is safe where nothing is said.
class FeedsReaderTest {

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

  private static final String INTUNE =
      "name: intune, kind: intune, tenant: bank.example, client-id: c, client-secret-file:"
          + " i.secret";

  @Test
  void what_is_not_said_is_safe() {
    var feeds =
        ((Reading.Read)
                read(
                    INTUNE,
                    "name: uem, kind: workspace-one, url: \"https://uem.bank.example\", user: api,"
                        + " password-file: p, tenant-code-file: t, lifetime-hours: 48"))
            .configuration()
            .feeds();
    assertThat(feeds).hasSize(2);
    assertThat(feeds.getFirst())
        .isEqualTo(
            new FeedSettings(
                new FeedRules(
                    "intune",
                    Duration.ofMinutes(30),
                    Duration.ofHours(24),
                    FeedRules.Claims.REFUSED),
                new FeedSettings.Intune(
                    "bank.example",
                    "c",
                    Path.of("/etc/vigil/i.secret"),
                    URI.create("https://graph.microsoft.com"),
                    URI.create("https://login.microsoftonline.com"))));
  }

  @Test
  void every_problem_is_named_where_it_stands() {
    assertThat(problems("name: Intune, kind: intunes"))
        .anyMatch(one -> one.contains("`kind` takes one of [android-management, defender,"));
    assertThat(problems(INTUNE + ", clams: accepted"))
        .anyMatch(one -> one.contains("did you mean `claims`"));
    assertThat(problems(INTUNE + ", claims: yes")).anyMatch(one -> one.contains("`claims`"));
    assertThat(problems(INTUNE, INTUNE)).anyMatch(one -> one.contains("two feeds"));
    assertThat(problems(INTUNE + ", graph: \"http://graph.example\""))
        .anyMatch(one -> one.contains("https origin"));
    assertThat(problems(INTUNE.replace("name: intune", "name: sdk")))
        .anyMatch(one -> one.contains("not `sdk`"));
    assertThat(problems(INTUNE.replace("i.secret", "vigil-data/i.secret")))
        .anyMatch(one -> one.contains("data folder"));
    assertThat(problems(INTUNE + ", interval-minutes: 1440, lifetime-hours: 24"))
        .anyMatch(one -> one.contains("two of its intervals"));
    assertThat(problems("name: uem, kind: workspace-one, url: \"https://u.example\", user: api"))
        .anyMatch(one -> one.contains("tenant-code-file"))
        .anyMatch(one -> one.contains("a feed needs `password-file`"));
  }
}
