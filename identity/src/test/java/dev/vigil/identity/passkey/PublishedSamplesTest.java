// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.Sha256;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Registrations that real and conformance authenticators made, published by fido2-net-lib: every
/// format, as it stands and spoilt.
class PublishedSamplesTest {

  private static final String FOLDER = "fido2-net-lib/Tests/Fido2.Tests/TestFiles/";
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final List<Long> ALL = List.of(-7L, -8L, -257L, -35L, -36L, -65535L);

  /// Options, response, what comes of it.
  private static final Map<String, List<String>> MATRIX = new LinkedHashMap<>();

  static {
    pair("attestationNoneOptions", "attestationNoneResponse", "none none");
    pair("attestationOptionsNone", "attestationResultsNone", "none none");
    pair("attestationOptionsPacked", "attestationResultsPacked", "packed unverified");
    pair("attestationOptionsPacked512", "attestationResultsPacked512", "packed self");
    pair("attestationOptionsATKey", "attestationResultsATKey", "packed unverified");
    pair("attestationOptionsTrustKeyT110", "attestationResultTrustKeyT110", "packed unverified");
    pair("attestationOptionsU2F", "attestationResultsU2F", "fido-u2f unverified");
    pair("options1", "json1", "fido-u2f unverified");
    pair("attestationTPMSHA256Options", "attestationTPMSHA256Response", "tpm unverified");
    pair("attestationTPMSHA1Options", "attestationTPMSHA1Response", "tpm unverified");
    pair("attestationAndroidKeyOptions", "attestationAndroidKeyResponse", "android-key unverified");
    pair("attestationAppleOptions", "attestationAppleResponse", "apple unverified");
  }

  private static void pair(String options, String response, String comes) {
    MATRIX.put(response, List.of(options, comes));
  }

  private record Sample(Bytes id, Bytes client, Bytes attestation) {
    static Sample of(String name) {
      var json = json(name);
      var response = map(json.get("response"));
      byte[] attestation = bytes(response.get("attestationObject"));
      return new Sample(
          Bytes.of(credentialId(attestation)),
          Bytes.of(bytes(response.get("clientDataJSON"))),
          Bytes.of(attestation));
    }

    /// Some samples carry another id than the one in their authenticator data; it is not signed.
    private static byte[] credentialId(byte[] attestation) {
      byte[] host = new byte[0];
      for (int i = attestation.length - 37; i > 0 && host.length == 0; i--) {
        if ((attestation[i + 32] & 0x40) == 0 || i + 55 > attestation.length) continue;
        if (!matches(attestation, i)) continue;
        int length = (attestation[i + 53] & 0xff) << 8 | (attestation[i + 54] & 0xff);
        host = Arrays.copyOfRange(attestation, i + 55, i + 55 + length);
      }
      return host;
    }

    private static boolean matches(byte[] attestation, int at) {
      for (String host : List.of("localhost", "6cc3c9e7967a.ngrok.io")) {
        byte[] hash = Sha256.of(host.getBytes(StandardCharsets.UTF_8)).bytes();
        if (Arrays.equals(hash, Arrays.copyOfRange(attestation, at, at + 32))) return true;
      }
      return false;
    }
  }

  private static Map<String, Object> json(String name) {
    try {
      return JSONObjectUtils.parse(Samples.read(FOLDER + name + ".json"));
    } catch (ParseException e) {
      throw new IllegalStateException(name, e);
    }
  }

  @SuppressWarnings("unchecked") // JSON objects have string keys
  private static Map<String, Object> map(@Nullable Object value) {
    return (Map<String, Object>) Objects.requireNonNull(value);
  }

  private static byte[] bytes(@Nullable Object text) {
    return Bytes.parse(((String) Objects.requireNonNull(text)).replace("=", "")).toArray();
  }

  private static Outcome<NewPasskey> register(String options, Sample sample) {
    var asked = json(options);
    String host = (String) Objects.requireNonNull(map(asked.get("rp")).get("id"));
    String origin = host.equals("localhost") ? "https://localhost:44329" : "https://" + host;
    var ceremonies =
        new Ceremonies(
            new RelyingParty(host, URI.create(origin), "Vigil"),
            Authenticators.any(),
            new Wanted(Wanted.Person.PRESENT, ALL));
    return ceremonies.register(
        Vectors.registration(
            sample.id().toArray(), sample.client().toArray(), sample.attestation().toArray()),
        Secret.of(bytes(asked.get("challenge"))),
        Set.of(),
        NOW);
  }

  private static String said(Outcome<NewPasskey> outcome) {
    return switch (outcome) {
      case Outcome.Done<NewPasskey>(NewPasskey made) ->
          made.attestation().format() + " " + made.attestation().trust().label();
      case Outcome.Refused<NewPasskey>(Refusal refusal, String _) -> refusal.code();
    };
  }

  @Test
  void every_format_registers() {
    var found = new LinkedHashMap<String, String>();
    var wanted = new LinkedHashMap<String, String>();
    MATRIX.forEach((response, row) -> {
      found.put(response, said(register(row.getFirst(), Sample.of(response))));
      wanted.put(response, row.getLast());
    });
    assertThat(found).isEqualTo(wanted);
  }

  @Test
  void a_spoilt_copy_never_passes_for_another_credential() {
    var random = new Random(5);
    MATRIX.forEach((response, row) -> {
      if (row.getLast().startsWith("none")) return; // nothing is signed there
      var sample = Sample.of(response);
      var good = register(row.getFirst(), sample);
      for (int i = 0; i < 60; i++) {
        byte[] spoilt = sample.attestation().toArray();
        int at = random.nextInt(spoilt.length);
        spoilt[at] ^= (byte) (1 << random.nextInt(8));
        var outcome =
            register(row.getFirst(), new Sample(sample.id(), sample.client(), Bytes.of(spoilt)));
        assertThat(outcome)
            .as(response + " at " + at)
            .satisfiesAnyOf(
                it -> assertThat(it).isInstanceOf(Outcome.Refused.class),
                it -> assertThat(it).isEqualTo(good));
      }
    });
  }

  @Test
  void the_client_data_of_another_ceremony_are_refused() {
    MATRIX.forEach((response, row) -> {
      var sample = Sample.of(response);
      var other = Sample.of(response.equals("json1") ? "attestationResultsU2F" : "json1");
      assertThat(
              said(
                  register(
                      row.getFirst(),
                      new Sample(sample.id(), other.client(), sample.attestation()))))
          .as(response)
          .isIn("passkey.challenge", "passkey.origin");
    });
  }
}
