// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.policy.language.PolicyReader;
import dev.vigil.policy.language.PolicySource;
import dev.vigil.policy.language.Reading;
import dev.vigil.policy.rule.CompiledPolicySet;
import dev.vigil.workbench.PolicyFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// The example bank's properties hold, and would not if its rules were weaker.
class BankProofTest {

  private static final Solver SOLVER = Solver.within(Scenes.LIMITS);

  private final PolicyFolder bank = bank();

  private static PolicyFolder bank() {
    var files = new TreeMap<String, String>();
    var root = Path.of(System.getProperty("vigil.root", ".."));
    try (var entries = Files.newDirectoryStream(root.resolve("examples/bank/policies"), "*.yaml")) {
      for (var entry : entries)
        files.put(String.valueOf(entry.getFileName()), Files.readString(entry));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return PolicyFolder.of(files);
  }

  @AfterAll
  static void end() {
    SOLVER.close();
  }

  private static CompiledPolicySet set(List<PolicySource> policies) {
    if (PolicyReader.read(policies, 1) instanceof Reading.Loaded loaded) return loaded.set();
    throw new AssertionError("the bank's policies cannot be read");
  }

  private List<Property> properties() {
    return switch (PropertyReader.read(bank.policies(), bank.properties())) {
      case PropertyReading.Loaded loaded -> loaded.properties();
      case PropertyReading.Rejected rejected -> throw new AssertionError(rejected.problems());
    };
  }

  private List<Prover.Result> prove(List<PolicySource> policies) {
    return new Prover(SOLVER, Scenes.TIME, set(policies)).prove(properties());
  }

  private List<PolicySource> with(String file, String text, String instead) {
    return bank.policies().stream()
        .map(source -> {
          if (!source.name().equals(file)) return source;
          assertThat(source.text()).contains(text);
          return new PolicySource(file, source.text().replace(text, instead));
        })
        .toList();
  }

  @Test
  void every_property_of_the_bank_is_proved() {
    assertThat(prove(bank.policies()))
        .hasSizeGreaterThan(5)
        .allSatisfy(result ->
            assertThat(result.proof())
                .as(result.property().name())
                .isEqualTo(new Proof.Proved(List.of(), false)));
  }

  @Test
  void a_bank_that_forgets_the_approval_of_payments_is_found_out() {
    var weaker =
        with("banking.yaml", "      - transaction: approved\n", "      - strength: passkey\n");
    assertThat(prove(weaker))
        .filteredOn(result -> !(result.proof() instanceof Proof.Proved))
        .singleElement()
        .satisfies(result -> {
          assertThat(result.property().name()).isEqualTo("payments-need-an-approval");
          assertThat(result.proof()).isInstanceOf(Proof.Refuted.class);
        });
  }

  @Test
  void a_bank_that_skips_unknown_embargoes_rests_on_that() {
    var weaker =
        with(
            "devices.yaml",
            "    when: in_location(\"embargoed\")\n",
            "    when: in_location(\"embargoed\")\n    when_unknown: skip\n");
    assertThat(prove(weaker))
        .filteredOn(result -> result.property().name().equals("embargo"))
        .singleElement()
        .satisfies(result ->
            assertThat(result.proof()).isEqualTo(new Proof.Proved(List.of("embargo"), false)));
  }

  @Test
  void the_bank_has_no_rule_that_does_nothing() {
    var review = new RuleReview(SOLVER, Scenes.TIME, set(bank.policies())).review();
    assertThat(review.unanswered()).isEmpty();
    assertThat(review.rules()).isNotEmpty().values().containsOnly(RuleReview.Worth.NEEDED);
  }

  @Test
  void a_bank_compared_with_itself_is_the_same() {
    var set = set(bank.policies());
    assertThat(new Comparer(SOLVER, Scenes.TIME, set, set).compare().same()).isTrue();
  }

  @Test
  void a_bank_that_opens_the_treasury_to_partners_says_so() {
    var wider =
        with(
            "staff.yaml",
            "    who: subject.population == \"employee\" && \"treasury\" in subject.groups\n",
            "    who: subject.population in [\"employee\", \"partner\"] && \"treasury\" in"
                + " subject.groups\n");
    var comparison = new Comparer(SOLVER, Scenes.TIME, set(bank.policies()), set(wider)).compare();
    assertThat(comparison.unanswered()).isEmpty();
    assertThat(comparison.differences())
        .singleElement()
        .satisfies(difference -> {
          assertThat(difference.change()).isEqualTo(Comparison.Change.WIDENS);
          assertThat(difference.app()).contains("treasury");
          assertThat(difference.population()).contains("partner");
          assertThat(difference.shown().before().allows()).isFalse();
          assertThat(difference.shown().after().allows()).isTrue();
        });
  }
}
