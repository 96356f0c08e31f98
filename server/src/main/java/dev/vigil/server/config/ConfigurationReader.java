// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.config;

import dev.vigil.admission.administration.Publishing.Approval;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.Suggestion;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Reads a [Configuration] from YAML of two levels, such as `gateway: {listen: 127.0.0.1:9443}`.
/// Every key has a default that is safe on one machine; every problem is reported, with its place.
public final class ConfigurationReader {

  /// Every key there is.
  static final List<String> KEYS =
      List.of(
          "data.folder",
          "keys.password-file",
          "keys.pkcs11-library",
          "keys.pkcs11-token",
          "keys.pkcs11-pin-file",
          "database.url",
          "database.user",
          "database.password-file",
          "public.listen",
          "public.url",
          "public.browser-url",
          "public.mutual-tls-listen",
          "public.certificate",
          "public.key",
          "gateway.listen",
          "gateway.url",
          "gateway.app-domains",
          "gateway.proxy-protocol-from",
          "gateway.trusted-proxies",
          "policy.approvals",
          "identity.metadata-file",
          "identity.metadata-url",
          "identity.metadata-root",
          "identity.metadata-signer",
          "identity.authenticators",
          "identity.providers",
          "devices.android-apps",
          "devices.android-status-file",
          "devices.android-status-url",
          "devices.play-decryption-key-file",
          "devices.play-verification-key-file",
          "devices.apple-apps",
          "devices.apple-development",
          "devices.tpm-roots",
          "devices.test-roots",
          "devices.releases",
          "devices.enrolment",
          "devices.feeds");

  private static final Pattern DOMAIN =
      Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

  private static final int LARGEST = 64 * 1024;

  private final String file;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  private ConfigurationReader(String file) {
    this.file = file;
  }

  /// The answer: a configuration, or everything that is wrong with it.
  public sealed interface Reading {

    record Read(Configuration configuration) implements Reading {}

    /// @param problems each `file:line:column: what; what to do`
    record Rejected(List<String> problems) implements Reading {
      public Rejected {
        problems = List.copyOf(problems);
      }
    }
  }

  /// Reads a file's text. `base` is the folder that relative paths start from.
  public static Reading read(String file, String text, Path base) {
    var reader = new ConfigurationReader(file);
    reader.collect(text);
    var configuration = reader.build(base);
    if (!reader.problems.isEmpty()) return new Reading.Rejected(reader.problems);
    return new Reading.Read(configuration);
  }

  /// The configuration with nothing set.
  public static Configuration defaults(Path base) {
    return new ConfigurationReader("").build(base);
  }

  private void collect(String text) {
    if (text.length() > LARGEST) {
      problems.add(file + ":1:1: the file is larger than 64 KiB; this is not a configuration");
      return;
    }
    try {
      var options = new LoaderOptions();
      options.setMaxAliasesForCollections(0);
      options.setNestingDepthLimit(8);
      var root = new Yaml(options).compose(new StringReader(text));
      if (root == null) return;
      if (root instanceof MappingNode mapping)
        mapping.getValue().forEach(pair -> section(pair.getKeyNode(), pair.getValueNode()));
      else problem(root, "expected sections such as `gateway:`");
    } catch (MarkedYAMLException e) {
      var mark = e.getProblemMark();
      problems.add(
          "%s:%d:%d: not YAML: %s"
              .formatted(
                  file,
                  mark == null ? 1 : mark.getLine() + 1,
                  mark == null ? 1 : mark.getColumn() + 1,
                  e.getProblem()));
    } catch (YAMLException e) {
      problems.add(file + ":1:1: not a configuration: " + e.getMessage());
    }
  }

  private void section(Node key, Node value) {
    String name = scalar(key);
    if (!(value instanceof MappingNode mapping)) {
      problem(key, "`" + name + "` must be a section with keys of its own");
      return;
    }
    for (var pair : mapping.getValue()) {
      String full = name + "." + scalar(pair.getKeyNode());
      if (!KEYS.contains(full))
        problem(
            pair.getKeyNode(),
            "unknown key `"
                + full
                + "`"
                + Suggestion.nearest(full, KEYS)
                    .map(near -> "; did you mean `" + near + "`?")
                    .orElse("; the keys are " + KEYS));
      else if (values.put(full, pair.getValueNode()) != null)
        problem(pair.getKeyNode(), "`" + full + "` stands twice; keep one");
    }
  }

  private Configuration build(Path base) {
    var folder = path(base, "data.folder").orElse(base.resolve("vigil-data"));
    var password = path(base, "keys.password-file").orElse(Configuration.passwordBeside(folder));
    if (password.normalize().startsWith(folder.normalize())) {
      problem(
          "keys.password-file",
          "the key store's password must lie outside the data folder `"
              + folder
              + "`; whoever copied one would have both");
    }
    var gatewayListen = address("gateway.listen", "127.0.0.1:9443");
    var gateway =
        new Configuration.Gateway(
            gatewayListen,
            url("gateway.url", "https://localhost:" + gatewayListen.getPort(), List.of("https")),
            appDomains());
    var identity = new IdentityReader(base, this);
    return new Configuration(
        folder,
        database(base),
        password,
        new TokenReader(base, this).token(folder),
        face(base),
        gateway,
        new ProxiesReader(this).read(),
        approval(),
        identity.passkeys(),
        identity.upstreams(folder),
        new DevicesReader(base, this).read(),
        new FeedsReader(base, this).read(folder));
  }

  private Approval approval() {
    return parsed(
        "policy.approvals",
        "0",
        text ->
            switch (text) {
              case "0" -> Optional.of(Approval.NONE);
              case "1" -> Optional.of(Approval.SECOND_PERSON);
              default -> Optional.empty();
            },
        "takes `0`, or `1` if a second person must approve policies");
  }

  private List<String> appDomains() {
    if (!values.containsKey("gateway.app-domains")) return List.of("apps.localhost");
    var domains = list("gateway.app-domains");
    for (String domain : domains)
      if (!DOMAIN.matcher(domain).matches())
        problem(
            "gateway.app-domains", "`" + domain + "` is not a domain such as `apps.bank.example`");
    return domains;
  }

  private Optional<Configuration.Postgres> database(Path base) {
    var url = text("database.url");
    if (url.isEmpty()) return Optional.empty();
    if (!url.get().startsWith("jdbc:postgresql:"))
      problem(
          "database.url",
          "`database.url` takes a JDBC URL such as `jdbc:postgresql://db.example/vigil`");
    if (url.get().toLowerCase(Locale.ROOT).contains("password="))
      problem(
          "database.url", "the password does not belong in the URL; use `database.password-file`");
    var user = text("database.user").orElse("vigil");
    return Optional.of(
        new Configuration.Postgres(
            url.get(),
            user,
            path(base, "database.password-file")
                .map(this::secret)
                .orElseGet(() -> Secret.of(new byte[0]))));
  }

  private Secret secret(Path file) {
    try {
      return Secret.of(Files.readString(file).strip().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      problem("database.password-file", "`" + file + "` cannot be read");
      return Secret.of(new byte[0]);
    }
  }

  private Configuration.Face face(Path base) {
    var listen = address("public.listen", "127.0.0.1:8443");
    var issuer = url("public.url", "https://localhost:" + listen.getPort(), List.of("https"));
    var certificate =
        path(base, "public.certificate")
            .flatMap(chain ->
                path(base, "public.key")
                    .map(key -> new Configuration.ServerCertificate(chain, key)));
    if (values.containsKey("public.certificate") != values.containsKey("public.key")) {
      problem(
          values.containsKey("public.key") ? "public.key" : "public.certificate",
          "`public.certificate` and `public.key` go together; give both or neither");
    }
    String pages =
        certificate.isPresent() || !isLocalhost(issuer)
            ? issuer.toString()
            : "http://localhost:" + (listen.getPort() == 8443 ? 8080 : listen.getPort() + 1);
    var browser = url("public.browser-url", pages, List.of("http", "https"));
    if ("http".equals(browser.getScheme()) && !isLocalhost(browser)) {
      problem(
          "public.browser-url",
          "browsers allow passkeys over plain http on `localhost` only; use https with a"
              + " certificate that they trust");
    }
    return new Configuration.Face(
        listen,
        issuer,
        browser,
        address("public.mutual-tls-listen", "127.0.0.1:" + (listen.getPort() + 2)),
        certificate);
  }

  private static boolean isLocalhost(URI uri) {
    return "localhost".equals(uri.getHost());
  }

  /// The value of a key, as it stands there.
  Optional<Node> node(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /// The value of a key that takes a text.
  Optional<String> text(String key) {
    return Optional.ofNullable(values.get(key)).map(this::scalar);
  }

  private Optional<Path> path(Path base, String key) {
    return text(key).map(base::resolve);
  }

  /// The values of a key that takes a list of texts.
  List<String> list(String key) {
    return switch (values.get(key)) {
      case null -> List.of();
      case SequenceNode sequence -> sequence.getValue().stream().map(this::scalar).toList();
      case Node other -> {
        problem(other, "`" + key + "` takes a list such as `[one, two]`");
        yield List.of();
      }
    };
  }

  private InetSocketAddress address(String key, String otherwise) {
    return parsed(
        key,
        otherwise,
        Endpoints::socketAddress,
        "takes an address and a port such as `127.0.0.1:9443`");
  }

  private URI url(String key, String otherwise, List<String> schemes) {
    return parsed(
        key,
        otherwise,
        text -> Endpoints.origin(text, schemes),
        "takes an origin such as `" + schemes.getLast() + "://id.bank.example`, without a path");
  }

  private <T> T parsed(
      String key, String otherwise, Function<String, Optional<T>> parse, String form) {
    var given = text(key);
    var value = given.flatMap(parse);
    if (given.isPresent() && value.isEmpty())
      problem(key, "`" + key + "` " + form + ", not `" + given.get() + "`");
    return value.or(() -> parse.apply(otherwise)).orElseThrow();
  }

  /// Whether a key says `true`; nothing is `false`.
  boolean flag(String key) {
    return parsed(
        key,
        "false",
        text ->
            switch (text) {
              case "true" -> Optional.of(true);
              case "false" -> Optional.of(false);
              default -> Optional.empty();
            },
        "takes `true` or `false`");
  }

  /// A mapping whose values are texts or lists of texts; a text is a list of one. Problems are
  /// reported.
  ///
  /// @param like an example, for the report
  Map<String, List<String>> flat(Node node, String like) {
    var words = new LinkedHashMap<String, List<String>>();
    if (!(node instanceof MappingNode mapping)) {
      problem(node, "expected a mapping such as `" + like + "`");
      return words;
    }
    for (var pair : mapping.getValue()) {
      var key = scalar(pair.getKeyNode());
      var values =
          pair.getValueNode() instanceof SequenceNode list
              ? list.getValue().stream().map(this::scalar).toList()
              : List.of(scalar(pair.getValueNode()));
      if (words.putIfAbsent(key, values) != null)
        problem(pair.getKeyNode(), "`" + key + "` stands twice; keep one");
    }
    return words;
  }

  String scalar(Node node) {
    if (node instanceof ScalarNode scalar) return scalar.getValue();
    problem(node, "expected a plain value here");
    return "";
  }

  void problem(String key, String what) {
    var node = values.get(key);
    if (node == null) problems.add(file + ": " + what);
    else problem(node, what);
  }

  void problem(Node at, String what) {
    problems.add(
        "%s:%d:%d: %s"
            .formatted(
                file, at.getStartMark().getLine() + 1, at.getStartMark().getColumn() + 1, what));
  }
}
