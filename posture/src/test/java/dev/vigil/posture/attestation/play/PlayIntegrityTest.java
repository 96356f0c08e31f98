// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation.play;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.CompressionAlgorithm;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import dev.vigil.posture.SignalName;
import dev.vigil.posture.attestation.AttestationRefusal;
import dev.vigil.posture.attestation.Attested;
import dev.vigil.posture.attestation.KnownApp;
import dev.vigil.posture.attestation.KnownApps;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What Google Play says of an app and its device. The keys are ours; the form is that of Google's
/// documentation.
class PlayIntegrityTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final PlayTokens TOKENS = PlayTokens.fresh(7);
  private static final KnownApp BANK =
      new KnownApp("com.example.bank", Set.of(Sha256.of(new byte[] {1})));
  private static final PlayExpected EXPECTED =
      new PlayExpected(
          new PlayRequest.RequestHash("digest-of-the-action"), new KnownApps(Set.of(BANK)));

  private static final String PAYLOAD =
      """
      {"requestDetails":{"requestPackageName":"com.example.bank","timestampMillis":"%d",
        "requestHash":"digest-of-the-action"},
       "appIntegrity":{"appRecognitionVerdict":"PLAY_RECOGNIZED","packageName":"com.example.bank",
        "certificateSha256Digest":["%s"],"versionCode":"42"},
       "deviceIntegrity":{"deviceRecognitionVerdict":["MEETS_BASIC_INTEGRITY",
        "MEETS_DEVICE_INTEGRITY","MEETS_STRONG_INTEGRITY"],
        "recentDeviceActivity":{"deviceActivityLevel":"LEVEL_2"},
        "deviceAttributes":{"sdkVersion":36}},
       "accountDetails":{"appLicensingVerdict":"LICENSED"},
       "environmentDetails":{"playProtectVerdict":"NO_ISSUES",
        "appAccessRiskVerdict":{"appsDetected":["KNOWN_INSTALLED","UNKNOWN_INSTALLED"]}}}
      """
          .formatted(NOW.toEpochMilli(), BANK.signers().iterator().next());

  private final PlayIntegrity verifier = new PlayIntegrity(TOKENS.keys());

  private Outcome<Attested> verify(String payload) {
    return verifier.verify(TOKENS.token(payload), EXPECTED, NOW);
  }

  private Map<SignalName, String> says(String payload) {
    var answer = verify(payload);
    assertThat(answer).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done<Attested>) answer).value().says();
  }

  private static void refused(Outcome<Attested> answer, AttestationRefusal why) {
    assertThat(answer).isInstanceOf(Outcome.Refused.class);
    assertThat(((Outcome.Refused<Attested>) answer).refusal()).isEqualTo(why);
  }

  private static String with(String what, String instead) {
    assertThat(PAYLOAD).contains(what);
    return PAYLOAD.replace(what, instead);
  }

  @Test
  void a_token_proves_app_device_and_surroundings_and_no_version() {
    assertThat(says(PAYLOAD))
        .containsEntry(SignalName.PLATFORM, "android")
        .containsEntry(SignalName.DEVICE_INTEGRITY, "strong")
        .containsEntry(SignalName.APP_INTEGRITY, "recognized")
        .containsEntry(SignalName.APP_NAME, "com.example.bank")
        .containsEntry(SignalName.APP_ACCESS_RISK, "none")
        .containsEntry(SignalName.THREAT_LEVEL, "none")
        .doesNotContainKey(SignalName.OS_VERSION);
  }

  @Test
  void the_same_verdict_is_read_from_googles_server() {
    var answer = "{\"tokenPayloadExternal\":" + PAYLOAD + "}";
    var verdict = PlayVerdict.decoded(Bytes.of(answer.getBytes(StandardCharsets.UTF_8)));
    assertThat(verdict).isEqualTo(PlayVerdict.payload(PAYLOAD));
    assertThat(PlayVerdict.decoded(Bytes.of(PAYLOAD.getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void a_device_is_as_sound_as_its_strongest_label() {
    assertThat(says(with("\"MEETS_STRONG_INTEGRITY\"", "\"NEW_LABEL\"")))
        .containsEntry(SignalName.DEVICE_INTEGRITY, "device");
    var virtual = PAYLOAD.replaceAll("(?s)\\[\"MEETS.*?]", "[\"MEETS_VIRTUAL_INTEGRITY\"]");
    assertThat(says(virtual)).containsEntry(SignalName.DEVICE_INTEGRITY, "none");
    var basic = PAYLOAD.replaceAll("(?s)\\[\"MEETS.*?]", "[\"MEETS_BASIC_INTEGRITY\"]");
    assertThat(says(basic)).containsEntry(SignalName.DEVICE_INTEGRITY, "basic");
    var none = PAYLOAD.replaceAll("(?s)\"deviceRecognitionVerdict\":\\[.*?],", "");
    assertThat(says(none)).containsEntry(SignalName.DEVICE_INTEGRITY, "none");
  }

  @Test
  void what_was_not_evaluated_says_nothing() {
    for (var word : List.of("NO_DATA", "UNEVALUATED", "SOMETHING_NEW"))
      assertThat(says(with("NO_ISSUES", word))).doesNotContainKey(SignalName.THREAT_LEVEL);
    assertThat(says(with("{\"appsDetected\":[\"KNOWN_INSTALLED\",\"UNKNOWN_INSTALLED\"]}", "{}")))
        .doesNotContainKey(SignalName.APP_ACCESS_RISK);
    var app =
        PAYLOAD.replaceAll(
            "(?s)\"appIntegrity\":\\{.*?}",
            "\"appIntegrity\":{\"appRecognitionVerdict\":\"UNEVALUATED\"}");
    assertThat(says(app))
        .doesNotContainKeys(SignalName.APP_INTEGRITY, SignalName.APP_NAME, SignalName.APP_SIGNER);
  }

  @Test
  void the_worst_risk_counts() {
    assertThat(says(with("KNOWN_INSTALLED\",", "KNOWN_CAPTURING\",")))
        .containsEntry(SignalName.APP_ACCESS_RISK, "capturing");
    assertThat(says(with("UNKNOWN_INSTALLED", "UNKNOWN_OVERLAYS")))
        .containsEntry(SignalName.APP_ACCESS_RISK, "capturing");
    assertThat(says(with("\"KNOWN_INSTALLED\"", "\"KNOWN_CONTROLLING\",\"KNOWN_CAPTURING\"")))
        .containsEntry(SignalName.APP_ACCESS_RISK, "controlling");
    assertThat(says(with("NO_ISSUES", "HIGH_RISK"))).containsEntry(SignalName.THREAT_LEVEL, "high");
    assertThat(says(with("NO_ISSUES", "POSSIBLE_RISK")))
        .containsEntry(SignalName.THREAT_LEVEL, "low");
    assertThat(says(with("PLAY_RECOGNIZED", "UNRECOGNIZED_VERSION")))
        .containsEntry(SignalName.APP_INTEGRITY, "unrecognized");
  }

  @Test
  void a_token_for_another_request_is_refused() {
    refused(verify(with("digest-of", "another-of")), AttestationRefusal.CHALLENGE_MISMATCH);
    var nonce = with("\"requestHash\":\"digest-of-the-action\"", "\"nonce\":\"AQID\"");
    refused(verify(nonce), AttestationRefusal.CHALLENGE_MISMATCH);
    var classic =
        new PlayExpected(new PlayRequest.Nonce(Bytes.of(new byte[] {1, 2, 3})), EXPECTED.apps());
    assertThat(verifier.verify(TOKENS.token(nonce), classic, NOW)).isInstanceOf(Outcome.Done.class);
    refused(
        verify(with("\"requestHash\"", "\"nonce\":\"AQID\",\"requestHash\"")),
        AttestationRefusal.MALFORMED);
  }

  @Test
  void a_token_of_another_app_or_signer_is_refused() {
    refused(
        verify(PAYLOAD.replace("com.example.bank", "com.example.game")),
        AttestationRefusal.WRONG_APP);
    refused(
        verify(
            with("\"packageName\":\"com.example.bank\"", "\"packageName\":\"com.example.game\"")),
        AttestationRefusal.WRONG_APP);
    var digest = BANK.signers().iterator().next().toString();
    refused(
        verify(with(digest, Sha256.of(new byte[] {2}).toString())), AttestationRefusal.WRONG_APP);
    refused(verify(with("\"" + digest + "\"", "")), AttestationRefusal.WRONG_APP);
  }

  @Test
  void an_old_token_and_one_of_tomorrow_are_refused() {
    var token = TOKENS.token(PAYLOAD);
    refused(
        verifier.verify(token, EXPECTED, NOW.plus(Duration.ofMinutes(11))),
        AttestationRefusal.TOO_OLD);
    refused(
        verifier.verify(token, EXPECTED, NOW.minus(Duration.ofMinutes(2))),
        AttestationRefusal.NOT_VALID_NOW);
  }

  @Test
  void an_answer_made_up_for_testers_is_refused() {
    refused(
        verify(
            with(
                "{\"requestDetails\"",
                "{\"testingDetails\":{\"isTestingResponse\":true},\"requestDetails\"")),
        AttestationRefusal.ROOT_UNKNOWN);
  }

  @Test
  void a_token_with_other_keys_or_algorithms_is_refused() {
    var foreign = PlayTokens.fresh(8);
    refused(
        verifier.verify(foreign.token(PAYLOAD), EXPECTED, NOW), AttestationRefusal.SIGNATURE_WRONG);
    var forger = new PlayTokens(TOKENS.decryption(), foreign.signing());
    refused(
        verifier.verify(forger.token(PAYLOAD), EXPECTED, NOW), AttestationRefusal.SIGNATURE_WRONG);
    var signed = TOKENS.signed(PAYLOAD);
    refused(verifier.verify(signed, EXPECTED, NOW), AttestationRefusal.MALFORMED);
    var gcm = new JWEHeader.Builder(JWEAlgorithm.A256GCMKW, EncryptionMethod.A256GCM);
    refused(
        verifier.verify(TOKENS.sealed(signed, gcm), EXPECTED, NOW), AttestationRefusal.MALFORMED);
    var zipped =
        new JWEHeader.Builder(JWEAlgorithm.A256KW, EncryptionMethod.A256GCM)
            .compressionAlgorithm(CompressionAlgorithm.DEF);
    refused(
        verifier.verify(TOKENS.sealed(signed, zipped), EXPECTED, NOW),
        AttestationRefusal.MALFORMED);
    var unsigned = "eyJhbGciOiJub25lIn0." + signed.split("\\.")[1] + ".";
    var usual = new JWEHeader.Builder(JWEAlgorithm.A256KW, EncryptionMethod.A256GCM);
    refused(
        verifier.verify(TOKENS.sealed(unsigned, usual), EXPECTED, NOW),
        AttestationRefusal.MALFORMED);
    refused(verifier.verify("x".repeat(50_000), EXPECTED, NOW), AttestationRefusal.TOO_LARGE);
  }

  @Test
  void no_changed_token_or_payload_breaks_anything() {
    var token = TOKENS.token(PAYLOAD);
    for (int seed = 0; seed < 3_000; seed++) {
      var random = new Random(seed);
      int at = random.nextInt(token.length());
      var changed = new StringBuilder(token);
      changed.setCharAt(at, (char) (33 + random.nextInt(94)));
      boolean spare = at + 1 == token.length() || token.charAt(at + 1) == '.';
      var answer = verifier.verify(changed.toString(), EXPECTED, NOW);
      // The last letter of a part may have bits that nobody reads, and some letters have a twin.
      if (!spare && !decoded(changed).equals(decoded(token)))
        assertThat(answer).as("seed %d", seed).isInstanceOf(Outcome.Refused.class);
      var payload = new StringBuilder(PAYLOAD);
      int from = random.nextInt(PAYLOAD.length());
      payload.delete(from, Math.min(PAYLOAD.length(), from + random.nextInt(20)));
      assertThat(PlayVerdict.payload(payload.toString())).isNotNull();
    }
  }

  private static String decoded(CharSequence token) {
    return token.toString().replace('+', '-').replace('/', '_');
  }
}
