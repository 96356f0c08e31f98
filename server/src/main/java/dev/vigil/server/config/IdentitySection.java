// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.config;

import dev.vigil.identity.passkey.AuthenticatorRule;
import dev.vigil.identity.passkey.Certification;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The values of `identity.*` that are more than a word, read one by one. Each throws
/// [IllegalArgumentException] that says what is expected.
final class IdentitySection {

  private static final List<String> WORDS =
      List.of("group", "allow", "deny", "certified", "attested");

  private IdentitySection() {}

  /// A rule on authenticators.
  ///
  /// @param words each key with its values, a scalar being one value
  static AuthenticatorRule rule(Map<String, List<String>> words) {
    for (String word : words.keySet())
      if (!WORDS.contains(word))
        throw new IllegalArgumentException(
            "unknown `" + word + "` in a rule on authenticators; it takes " + WORDS);
    if (words.keySet().stream().allMatch("group"::equals))
      throw new IllegalArgumentException(
          "a rule on authenticators demands something: `allow`, `deny`, `certified` or"
              + " `attested: true`");
    if (!words.getOrDefault("attested", List.of("true")).equals(List.of("true")))
      throw new IllegalArgumentException(
          "`attested` is `true` or left out; every rule on authenticators needs to know the model");
    return new AuthenticatorRule(
        one(words, "group"),
        models(words, "allow"),
        models(words, "deny"),
        one(words, "certified").map(IdentitySection::level));
  }

  private static Optional<String> one(Map<String, List<String>> words, String name) {
    if (!words.containsKey(name)) return Optional.empty();
    var values = words.getOrDefault(name, List.of());
    if (values.size() != 1 || values.getFirst().isBlank())
      throw new IllegalArgumentException("`" + name + "` takes one value");
    return Optional.of(values.getFirst());
  }

  private static Certification level(String text) {
    return Certification.named(text)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "`certified` takes a level such as `FIDO_CERTIFIED_L1`, not `" + text + "`"));
  }

  private static Set<UUID> models(Map<String, List<String>> words, String name) {
    var found = new HashSet<UUID>();
    for (String text : words.getOrDefault(name, List.of())) {
      if (!text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"))
        throw new IllegalArgumentException(
            "`"
                + name
                + "` takes authenticator models (AAGUID) such as"
                + " `ee882879-721c-4913-9775-3dfcce97072a`, not `"
                + text
                + "`");
      found.add(UUID.fromString(text.toLowerCase(Locale.ROOT)));
    }
    if (words.containsKey(name) && found.isEmpty())
      throw new IllegalArgumentException("`" + name + "` names no model");
    return found;
  }

  /// The root certificate in a file, PEM or DER.
  static X509Certificate root(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    } catch (IOException | CertificateException | ClassCastException e) {
      throw new IllegalArgumentException("`" + file + "` holds no certificate", e);
    }
  }

  /// Where the blob is fetched from.
  static URI url(String text) {
    return Endpoints.uri(text)
        .filter(uri -> "https".equals(uri.getScheme()) && uri.getHost() != null)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "`identity.metadata-url` takes an https URL such as"
                    + " `https://mds3.fidoalliance.org/`"));
  }
}
