// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.passkey;

import com.nimbusds.jose.util.X509CertUtils;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// The test vectors of WebAuthn Level 3, section 16.
final class Vectors {

  private final Map<String, Map<String, byte[]>> sections = new LinkedHashMap<>();
  private final X509Certificate root;

  Vectors() {
    byte[] authority = new byte[0];
    Map<String, byte[]> section = Map.of();
    for (String line : lines()) {
      if (line.isBlank() || line.startsWith("#")) continue;
      if (line.startsWith("== ")) {
        section = new LinkedHashMap<>();
        sections.put(line.substring(3), section);
        continue;
      }
      var words = line.split(" ", -1);
      byte[] bytes = HexFormat.of().parseHex(words[1]);
      if (words[0].equals("root")) authority = bytes;
      else section.put(words[0], bytes);
    }
    root = Objects.requireNonNull(X509CertUtils.parse(authority));
  }

  private static Iterable<String> lines() {
    try (var in = Vectors.class.getResourceAsStream("level3-vectors.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Iterable<String> names() {
    return sections.keySet();
  }

  X509Certificate root() {
    return root;
  }

  byte[] bytes(String section, String name) {
    return Objects.requireNonNull(
            Objects.requireNonNull(sections.get(section), section).get(name), name)
        .clone();
  }

  Secret challenge(String section, String name) {
    return Secret.of(bytes(section, name));
  }

  String registration(String section) {
    return registration(
        bytes(section, "r_credential_id"),
        bytes(section, "r_clientDataJSON"),
        bytes(section, "r_attestationObject"));
  }

  static String registration(byte[] id, byte[] client, byte[] attestation) {
    return json(
        id,
        "\"clientDataJSON\":\"%s\",\"attestationObject\":\"%s\",\"transports\":[\"usb\"]"
            .formatted(Bytes.of(client), Bytes.of(attestation)));
  }

  String assertion(String section, String user) {
    return json(
        bytes(section, "r_credential_id"),
        "\"clientDataJSON\":\"%s\",\"authenticatorData\":\"%s\",\"signature\":\"%s\",\"userHandle\":\"%s\""
            .formatted(
                Bytes.of(bytes(section, "a_clientDataJSON")),
                Bytes.of(bytes(section, "a_authenticatorData")),
                Bytes.of(bytes(section, "a_signature")),
                Bytes.of(user.getBytes(StandardCharsets.UTF_8))));
  }

  static String json(byte[] id, String response) {
    return "{\"id\":\"%1$s\",\"rawId\":\"%1$s\",\"type\":\"public-key\",\"clientExtensionResults\":{},\"response\":{%2$s}}"
        .formatted(Bytes.of(id), response);
  }
}
