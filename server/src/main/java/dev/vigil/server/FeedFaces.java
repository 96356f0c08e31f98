// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.admission.Changes;
import dev.vigil.admission.feed.DeviceClaims;
import dev.vigil.admission.feed.FeedStates;
import dev.vigil.admission.feed.Feeds;
import dev.vigil.admission.feed.NoticeSource;
import dev.vigil.admission.feed.Notices;
import dev.vigil.admission.feed.PostureSource;
import dev.vigil.admission.feed.Synchronisation;
import dev.vigil.admission.webhook.WebhookSource;
import dev.vigil.admission.webhook.Webhooks;
import dev.vigil.api.administration.FeedRoutes;
import dev.vigil.api.device.ClaimRoutes;
import dev.vigil.api.feed.NoticeRoutes;
import dev.vigil.api.feed.WebhookRoutes;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Route;
import dev.vigil.feeds.intune.Intune;
import dev.vigil.feeds.said.Api;
import dev.vigil.feeds.web.ClientCredentials;
import dev.vigil.feeds.web.Web;
import dev.vigil.feeds.web.WebSender;
import dev.vigil.feeds.workspaceone.EventNotifications;
import dev.vigil.feeds.workspaceone.WorkspaceOne;
import dev.vigil.kernel.Secret;
import dev.vigil.server.Foundation.Machine;
import dev.vigil.server.config.FeedSettings;
import dev.vigil.server.config.ThreatFeed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The products that say what they know of devices, put together. Nothing is asked before the
/// server runs, so a product that is down keeps no server from starting.
final class FeedFaces implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int LARGEST = 8 * 1024 * 1024;
  private static final String GRAPH_SCOPE = "/.default";

  private final Changes changes;
  private final Machine machine;
  private final List<FeedSettings> configured;
  private final Web web = new Web(PATIENCE, LARGEST);
  private final Feeds feeds;

  FeedFaces(Changes changes, Machine machine, List<FeedSettings> configured) {
    this.changes = changes;
    this.machine = machine;
    this.configured = configured;
    this.feeds = new Feeds(changes, configured.stream().map(FeedSettings::rules).toList());
  }

  /// For the listener of the issuer.
  List<Route<?>> routes(Doors doors) {
    return Stream.of(
            new FeedRoutes(doors, feeds).routes(),
            new ClaimRoutes(doors, new DeviceClaims(changes)).routes(),
            new WebhookRoutes(doors, new Webhooks(changes, webhooks())).routes(),
            new NoticeRoutes(doors, new Notices(changes, notices())).routes())
        .flatMap(List::stream)
        .toList();
  }

  private List<WebhookSource> webhooks() {
    return configured.stream()
        .flatMap(one ->
            one.product() instanceof ThreatFeed.Webhook webhook
                ? Stream.of(ThreatFeeds.webhook(one.rules(), webhook))
                : Stream.empty())
        .toList();
  }

  private List<NoticeSource> notices() {
    return configured.stream()
        .flatMap(feed ->
            feed.product() instanceof FeedSettings.WorkspaceOne product
                ? product.notices().stream()
                    .<NoticeSource>map(given ->
                        new EventNotifications(feed.rules(), given.user(), secret(given.file())))
                : Stream.<NoticeSource>empty())
        .toList();
  }

  /// Asks from now on, and notices who is silent.
  FeedRunner start() {
    var asked =
        configured.stream()
            .flatMap(one ->
                source(one).stream()
                    .map(source ->
                        new Synchronisation(changes, source, one.rules(), machine.entropy())))
            .toList();
    var calling =
        configured.stream()
            .filter(one -> one.product() instanceof ThreatFeed.Webhook)
            .map(FeedSettings::rules)
            .toList();
    return FeedRunner.start(
        new FeedRunner.Sources(asked, calling), new FeedStates(changes), machine.time());
  }

  /// Who is asked; empty if the product calls us.
  private Optional<PostureSource> source(FeedSettings settings) {
    String id = settings.rules().id();
    return switch (settings.product()) {
      case ThreatFeed.Webhook _ -> Optional.empty();
      case ThreatFeed.Asked product ->
          Optional.of(new ThreatFeeds(new WebSender(web), machine.time()).asked(id, product));
      case FeedSettings.Intune product ->
          Optional.of(new Intune(id, product.graph(), graph(product)));
      case FeedSettings.WorkspaceOne product ->
          Optional.of(
              new WorkspaceOne(
                  id,
                  product.url(),
                  WorkspaceOne.api(
                      product.url(), account(product), new WebSender(web), machine.time())));
    };
  }

  private Api graph(FeedSettings.Intune product) {
    var endpoint = URI.create(product.login() + "/" + product.tenant() + "/oauth2/v2.0/token");
    var login =
        new ClientCredentials(
            endpoint,
            product.clientId(),
            Optional.of(product.graph() + GRAPH_SCOPE),
            new ClientCredentials.Proof.InForm(secret(product.secret())));
    return new Api(new WebSender(web), login, machine.time());
  }

  private static WorkspaceOne.Account account(FeedSettings.WorkspaceOne product) {
    var code = product.tenantCode().map(FeedFaces::secret);
    return switch (product.account()) {
      case FeedSettings.UemAccount.Client(var token, var clientId, var file) ->
          new WorkspaceOne.Account.Client(
              new ClientCredentials(
                  token,
                  clientId,
                  Optional.empty(),
                  new ClientCredentials.Proof.Basic(secret(file))),
              code);
      case FeedSettings.UemAccount.Administrator(var name, var file) ->
          new WorkspaceOne.Account.Administrator(
              name,
              secret(file),
              code.orElseThrow(() ->
                  new StartRefused(
                      "Workspace ONE needs its API key beside a password",
                      "name the file with it as `tenant-code-file`")));
    };
  }

  private static Secret secret(Path file) {
    try {
      return KeyPassword.existing(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    web.close();
  }
}
