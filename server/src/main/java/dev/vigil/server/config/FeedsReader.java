// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.config;

import dev.vigil.admission.feed.FeedRules;
import dev.vigil.feeds.intune.Intune;
import dev.vigil.feeds.web.Web;
import dev.vigil.kernel.Suggestion;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Reads `devices.feeds`, a list of products that say what they know of devices; every problem is
/// reported where it stands.
final class FeedsReader {

  private static final List<String> COMMON =
      List.of("name", "kind", "interval-minutes", "lifetime-hours", "claims");
  private static final Map<String, List<String>> MANAGEMENT =
      Map.of(
          "intune",
          List.of("tenant", "client-id", "client-secret-file", "graph", "login"),
          "workspace-one",
          List.of(
              "url",
              "token-url",
              "client-id",
              "client-secret-file",
              "user",
              "password-file",
              "tenant-code-file",
              "notices-user",
              "notices-password-file"));
  private static final Map<String, List<String>> KINDS = new TreeMap<>(MANAGEMENT);

  static {
    KINDS.putAll(ThreatFeedReader.KINDS);
  }

  private static final String LOGIN = "https://login.microsoftonline.com";
  private static final int MOST = 16;

  private final Path base;
  private final ConfigurationReader section;

  /// @param base the folder that relative paths start from
  FeedsReader(Path base, ConfigurationReader section) {
    this.base = base;
    this.section = section;
  }

  /// The feeds that could be read; none if there are none.
  ///
  /// @param folder the data folder, where no secret may lie
  List<FeedSettings> read(Path folder) {
    var written = section.node("devices.feeds");
    if (written.isEmpty()) return List.of();
    if (!(written.get() instanceof SequenceNode list)) {
      section.problem(written.get(), "`devices.feeds` takes a list, each with `name` and `kind`");
      return List.of();
    }
    if (list.getValue().size() > MOST)
      section.problem(list, "there can be " + MOST + " feeds at most");
    var feeds = new ArrayList<FeedSettings>();
    var names = new HashSet<String>();
    for (var node : list.getValue())
      one(node)
          .ifPresent(feed -> {
            if (!names.add(feed.rules().id()))
              section.problem(node, "two feeds are called `" + feed.rules().id() + "`");
            for (var file : feed.product().secrets())
              if (file.normalize().startsWith(folder.normalize()))
                section.problem(node, "`" + file + "` lies in the data folder; move it elsewhere");
            feeds.add(feed);
          });
    return List.copyOf(feeds);
  }

  private Optional<FeedSettings> one(Node node) {
    if (!(node instanceof MappingNode mapping)) {
      section.problem(node, "a feed is a section with `name` and `kind`");
      return Optional.empty();
    }
    var entry = new Entry(mapping);
    var kind = entry.required("kind").filter(text -> entry.isKind(text));
    if (kind.isEmpty()) return Optional.empty();
    entry.check(kind.get());
    var rules = entry.rules();
    var product = product(kind.get(), entry);
    return rules.flatMap(given -> product.map(one -> new FeedSettings(given, one)));
  }

  private Optional<FeedSettings.Product> product(String kind, Entry entry) {
    return switch (kind) {
      case "intune" -> intune(entry);
      case "workspace-one" -> workspaceOne(entry);
      default -> new ThreatFeedReader(base, entry).read(kind).map(one -> one);
    };
  }

  private static Optional<FeedSettings.Product> intune(Entry entry) {
    var tenant = entry.required("tenant").filter(entry::isTenant);
    var clientId = entry.required("client-id");
    var secret = entry.file("client-secret-file");
    var graph = entry.origin("graph", Optional.of(Intune.USUAL.toString()));
    var login = entry.origin("login", Optional.of(LOGIN));
    if (tenant.isEmpty() || clientId.isEmpty() || secret.isEmpty()) return Optional.empty();
    if (graph.isEmpty() || login.isEmpty()) return Optional.empty();
    return Optional.of(
        new FeedSettings.Intune(
            tenant.get(), clientId.get(), secret.get(), graph.get(), login.get()));
  }

  private static Optional<FeedSettings.Product> workspaceOne(Entry entry) {
    var url = entry.origin("url", Optional.empty());
    var code = entry.text("tenant-code-file").map(entry::resolved);
    Optional<FeedSettings.UemAccount> account =
        entry.has("user") ? administrator(entry, code.isPresent()) : client(entry);
    var notices = notices(entry);
    return url.flatMap(
        at -> account.map(who -> new FeedSettings.WorkspaceOne(at, who, code, notices)));
  }

  private static Optional<FeedSettings.Password> notices(Entry entry) {
    if (!entry.has("notices-user") && !entry.has("notices-password-file")) return Optional.empty();
    var file = entry.file("notices-password-file");
    return entry
        .required("notices-user")
        .flatMap(user -> file.map(one -> new FeedSettings.Password(user, one)));
  }

  private static Optional<FeedSettings.UemAccount> administrator(Entry entry, boolean coded) {
    if (!coded) entry.problem("user", "an administrator's `user` needs `tenant-code-file` too");
    if (entry.has("client-id")) entry.problem("client-id", "give `client-id` or `user`, not both");
    var password = entry.file("password-file");
    return entry
        .required("user")
        .flatMap(
            name -> password.map(file -> new FeedSettings.UemAccount.Administrator(name, file)));
  }

  private static Optional<FeedSettings.UemAccount> client(Entry entry) {
    var token = entry.address("token-url");
    var clientId = entry.required("client-id");
    var secret = entry.file("client-secret-file");
    if (token.isEmpty() || clientId.isEmpty() || secret.isEmpty()) return Optional.empty();
    return Optional.of(
        new FeedSettings.UemAccount.Client(token.get(), clientId.get(), secret.get()));
  }

  /// One feed's section.
  private final class Entry implements ThreatFeedReader.Entry {
    private final MappingNode whole;
    private final Map<String, Node> members = new LinkedHashMap<>();

    Entry(MappingNode whole) {
      this.whole = whole;
      for (var pair : whole.getValue()) {
        String key = section.scalar(pair.getKeyNode());
        if (members.put(key, pair.getValueNode()) != null)
          section.problem(pair.getKeyNode(), "`" + key + "` stands twice; keep one");
      }
    }

    @Override
    public void problem(String key, String what) {
      section.problem(members.getOrDefault(key, whole), what);
    }

    boolean isKind(String text) {
      if (KINDS.containsKey(text)) return true;
      problem("kind", "`kind` takes one of " + KINDS.keySet().stream().sorted().toList());
      return false;
    }

    void check(String kind) {
      var known = new ArrayList<>(COMMON);
      known.addAll(KINDS.getOrDefault(kind, List.of()));
      for (String key : members.keySet())
        if (!known.contains(key))
          problem(
              key,
              "unknown key `"
                  + key
                  + "` of a feed of the kind `"
                  + kind
                  + "`"
                  + Suggestion.nearest(key, known)
                      .map(near -> "; did you mean `" + near + "`?")
                      .orElse("; the keys are " + known));
    }

    boolean has(String key) {
      return members.containsKey(key);
    }

    @Override
    public Optional<List<String>> list(String key) {
      return switch (members.get(key)) {
        case null -> Optional.empty();
        case SequenceNode list ->
            Optional.of(list.getValue().stream().map(section::scalar).toList());
        case Node other -> {
          section.problem(other, "`" + key + "` takes a list such as `[one, two]`");
          yield Optional.empty();
        }
      };
    }

    @Override
    public Optional<String> text(String key) {
      return Optional.ofNullable(members.get(key)).map(section::scalar);
    }

    Optional<String> required(String key) {
      var text = text(key).filter(value -> !value.isBlank());
      if (text.isEmpty()) problem(key, "a feed needs `" + key + "`");
      return text;
    }

    Optional<FeedRules> rules() {
      var name = required("name").filter(this::isName);
      var lifetime =
          has("lifetime-seconds")
              ? whole("lifetime-seconds", 0, 5, 86_400).map(Duration::ofSeconds)
              : whole("lifetime-hours", 24, 1, 720).map(Duration::ofHours);
      var interval =
          has("lifetime-seconds")
              ? lifetime.map(given -> given.dividedBy(2))
              : whole("interval-minutes", 30, 5, 1440).map(Duration::ofMinutes);
      var claims = claims();
      if (name.isEmpty() || interval.isEmpty() || lifetime.isEmpty()) return Optional.empty();
      if (lifetime.get().compareTo(interval.get().multipliedBy(2)) < 0)
        problem("lifetime-hours", "what a feed says must count for two of its intervals at least");
      return Optional.of(new FeedRules(name.get(), interval.get(), lifetime.get(), claims));
    }

    private boolean isName(String text) {
      if (FeedRules.isName(text)) return true;
      problem(
          "name",
          "`name` takes 1 to 32 of `a-z`, `0-9` and `-`, starting with a letter, and not `sdk`");
      return false;
    }

    private FeedRules.Claims claims() {
      return switch (text("claims").orElse("refused")) {
        case "refused" -> FeedRules.Claims.REFUSED;
        case "accepted" -> FeedRules.Claims.ACCEPTED;
        default -> {
          problem("claims", "`claims` takes `refused` or `accepted`");
          yield FeedRules.Claims.REFUSED;
        }
      };
    }

    private Optional<Integer> whole(String key, int otherwise, int least, int most) {
      var text = text(key).orElse(Integer.toString(otherwise));
      int value = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : -1;
      if (value >= least && value <= most) return Optional.of(value);
      problem(key, "`" + key + "` takes a whole number from " + least + " to " + most);
      return Optional.empty();
    }

    boolean isTenant(String text) {
      if (text.matches("[A-Za-z0-9][A-Za-z0-9.-]{0,127}")) return true;
      problem("tenant", "`tenant` takes the directory's id or a domain of it");
      return false;
    }

    Optional<Path> file(String key) {
      return required(key).map(this::resolved);
    }

    Path resolved(String text) {
      return base.resolve(text);
    }

    Optional<URI> origin(String key, Optional<String> otherwise) {
      var uri =
          text(key)
              .or(() -> otherwise)
              .flatMap(Endpoints::uri)
              .filter(Web::allowed)
              .filter(one -> one.getRawPath().isEmpty() && one.getRawQuery() == null)
              .filter(one -> one.getRawFragment() == null);
      if (uri.isEmpty())
        problem(key, "`" + key + "` takes an https origin such as `https://uem.bank.example`");
      return uri;
    }

    Optional<URI> address(String key) {
      var uri =
          required(key)
              .flatMap(Endpoints::uri)
              .filter(Web::allowed)
              .filter(one -> one.getRawFragment() == null);
      if (uri.isEmpty() && has(key)) problem(key, "`" + key + "` takes an https URL");
      return uri;
    }
  }
}
