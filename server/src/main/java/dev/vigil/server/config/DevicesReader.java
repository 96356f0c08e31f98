// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.config;

import dev.vigil.admission.device.EnrolmentRules;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Secret;
import dev.vigil.posture.attestation.AppAttest;
import dev.vigil.posture.attestation.TrustRoot;
import dev.vigil.posture.attestation.play.PlayKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Reads the section `devices`.
final class DevicesReader {

  private static final Pattern PACKAGE =
      Pattern.compile("[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z][A-Za-z0-9_]*)+");
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern APPLE = Pattern.compile("[A-Z0-9]{10}(\\.[A-Za-z0-9-]+)+");
  private static final String APP = "{package: com.bank.app, signers: [SHA-256 in hexadecimal]}";

  private final Path base;
  private final ConfigurationReader section;

  /// @param base the folder that relative paths start from
  DevicesReader(Path base, ConfigurationReader section) {
    this.base = base;
    this.section = section;
  }

  Devices read() {
    return new Devices(
        items("devices.android-apps").stream().flatMap(node -> app(node).stream()).toList(),
        status(),
        play(),
        apple(),
        roots("devices.tpm-roots"),
        roots("devices.test-roots"),
        section.text("devices.releases").map(base::resolve),
        enrolment());
  }

  private EnrolmentRules enrolment() {
    var rules = new ArrayList<EnrolmentRules.Rule>();
    for (Node node : items("devices.enrolment")) {
      try {
        rules.add(EnrolmentRuleReader.rule(section.flat(node, EnrolmentRuleReader.LIKE)));
      } catch (IllegalArgumentException e) {
        section.problem(node, String.valueOf(e.getMessage()));
      }
    }
    return new EnrolmentRules(rules);
  }

  private List<Node> items(String key) {
    return switch (section.node(key).orElse(null)) {
      case null -> List.of();
      case SequenceNode sequence -> sequence.getValue();
      case Node other -> {
        section.problem(other, "`" + key + "` takes a list");
        yield List.of();
      }
    };
  }

  private Optional<Devices.AndroidApp> app(Node node) {
    var words = section.flat(node, APP);
    var name = words.getOrDefault("package", List.of());
    var signers =
        words.getOrDefault("signers", List.of()).stream()
            .map(text -> text.replace(":", "").toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    boolean fits =
        words.size() == 2
            && name.size() == 1
            && PACKAGE.matcher(name.getFirst()).matches()
            && !signers.isEmpty()
            && signers.stream().allMatch(one -> DIGEST.matcher(one).matches());
    if (fits) return Optional.of(new Devices.AndroidApp(name.getFirst(), signers));
    section.problem(node, "an Android app is written as `" + APP + "`");
    return Optional.empty();
  }

  private Optional<Document> status() {
    var file = section.text("devices.android-status-file").map(base::resolve);
    var url = section.text("devices.android-status-url");
    if (file.isPresent() && url.isPresent())
      section.problem("devices.android-status-url", "give a status file or a URL, not both");
    if (file.isPresent()) return file.map(Document.InFile::new);
    var read =
        url.flatMap(Endpoints::uri)
            .filter(uri -> "https".equals(uri.getScheme()) && uri.getHost() != null);
    if (url.isPresent() && read.isEmpty())
      section.problem(
          "devices.android-status-url", "`devices.android-status-url` takes an https URL");
    return read.map(Document.At::new);
  }

  /// Both as the Play Console shows them, in base64.
  private Optional<PlayKeys> play() {
    var decryption = section.text("devices.play-decryption-key-file").map(base::resolve);
    var verification = section.text("devices.play-verification-key-file").map(base::resolve);
    if (decryption.isEmpty() && verification.isEmpty()) return Optional.empty();
    if (decryption.isEmpty() || verification.isEmpty()) {
      section.problem(
          decryption.isPresent()
              ? "devices.play-decryption-key-file"
              : "devices.play-verification-key-file",
          "the keys of Play Integrity go together: give `devices.play-decryption-key-file` and"
              + " `devices.play-verification-key-file`");
      return Optional.empty();
    }
    try {
      return Optional.of(
          PlayKeys.of(
              TrustRoot.VENDOR,
              Secret.of(base64(decryption.get())),
              Bytes.of(base64(verification.get()))));
    } catch (IOException | IllegalArgumentException e) {
      section.problem(
          "devices.play-decryption-key-file",
          "the keys of Play Integrity cannot be used: each file holds one key in base64, as the"
              + " Play Console shows it");
      return Optional.empty();
    }
  }

  private static byte[] base64(Path file) throws IOException {
    return Base64.getDecoder().decode(Files.readString(file).strip());
  }

  private Devices.AppleApps apple() {
    var apps =
        section.list("devices.apple-apps").stream()
            .flatMap(text -> appleApp(text).stream())
            .collect(Collectors.toUnmodifiableSet());
    return new Devices.AppleApps(
        apps,
        section.flag("devices.apple-development")
            ? Set.of(AppAttest.Environment.values())
            : Set.of(AppAttest.Environment.PRODUCTION));
  }

  private Optional<AppAttest.App> appleApp(String text) {
    if (APPLE.matcher(text).matches()) {
      int dot = text.indexOf('.');
      return Optional.of(new AppAttest.App(text.substring(0, dot), text.substring(dot + 1)));
    }
    section.problem(
        "devices.apple-apps",
        "an Apple app is its team id and bundle id such as `ABCDE12345.com.bank.app`, not `"
            + text
            + "`");
    return Optional.empty();
  }

  private List<X509Certificate> roots(String key) {
    return section
        .text(key)
        .map(base::resolve)
        .map(file -> certificates(key, file))
        .orElse(List.of());
  }

  private List<X509Certificate> certificates(String key, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      var read = CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (read.isEmpty()) throw new CertificateException("none");
      return read.stream().map(X509Certificate.class::cast).toList();
    } catch (IOException | CertificateException e) {
      section.problem(key, "`" + file + "` holds no certificates (PEM)");
      return List.of();
    }
  }
}
