// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.admission.feed.FeedRules;
import dev.vigil.admission.feed.PostureSource;
import dev.vigil.admission.feed.PostureSource.Reason;
import dev.vigil.admission.feed.PostureSource.Unavailable;
import dev.vigil.posture.SignalName;
import dev.vigil.server.config.ThreatFeed;
import dev.vigil.testkit.ManualTime;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Secrets of feeds are read from files that only the server can read.
class ThreatFeedsTest {

  private static final URI PRODUCT = URI.create("https://product.example");
  private static final FeedRules RULES =
      new FeedRules(
          "scanner", Duration.ofHours(1), FeedRules.USUAL_LIFETIME, FeedRules.Claims.REFUSED);

  private final ThreatFeeds feeds =
      new ThreatFeeds(
          _ -> {
            throw new Unavailable(Reason.DOWN, "nobody is there", Optional.empty());
          },
          ManualTime.atNoon());

  @TempDir Path folder = Path.of("");

  private Path file(String content, String permissions) throws IOException {
    var file = Files.writeString(folder.resolve("secret"), content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void each_product_is_made_with_its_secret_and_asked_when_it_is_due() throws IOException {
    var secret = file("s3cret\n", "rw-------");
    for (var feed :
        List.<ThreatFeed.Asked>of(
            new ThreatFeed.Defender(PRODUCT, URI.create(PRODUCT + "/token"), "c", secret),
            new ThreatFeed.Lookout(PRODUCT, secret),
            new ThreatFeed.Zimperium(PRODUCT, "c", secret))) {
      PostureSource source = feeds.asked("scanner", feed);
      assertThat(source.id()).isEqualTo("scanner");
      assertThatThrownBy(() -> source.read(Optional.empty())).isInstanceOf(Unavailable.class);
    }
  }

  @Test
  void a_file_that_is_no_service_account_keeps_the_server_from_starting() throws IOException {
    var secret = file("{\"type\": \"authorized_user\"}", "rw-------");
    assertThatThrownBy(() ->
            feeds.asked(
                "google", new ThreatFeed.AndroidManagement(PRODUCT, "enterprises/a", secret)))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("service account");
  }

  @Test
  void secrets_of_a_webhook_must_be_of_their_form_and_nobody_elses() throws IOException {
    var signals = Set.of(SignalName.ROOTED);
    var good = file("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n", "rw-------");
    assertThat(ThreatFeeds.webhook(RULES, new ThreatFeed.Webhook(signals, good)).signals())
        .isEqualTo(signals);
    var open = file("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n", "rw-r-----");
    assertThatThrownBy(() -> ThreatFeeds.webhook(RULES, new ThreatFeed.Webhook(signals, open)))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("more than its owner");
    var weak = file("whsec_c2hvcnQ=\n", "rw-------");
    assertThatThrownBy(() -> ThreatFeeds.webhook(RULES, new ThreatFeed.Webhook(signals, weak)))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("holds no secrets");
  }
}
