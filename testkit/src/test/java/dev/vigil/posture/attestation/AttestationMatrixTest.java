// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.posture.attestation.PublishedSamples.AppAttestSample;
import dev.vigil.posture.attestation.PublishedSamples.TpmSample;
import dev.vigil.testkit.AppAttestStatements;
import dev.vigil.testkit.AppleStatements;
import dev.vigil.testkit.SoftwareKey;
import dev.vigil.testkit.TpmStatements;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// The table of `docs/attestation-apple-tpm.md` is what the verifiers answer. `-Dvigil.bless=true`
/// writes it anew.
class AttestationMatrixTest {

  private static final String BEGIN = "<!-- matrix -->\n";
  private static final String END = "<!-- end of matrix -->\n";
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final String TOKEN = "4UTAyt0dSoKqXq7O2dZ0iA";
  private static final Bytes CHALLENGE = Bytes.of(TOKEN.getBytes(StandardCharsets.US_ASCII));
  private static final AppAttest.App BANK = new AppAttest.App("A1B2C3D4E5", "example.bank.app");

  private final List<String> rows = new ArrayList<>();

  private void row(String sample, String how, Outcome<?> outcome) {
    var verdict =
        switch (outcome) {
          case Outcome.Done<?>(AppAttest.Accepted accepted) -> accepted(accepted.attested());
          case Outcome.Done<?>(Attested attested) -> accepted(attested);
          case Outcome.Done<?> done -> throw new AssertionError(done.toString());
          case Outcome.Refused<?> refused -> "`" + refused.refusal().code() + "`";
        };
    rows.add("| " + sample + " | " + how + " | " + verdict + " |\n");
  }

  private static String accepted(Attested attested) {
    return "**accepted**, " + (attested.root() == TrustRoot.TEST ? "test root" : "vendor's root");
  }

  private void edits(String sample, Bytes statement, Function<Bytes, Outcome<?>> verify) {
    for (Edits edit : Edits.values()) row(sample, edit.says, verify.apply(edit.of(statement)));
    row(sample, "its first half", verify.apply(Edits.half(statement)));
  }

  private void appAttestSamples() {
    for (var environment : AppAttest.Environment.values()) {
      var name = "App Attest, " + environment.name().toLowerCase(java.util.Locale.ROOT);
      var one = AppAttestSample.of(environment);
      var verifier = new AppAttest(AppleRoot.APP.anchors(), one.itself());
      edits(
          name,
          one.statement(),
          statement -> verifier.verify(statement, one.keyId(), one.challenge(), one.made()));
      row(
          name,
          "another challenge",
          verifier.verify(one.statement(), one.keyId(), CHALLENGE, one.made()));
      row(
          name,
          "another key id",
          verifier.verify(one.statement(), CHALLENGE, one.challenge(), one.made()));
      row(
          name,
          "two years later",
          verifier.verify(
              one.statement(),
              one.keyId(),
              one.challenge(),
              one.made().plus(Duration.ofDays(730))));
      row(name, "another app is expected", sampleAs(one, BANK, Set.of(environment)));
      row(
          name,
          "only the other environment is allowed",
          sampleAs(one, PublishedSamples.APP, others(environment)));
      row(
          name,
          "Apple's root is not configured",
          new AppAttest(AppleRoot.ENTERPRISE.anchors(), one.itself())
              .verify(one.statement(), one.keyId(), one.challenge(), one.made()));
    }
  }

  private static Set<AppAttest.Environment> others(AppAttest.Environment environment) {
    var others = java.util.EnumSet.allOf(AppAttest.Environment.class);
    others.remove(environment);
    return others;
  }

  private static Outcome<?> sampleAs(
      AppAttestSample one, AppAttest.App app, Set<AppAttest.Environment> environments) {
    var allowed = new AppAttest.Allowed(Set.of(app), environments);
    return new AppAttest(AppleRoot.APP.anchors(), allowed)
        .verify(one.statement(), one.keyId(), one.challenge(), one.made());
  }

  private void ownAppAttest() {
    var name = "App Attest, own key";
    var apple = AppAttestStatements.create();
    var phone = AppAttestStatements.Phone.with(BANK);
    var allowed = new AppAttest.Allowed(Set.of(BANK), Set.of(AppAttest.Environment.PRODUCTION));
    var test = new AppAttest(AppleRoot.APP.anchors(List.of(apple.root())), allowed);
    var statement = apple.attestation(phone, CHALLENGE, NOW);
    row(name, "a test root is configured", test.verify(statement, phone.keyId(), CHALLENGE, NOW));
    row(
        name,
        "no test root is configured",
        new AppAttest(AppleRoot.APP.anchors(), allowed)
            .verify(statement, phone.keyId(), CHALLENGE, NOW));
    row(
        name,
        "its counter is 1",
        test.verify(
            apple.attestation(phone, phone.attested(1), CHALLENGE, NOW),
            phone.keyId(),
            CHALLENGE,
            NOW));
  }

  private void ownManagedDevice() {
    var name = "Managed Device Attestation, own key";
    var apple = AppleStatements.create();
    var device = AppleStatements.Device.iphone("F2LXK0AAAA", "00008110-000A11110A11801E");
    var statement = apple.statement(SoftwareKey.generate().publicKey(), device, TOKEN, NOW);
    var test = new AppleDeviceAttestation(AppleRoot.ENTERPRISE.anchors(List.of(apple.root())));
    var freshness = AppleDeviceAttestation.freshness(TOKEN);
    edits(name, statement, one -> test.verify(one, freshness, NOW));
    row(name, "another token", test.verify(statement, AppleDeviceAttestation.freshness(""), NOW));
    row(name, "two years later", test.verify(statement, freshness, NOW.plus(Duration.ofDays(730))));
    row(
        name,
        "no test root is configured",
        new AppleDeviceAttestation(AppleRoot.ENTERPRISE.anchors())
            .verify(statement, freshness, NOW));
  }

  private void tpmSamples() {
    var time = Instant.parse("2019-06-01T00:00:00Z");
    var sha256 = TpmSample.of("attestationTPMSHA256Response");
    var extra = sha256.extraData("SHA-256");
    var test = new Anchors(List.of(), List.of(sha256.chain().certificates().getLast()));
    var verifier = new TpmKeyAttestation(test);
    edits("TPM, SHA-256", sha256.statement(), one -> verifier.verify(one, extra, time));
    row("TPM, SHA-256", "another challenge", verifier.verify(sha256.statement(), CHALLENGE, time));
    row("TPM, SHA-256", "today", verifier.verify(sha256.statement(), extra, NOW));
    row(
        "TPM, SHA-256",
        "nobody is configured",
        new TpmKeyAttestation(Anchors.none()).verify(sha256.statement(), extra, time));
    var sha1 = TpmSample.of("attestationTPMSHA1Response");
    row(
        "TPM, SHA-1",
        "unchanged",
        verifier.verify(sha1.statement(), sha1.extraData("SHA-1"), time));
  }

  private void ownTpm() {
    var tpm = TpmStatements.create();
    var statement = tpm.statement(SoftwareKey.generate(), CHALLENGE, NOW);
    row(
        "TPM, own key",
        "a test root is configured",
        new TpmKeyAttestation(new Anchors(List.of(), List.of(tpm.root())))
            .verify(statement, CHALLENGE, NOW));
    row(
        "TPM, own key",
        "nobody is configured",
        new TpmKeyAttestation(Anchors.none()).verify(statement, CHALLENGE, NOW));
  }

  @Test
  void the_page_says_what_the_verifiers_answer() throws IOException {
    appAttestSamples();
    ownAppAttest();
    ownManagedDevice();
    tpmSamples();
    ownTpm();
    var page = Path.of(System.getProperty("vigil.root", ".."), "docs", "attestation-apple-tpm.md");
    var text = Files.readString(page);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    var matrix = "| statement | how | verdict |\n| --- | --- | --- |\n" + String.join("", rows);
    var wanted = text.substring(0, begin) + matrix + text.substring(text.indexOf(END));
    if (Boolean.getBoolean("vigil.bless")) Files.writeString(page, wanted);
    assertThat(page)
        .as("%s; rewrite it with -Dvigil.bless=true and review the difference", page)
        .hasContent(wanted);
  }
}
