// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.admission.feed.FeedRules;
import dev.vigil.admission.feed.PostureSource;
import dev.vigil.admission.webhook.WebhookSecrets;
import dev.vigil.admission.webhook.WebhookSource;
import dev.vigil.feeds.defender.Defender;
import dev.vigil.feeds.google.AndroidManagement;
import dev.vigil.feeds.google.EndpointVerification;
import dev.vigil.feeds.google.ServiceAccount;
import dev.vigil.feeds.lookout.Lookout;
import dev.vigil.feeds.said.Api;
import dev.vigil.feeds.web.ClientCredentials;
import dev.vigil.feeds.web.Web;
import dev.vigil.feeds.zimperium.Zimperium;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.TimeSource;
import dev.vigil.server.config.ThreatFeed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// Makes the configured feeds of Google, threat defence and webhooks; their secrets are read here.
final class ThreatFeeds {

  private final Api.Sender sender;
  private final TimeSource time;

  ThreatFeeds(Api.Sender sender, TimeSource time) {
    this.sender = sender;
    this.time = time;
  }

  /// A product that is asked.
  ///
  /// @param id of the feed
  /// @throws StartRefused if its secret is missing, readable by others or of another form
  PostureSource asked(String id, ThreatFeed.Asked feed) {
    var secret = secret(feed.secretFile());
    return switch (feed) {
      case ThreatFeed.AndroidManagement one ->
          new AndroidManagement(
              id,
              one.url(),
              one.enterprise(),
              AndroidManagement.api(account(one.secretFile(), secret), sender, time));
      case ThreatFeed.EndpointVerification one -> {
        var account = account(one.secretFile(), secret);
        yield new EndpointVerification(
            id, one.url(), EndpointVerification.api(account, one.administrator(), sender, time));
      }
      case ThreatFeed.Defender one -> {
        var login =
            new ClientCredentials(
                one.token(),
                one.clientId(),
                Optional.of(Defender.SCOPE),
                new ClientCredentials.Proof.InForm(secret));
        yield new Defender(id, one.url(), new Api(sender, login, time));
      }
      case ThreatFeed.Lookout one ->
          new Lookout(id, one.url(), Lookout.api(one.url(), secret, sender, time));
      case ThreatFeed.Zimperium one -> {
        var key = new Zimperium.Key(one.clientId(), secret);
        yield new Zimperium(id, one.url(), Zimperium.api(one.url(), key, sender, time));
      }
    };
  }

  /// A product that sends.
  ///
  /// @throws StartRefused as [#asked]
  static WebhookSource webhook(FeedRules rules, ThreatFeed.Webhook feed) {
    var text = new String(secret(feed.secretFile()).reveal(), StandardCharsets.UTF_8);
    return WebhookSecrets.parse(text)
        .map(secrets -> new WebhookSource(rules, secrets, feed.signals()))
        .orElseThrow(() ->
            new StartRefused(
                "`" + feed.secretFile() + "` holds no secrets of a webhook",
                "write 1 to 4 lines of `whsec_` and 24 to 64 bytes in Base64"));
  }

  private static ServiceAccount account(Path file, Secret content) {
    return ServiceAccount.parse(content.reveal())
        .filter(account -> Web.allowed(account.token()))
        .orElseThrow(() ->
            new StartRefused(
                "`" + file + "` is no key of a service account",
                "download the account's key as JSON and put it there"));
  }

  private static Secret secret(Path file) {
    try {
      return KeyPassword.existing(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
