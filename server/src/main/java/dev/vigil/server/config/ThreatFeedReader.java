// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.config;

import dev.vigil.admission.webhook.WebhookSource;
import dev.vigil.feeds.defender.Defender;
import dev.vigil.feeds.google.AndroidManagement;
import dev.vigil.feeds.google.EndpointVerification;
import dev.vigil.feeds.lookout.Lookout;
import dev.vigil.feeds.web.Web;
import dev.vigil.posture.SignalName;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Reads what an entry of `devices.feeds` needs if it is one of Google, of threat defence or a
/// webhook.
final class ThreatFeedReader {

  /// The kinds, each with its keys beside those that every feed has.
  static final Map<String, List<String>> KINDS =
      Map.of(
          "android-management", List.of("url", "enterprise", "service-account-file"),
          "endpoint-verification", List.of("url", "administrator", "service-account-file"),
          "defender", List.of("url", "tenant", "login", "client-id", "client-secret-file"),
          "lookout", List.of("url", "key-file"),
          "zimperium", List.of("url", "client-id", "client-secret-file"),
          "webhook", List.of("secret-file", "signals", "lifetime-seconds"));

  private static final URI LOGIN = URI.create("https://login.microsoftonline.com");

  private final Path base;
  private final Entry entry;

  /// @param base the folder that relative paths start from
  ThreatFeedReader(Path base, Entry entry) {
    this.base = base;
    this.entry = entry;
  }

  /// One entry of the list.
  interface Entry {

    /// The text of a key; empty if it is not there.
    Optional<String> text(String key);

    /// The texts of a key that takes a list; empty if it is not there.
    Optional<List<String>> list(String key);

    /// Takes what is wrong with a key.
    void problem(String key, String says);
  }

  /// The entry's own part; empty if something is wrong, which was told.
  ///
  /// @param kind one of [#KINDS]
  Optional<ThreatFeed> read(String kind) {
    return switch (kind) {
      case "android-management" -> android();
      case "endpoint-verification" -> endpoints();
      case "defender" -> defender();
      case "lookout" -> lookout();
      case "zimperium" -> zimperium();
      case "webhook" -> webhook();
      default -> throw new IllegalArgumentException("`" + kind + "` is read elsewhere");
    };
  }

  private Optional<ThreatFeed> android() {
    var enterprise =
        needed(
            "enterprise",
            AndroidManagement::isEnterprise,
            "a name such as `enterprises/LC02abcdef`");
    var account = file("service-account-file");
    var url = url(AndroidManagement.USUAL);
    if (enterprise.isEmpty() || account.isEmpty() || url.isEmpty()) return Optional.empty();
    return Optional.of(
        new ThreatFeed.AndroidManagement(url.get(), enterprise.get(), account.get()));
  }

  private Optional<ThreatFeed> endpoints() {
    var administrator =
        needed("administrator", text -> text.indexOf('@') > 0, "the mail address of a person");
    var account = file("service-account-file");
    var url = url(EndpointVerification.USUAL);
    if (administrator.isEmpty() || account.isEmpty() || url.isEmpty()) return Optional.empty();
    return Optional.of(
        new ThreatFeed.EndpointVerification(url.get(), administrator.get(), account.get()));
  }

  private Optional<ThreatFeed> defender() {
    var tenant =
        needed("tenant", text -> text.matches("[A-Za-z0-9.-]{1,64}"), "the tenant's id or domain");
    var client = needed("client-id", _ -> true, "the application's id");
    var secret = file("client-secret-file");
    var url = url(Defender.USUAL);
    var login = origin("login", Optional.of(LOGIN));
    if (tenant.isEmpty()
        || client.isEmpty()
        || secret.isEmpty()
        || url.isEmpty()
        || login.isEmpty()) return Optional.empty();
    var token = URI.create(login.get() + "/" + tenant.get() + "/oauth2/v2.0/token");
    return Optional.of(new ThreatFeed.Defender(url.get(), token, client.get(), secret.get()));
  }

  private Optional<ThreatFeed> lookout() {
    var key = file("key-file");
    var url = url(Lookout.USUAL);
    if (key.isEmpty() || url.isEmpty()) return Optional.empty();
    return Optional.of(new ThreatFeed.Lookout(url.get(), key.get()));
  }

  private Optional<ThreatFeed> zimperium() {
    var client = needed("client-id", _ -> true, "the API key's client id");
    var secret = file("client-secret-file");
    var url = origin("url", Optional.empty());
    if (client.isEmpty() || secret.isEmpty() || url.isEmpty()) return Optional.empty();
    return Optional.of(new ThreatFeed.Zimperium(url.get(), client.get(), secret.get()));
  }

  private Optional<ThreatFeed> webhook() {
    var secret = file("secret-file");
    var signals = entry.list("signals").map(this::signals).orElse(WebhookSource.everything());
    return secret.map(file -> new ThreatFeed.Webhook(signals, file));
  }

  private Set<SignalName> signals(List<String> labels) {
    var signals = EnumSet.noneOf(SignalName.class);
    for (String label : labels)
      SignalName.find(label)
          .filter(SignalName::reportable)
          .ifPresentOrElse(
              signals::add,
              () ->
                  entry.problem("signals", "`" + label + "` is no signal that a product can say"));
    if (labels.isEmpty()) entry.problem("signals", "`signals` names at least one");
    return signals;
  }

  private Optional<String> needed(String key, Predicate<String> fits, String form) {
    var text = entry.text(key).filter(value -> !value.isBlank()).filter(fits);
    if (text.isEmpty()) entry.problem(key, "this feed needs `" + key + "`, " + form);
    return text;
  }

  private Optional<Path> file(String key) {
    return needed(key, _ -> true, "a file that only its owner can read").map(base::resolve);
  }

  private Optional<URI> url(URI usual) {
    return origin("url", Optional.of(usual));
  }

  private Optional<URI> origin(String key, Optional<URI> usual) {
    var text = entry.text(key);
    if (text.isEmpty() && usual.isPresent()) return usual;
    var origin =
        text.flatMap(Endpoints::uri)
            .filter(Web::allowed)
            .filter(uri -> uri.getRawPath().isEmpty() && uri.getRawQuery() == null);
    if (origin.isEmpty())
      entry.problem(key, "`" + key + "` takes an origin such as `https://product.example`");
    return origin;
  }
}
