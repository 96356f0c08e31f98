// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.config;

import dev.vigil.admission.administration.GroupName;
import dev.vigil.feeds.web.Web;
import dev.vigil.identity.Population;
import dev.vigil.identity.federation.Provider;
import dev.vigil.identity.federation.ProviderId;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Suggestion;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Reads `identity.providers`, a list of upstream OpenID providers; every problem is reported where
/// it stands.
final class ProvidersReader {

  private static final List<String> KEYS =
      List.of(
          "id",
          "name",
          "kind",
          "issuer",
          "client-id",
          "client-secret-file",
          "tenants",
          "scopes",
          "acr-values",
          "max-age",
          "acr",
          "amr",
          "groups-claim",
          "groups",
          "population",
          "provision",
          "first-passkey",
          "graph");

  private static final URI GRAPH = URI.create("https://graph.microsoft.com");
  private static final int MOST = 32;
  private static final int LONGEST = 255;

  private final Path base;
  private final BiConsumer<Node, String> problem;

  /// @param base the folder that relative paths start from
  /// @param problem takes what is wrong and where
  ProvidersReader(Path base, BiConsumer<Node, String> problem) {
    this.base = base;
    this.problem = problem;
  }

  /// The providers that could be read; none if there are none.
  List<Configuration.Upstream> read(Node list) {
    if (!(list instanceof SequenceNode sequence)) {
      problem.accept(list, "`identity.providers` takes a list, each with `id`, `kind`, `issuer`");
      return List.of();
    }
    if (sequence.getValue().size() > MOST)
      problem.accept(list, "there can be " + MOST + " providers at most");
    var providers = new ArrayList<Configuration.Upstream>();
    var ids = new HashSet<ProviderId>();
    for (var node : sequence.getValue()) {
      one(node)
          .ifPresent(upstream -> {
            if (!ids.add(upstream.provider().id()))
              problem.accept(node, "two providers are called `" + upstream.provider().id() + "`");
            providers.add(upstream);
          });
    }
    return providers;
  }

  private Optional<Configuration.Upstream> one(Node node) {
    if (!(node instanceof MappingNode mapping)) {
      problem.accept(node, "a provider is a section with `id`, `kind`, `issuer` and `client-id`");
      return Optional.empty();
    }
    var entry = new Entry(mapping, members(mapping));
    var id = entry.id();
    var kind = entry.kind();
    var issuer = entry.required("issuer").filter(text -> entry.issuer(text));
    var clientId = entry.required("client-id");
    if (id.isEmpty() || kind.isEmpty() || issuer.isEmpty() || clientId.isEmpty())
      return Optional.empty();
    var tenants = Set.copyOf(entry.list("tenants"));
    if (!fits(entry, kind.get(), issuer.get(), tenants)) return Optional.empty();
    var provider =
        new Provider(
            id.get(),
            entry.text("name").orElse(id.get().value()),
            kind.get(),
            issuer.get(),
            clientId.get(),
            tenants,
            entry.has("scopes") ? entry.list("scopes") : List.of("profile"),
            new Provider.Wanted(entry.list("acr-values"), entry.maxAge()),
            new Provider.Meanings(
                entry.map("acr"),
                entry.map("amr"),
                entry.text("groups-claim").orElse("groups"),
                entry.groups()),
            new Provider.Arrivals(entry.population(), entry.provision(), entry.firstPasskey()));
    return Optional.of(
        new Configuration.Upstream(
            provider, entry.text("client-secret-file").map(base::resolve), entry.graph()));
  }

  private boolean fits(Entry entry, Provider.Kind kind, String issuer, Set<String> tenants) {
    boolean template = issuer.contains(Provider.TENANT);
    if (template && kind != Provider.Kind.ENTRA)
      problem.accept(entry.at("issuer"), "`{tenantid}` stands in issuers of `kind: entra` only");
    if (kind == Provider.Kind.ENTRA && template && tenants.isEmpty())
      problem.accept(
          entry.at("issuer"),
          "an issuer of many tenants needs `tenants`, the ids of those that may sign in; without"
              + " them everybody with a Microsoft account could");
    if (kind != Provider.Kind.ENTRA && !tenants.isEmpty())
      problem.accept(entry.at("tenants"), "`tenants` are for `kind: entra` only");
    return !template || (kind == Provider.Kind.ENTRA && !tenants.isEmpty());
  }

  private static <T> Optional<T> named(String text, List<T> all, Function<T, String> label) {
    return all.stream().filter(one -> label.apply(one).equals(text)).findFirst();
  }

  private Map<String, Node> members(MappingNode mapping) {
    var members = new LinkedHashMap<String, Node>();
    for (var pair : mapping.getValue()) {
      String key = scalar(pair.getKeyNode());
      if (!KEYS.contains(key))
        problem.accept(
            pair.getKeyNode(),
            "unknown key `"
                + key
                + "` of a provider"
                + Suggestion.nearest(key, KEYS)
                    .map(near -> "; did you mean `" + near + "`?")
                    .orElse("; the keys are " + KEYS));
      else if (members.put(key, pair.getValueNode()) != null)
        problem.accept(pair.getKeyNode(), "`" + key + "` stands twice; keep one");
    }
    return members;
  }

  private String scalar(Node node) {
    if (node instanceof ScalarNode scalar && scalar.getValue().length() <= 2048)
      return scalar.getValue();
    problem.accept(node, "expected a plain value here");
    return "";
  }

  /// One provider's section.
  private final class Entry {
    private final Node whole;
    private final Map<String, Node> members;

    private Entry(Node whole, Map<String, Node> members) {
      this.whole = whole;
      this.members = members;
    }

    boolean has(String key) {
      return members.containsKey(key);
    }

    Node at(String key) {
      return members.getOrDefault(key, whole);
    }

    Optional<String> text(String key) {
      return Optional.ofNullable(members.get(key)).map(ProvidersReader.this::scalar);
    }

    Optional<String> required(String key) {
      var text = text(key).filter(value -> !value.isBlank());
      if (text.isEmpty()) problem.accept(at(key), "a provider needs `" + key + "`");
      return text;
    }

    <T> Optional<T> parsed(String key, Optional<T> value, String form) {
      if (value.isEmpty()) problem.accept(at(key), "`" + key + "` " + form);
      return value;
    }

    Optional<ProviderId> id() {
      return required("id")
          .flatMap(text ->
              parsed(
                  "id",
                  ProviderId.parse(text),
                  "takes 1 to 32 of `a-z`, `0-9` and `-`, starting with a letter"));
    }

    Optional<Provider.Kind> kind() {
      return required("kind")
          .flatMap(text ->
              parsed(
                  "kind",
                  named(text, List.of(Provider.Kind.values()), Provider.Kind::label),
                  "takes `entra`, `okta` or `openid`"));
    }

    boolean issuer(String text) {
      boolean fits =
          text.length() <= LONGEST
              && Endpoints.uri(text.replace(Provider.TENANT, "tenant"))
                  .filter(Web::allowed)
                  .filter(uri -> uri.getRawQuery() == null && uri.getRawFragment() == null)
                  .isPresent();
      if (!fits)
        problem.accept(
            at("issuer"),
            "`issuer` takes the https URL exactly as the provider's discovery document writes it,"
                + " of at most 255 characters");
      return fits;
    }

    List<String> list(String key) {
      return switch (members.get(key)) {
        case null -> List.of();
        case SequenceNode list ->
            list.getValue().stream().map(ProvidersReader.this::scalar).toList();
        case Node other -> {
          problem.accept(other, "`" + key + "` takes a list such as `[one, two]`");
          yield List.of();
        }
      };
    }

    Map<String, String> map(String key) {
      return switch (members.get(key)) {
        case null -> Map.of();
        case MappingNode mapping -> {
          var values = new TreeMap<String, String>();
          for (var pair : mapping.getValue())
            values.put(scalar(pair.getKeyNode()), scalar(pair.getValueNode()));
          yield values;
        }
        case Node other -> {
          problem.accept(other, "`" + key + "` takes pairs such as `{theirs: ours}`");
          yield Map.of();
        }
      };
    }

    /// Every group of ours in its one spelling.
    Map<String, String> groups() {
      var named = new TreeMap<String, String>();
      map("groups")
          .forEach((theirs, ours) -> {
            if (GroupName.of(ours) instanceof Outcome.Done<GroupName>(GroupName name))
              named.put(theirs, name.value());
            else problem.accept(at("groups"), "`" + ours + "` is not a group's name");
          });
      return named;
    }

    Optional<Duration> maxAge() {
      return text("max-age")
          .flatMap(text ->
              parsed(
                  "max-age",
                  text.matches("[0-9]{1,6}")
                      ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
                      : Optional.empty(),
                  "takes seconds, such as `3600`"));
    }

    Population population() {
      return choice(
          "population",
          List.of(Population.EMPLOYEE, Population.CUSTOMER, Population.PARTNER),
          Population::label,
          "takes `employee`, `customer` or `partner`");
    }

    Provider.Provision provision() {
      return choice(
          "provision",
          List.of(Provider.Provision.NEVER, Provider.Provision.ON_FIRST_SIGN_IN),
          ProvidersReader::label,
          "takes `never` or `on-first-sign-in`");
    }

    Provider.FirstPasskey firstPasskey() {
      return choice(
          "first-passkey",
          List.of(Provider.FirstPasskey.BY_INVITATION, Provider.FirstPasskey.AFTER_SIGN_IN),
          ProvidersReader::label,
          "takes `by-invitation` or `after-sign-in`");
    }

    /// What is named; the first if nothing is.
    private <T> T choice(String key, List<T> all, Function<T, String> label, String form) {
      return text(key)
          .flatMap(text -> parsed(key, named(text, all, label), form))
          .orElse(all.getFirst());
    }

    URI graph() {
      return text("graph")
          .flatMap(text ->
              parsed(
                  "graph",
                  Endpoints.uri(text)
                      .filter(Web::allowed)
                      .filter(uri -> uri.getRawPath().isEmpty()),
                  "takes an origin such as `https://graph.microsoft.com`"))
          .orElse(GRAPH);
    }
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
