// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.config;

import dev.vigil.identity.passkey.AuthenticatorRule;
import dev.vigil.identity.passkey.Models;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Reads the section `identity`: what is known of authenticators and who may use which, and other
/// OpenID providers.
final class IdentityReader {

  private final Path base;
  private final ConfigurationReader section;

  /// @param base the folder that relative paths start from
  IdentityReader(Path base, ConfigurationReader section) {
    this.base = base;
    this.section = section;
  }

  /// Which authenticators people may use.
  Configuration.Passkeys passkeys() {
    return new Configuration.Passkeys(metadata(), authenticators());
  }

  private Optional<Configuration.Metadata> metadata() {
    var file = section.text("identity.metadata-file").map(base::resolve).map(Document.InFile::new);
    var url = read("identity.metadata-url", IdentitySection::url).map(Document.At::new);
    if (file.isPresent() && url.isPresent())
      section.problem("identity.metadata-url", "give a metadata file or a URL, not both");
    if ((file.isPresent() || url.isPresent()) && section.node("identity.metadata-root").isEmpty())
      section.problem(
          file.isPresent() ? "identity.metadata-file" : "identity.metadata-url",
          "metadata and `identity.metadata-root` go together: the root certificate under which they"
              + " are signed");
    var signer = section.text("identity.metadata-signer").orElse("mds.fidoalliance.org");
    return file.<Document>map(source -> source)
        .or(() -> url)
        .flatMap(source ->
            read("identity.metadata-root", text -> IdentitySection.root(base.resolve(text)))
                .map(certificate ->
                    new Configuration.Metadata(source, new Models.Signer(certificate, signer))));
  }

  private List<AuthenticatorRule> authenticators() {
    var rules = new ArrayList<AuthenticatorRule>();
    var written = section.node("identity.authenticators");
    if (written.isEmpty()) return rules;
    var node = written.get();
    if (!(node instanceof SequenceNode sequence)) {
      section.problem(node, "`identity.authenticators` takes a list of rules");
      return rules;
    }
    if (section.node("identity.metadata-file").isEmpty()
        && section.node("identity.metadata-url").isEmpty())
      section.problem(
          node,
          "rules on authenticators go together with `identity.metadata-file` or"
              + " `identity.metadata-url`: without metadata no model is known, and nobody could"
              + " register");
    for (Node one : sequence.getValue()) {
      try {
        rules.add(IdentitySection.rule(section.flat(one, "{group: staff, attested: true}")));
      } catch (IllegalArgumentException e) {
        section.problem(one, String.valueOf(e.getMessage()));
      }
    }
    return rules;
  }

  /// Other OpenID providers.
  ///
  /// @param folder the data folder, which no secret may lie in
  List<Configuration.Upstream> upstreams(Path folder) {
    var written = section.node("identity.providers");
    if (written.isEmpty()) return List.of();
    var list = written.get();
    var upstreams = new ProvidersReader(base, section::problem).read(list);
    for (var upstream : upstreams) {
      if (upstream.secretIn(folder))
        section.problem(
            list,
            "the client secret of `"
                + upstream.provider().id()
                + "` must lie outside the data folder `"
                + folder
                + "`");
    }
    return upstreams;
  }

  private <T> Optional<T> read(String key, Function<String, T> parse) {
    try {
      return section.text(key).map(parse);
    } catch (IllegalArgumentException e) {
      section.problem(key, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
