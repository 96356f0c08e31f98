// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.cbor.CBORMapper;

/// Statements of real devices that others published. A test that reads one is skipped where they
/// are not beside the repository.
final class PublishedSamples {

  /// The app of node-app-attest's samples.
  static final AppAttest.App APP =
      new AppAttest.App("V8H6LQ9448", "io.uebelacker.AppAttestExample");

  private PublishedSamples() {}

  private static JsonNode json(String name) {
    var file =
        Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
            .map(folder -> folder.resolve("shared/testdata").resolve(name))
            .filter(Files::exists)
            .findFirst();
    assumeTrue(file.isPresent(), "the sample " + name + " is not beside the repository");
    try {
      return JsonMapper.shared().readTree(Files.readString(file.orElseThrow()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// An App Attest attestation of node-app-attest (MIT).
  record AppAttestSample(
      AppAttest.Environment environment, Bytes statement, Bytes keyId, Bytes challenge) {

    static AppAttestSample of(AppAttest.Environment environment) {
      var name = environment.name().toLowerCase(java.util.Locale.ROOT);
      var json = json("app-attest/test/fixtures/attestation-" + name + ".json");
      return new AppAttestSample(
          environment, bytes(json, "attestation"), bytes(json, "keyId"), bytes(json, "challenge"));
    }

    private static Bytes bytes(JsonNode json, String field) {
      return Bytes.of(Base64.getDecoder().decode(json.required(field).asString()));
    }

    /// A day after it was made.
    Instant made() {
      return switch (environment) {
        case PRODUCTION -> Instant.parse("2024-02-07T21:08:56Z");
        case DEVELOPMENT -> Instant.parse("2024-02-05T12:00:00Z");
      };
    }

    AppAttest.Allowed itself() {
      return new AppAttest.Allowed(Set.of(APP), Set.of(environment));
    }
  }

  /// A WebAuthn registration with a TPM's attestation, of fido2-net-lib (MIT).
  record TpmSample(Bytes statement, Bytes client) {

    static TpmSample of(String name) {
      var json = json("fido2-net-lib/Tests/Fido2.Tests/TestFiles/" + name + ".json");
      var response = json.required("response");
      return new TpmSample(
          Bytes.parse(response.required("attestationObject").asString()),
          Bytes.parse(response.required("clientDataJSON").asString()));
    }

    /// What a TPM signs along in WebAuthn (section 8.3): a digest over the authenticator data and
    /// the digest of the client data.
    Bytes extraData(String algorithm) {
      var tree = new CBORMapper().readTree(statement.toArray());
      byte[] data = tree.required("authData").binaryValue();
      byte[] digest = Sha256.of(client.toArray()).bytes();
      var both = ByteBuffer.allocate(data.length + digest.length).put(data).put(digest).array();
      try {
        return Bytes.of(MessageDigest.getInstance(algorithm).digest(both));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalArgumentException(algorithm, e);
      }
    }

    /// Its certificates; it came without a root.
    Chain chain() {
      return switch (AttestationObject.read(statement, AttestationFormat.TPM)
          .then(AttestationObject::chain)) {
        case dev.vigil.kernel.Outcome.Done<Chain>(var chain) -> chain;
        case dev.vigil.kernel.Outcome.Refused<Chain> refused ->
            throw new AssertionError(refused.toString());
      };
    }
  }
}
