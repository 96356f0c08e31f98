// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation.android;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.posture.attestation.Attested;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The matrix of `docs/attestation-android.md` is what the verifier says of the published samples.
/// `-Dvigil.bless=true` writes it anew; what stands above the matrix is written by hand.
class AndroidPageTest {

  private static final String MARK = "<!-- from here on written by the tests -->\n";

  @Test
  void the_matrix_is_what_the_verifier_says() throws IOException {
    var page = Path.of(System.getProperty("vigil.root", ".."), "docs", "attestation-android.md");
    var matrix = matrix();
    var there = Files.readString(page);
    assertThat(there).contains(MARK);
    var above = there.substring(0, there.indexOf(MARK) + MARK.length());
    if (Boolean.getBoolean("vigil.bless")) Files.writeString(page, above + matrix);
    assertThat(page)
        .as("docs/attestation-android.md; rewrite it with -Dvigil.bless=true and review it")
        .hasContent(above + matrix);
  }

  private static String matrix() {
    var text = new StringBuilder("\n## The samples\n\n");
    text.append("What four published chains say, whether or not it is believed.\n\n");
    row(text, "sample", "schema", "level", "bootloader", "boot", "patch", "app");
    row(text, "---", "---", "---", "---", "---", "---", "---");
    PublishedChainsTest.TEE.forEach(name -> said(text, name));
    PublishedChainsTest.STRONGBOX.forEach(name -> said(text, name));
    text.append("\n## Sample by what was done to it\n\n");
    row(text, "sample", "what was done", "verdict");
    row(text, "---", "---", "---");
    for (var name : PublishedChainsTest.TEE)
      for (var one : Cases.of(Cases.Sample.of(name)))
        row(text, "`" + name + "`", one.what(), verdict(one.answer()));
    for (var name : PublishedChainsTest.STRONGBOX) chip(text, Cases.Sample.of(name));
    text.append(
        "\nA bit was flipped in every byte of every certificate of the first sample; each\n");
    text.append("time the chain was refused.\n\n## Made-up phones\n\n");
    text.append("Under a test root of the tests, to show what the samples do not.\n\n");
    row(text, "phone or forgery", "verdict");
    row(text, "---", "---");
    MadeUpPhones.verdicts().forEach((what, answer) -> row(text, what, verdict(answer)));
    return text.toString();
  }

  private static void said(StringBuilder text, String name) {
    var says = Cases.description(Samples.chain(name));
    var boot = says.boot().orElseThrow();
    row(
        text,
        "`" + name + "`",
        String.valueOf(says.version()),
        says.level().label(),
        boot.locked() ? "locked" : "unlocked",
        boot.state().label(),
        says.hardware().patched().system().map(String::valueOf).orElse("-"),
        says.app().map(app -> app.packages().size() + " packages of one user id").orElse("-"));
  }

  private static void chip(StringBuilder text, Cases.Sample sample) {
    var google = Cases.verifier("");
    row(
        text,
        "`" + sample.name() + "`",
        "as it was made; its root is not Google's",
        verdict(google.verify(sample.chain(), sample.expected(), Cases.MADE)));
    row(
        text,
        "`" + sample.name() + "`",
        "its root is named as a test root",
        verdict(
            PublishedChainsTest.trusting(sample)
                .verify(sample.chain(), sample.expected(), Cases.MADE)));
  }

  private static String verdict(Outcome<Attested> answer) {
    return switch (answer) {
      case Outcome.Refused<Attested>(Refusal refusal, String detail) ->
          "refused: `" + refusal.code() + "`" + (detail.isEmpty() ? "" : ", " + detail);
      case Outcome.Done<Attested>(Attested attested) ->
          "believed of `"
              + attested.source()
              + "`: "
              + new TreeMap<>(attested.says())
                  .entrySet().stream()
                      .map(entry -> entry.getKey().label() + " " + entry.getValue())
                      .collect(Collectors.joining(", "));
    };
  }

  private static void row(StringBuilder text, String... cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
