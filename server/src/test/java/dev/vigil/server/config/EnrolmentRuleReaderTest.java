// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.device.EnrolmentRules;
import dev.vigil.admission.device.EnrolmentRules.Approval;
import dev.vigil.admission.device.EnrolmentRules.Attestation;
import dev.vigil.admission.device.EnrolmentRules.Rule;
import dev.vigil.admission.device.EnrolmentRules.TestRoot;
import dev.vigil.admission.device.EnrolmentRules.Who;
import dev.vigil.identity.Population;
import dev.vigil.server.config.ConfigurationReader.Reading;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How rules of enrolment are written.
class EnrolmentRuleReaderTest {

  private static Reading reading(String rules) {
    return ConfigurationReader.read(
        "vigil.yaml", "devices:\n  enrolment: " + rules + "\n", Path.of("/srv"));
  }

  private static EnrolmentRules read(String rules) {
    assertThat(reading(rules)).isInstanceOf(Reading.Read.class);
    return ((Reading.Read) reading(rules)).configuration().devices().enrolment();
  }

  private static List<String> problems(String rules) {
    assertThat(reading(rules)).isInstanceOf(Reading.Rejected.class);
    return ((Reading.Rejected) reading(rules)).problems();
  }

  @Test
  void without_the_key_there_are_no_rules() {
    assertThat(ConfigurationReader.defaults(Path.of("/srv")).devices().enrolment())
        .isEqualTo(EnrolmentRules.NONE);
  }

  @Test
  void rules_are_read_in_their_order_and_what_is_left_out_demands_nothing() {
    assertThat(
            read("[{group: treasury, most: 2, platforms: [ios, android], attestation: hardware,"
                    + " test-root: accepted, approval: own-device}, {population: customer},"
                    + " {population: agent, most: 0}]")
                .rules())
        .containsExactly(
            new Rule(
                new Who.OfGroup("treasury"),
                2,
                Set.of("ios", "android"),
                Attestation.HARDWARE,
                TestRoot.ACCEPTED,
                Approval.OWN_DEVICE),
            usual(Population.CUSTOMER, 10),
            usual(Population.AGENT, 0));
  }

  private static Rule usual(Population population, int most) {
    return new Rule(
        new Who.OfPopulation(population),
        most,
        Set.of(),
        Attestation.NONE,
        TestRoot.REFUSED,
        Approval.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{most: 2}]|is for a `group` or for a `population`",
        "[{group: a, population: employee}]|is for a `group` or for a `population`",
        "[{group: [a, b]}]|`group` takes one text",
        "[{group: ''}]|`group` takes one text",
        "[{population: employees}]|`population` takes `employee` or `customer`",
        "[{group: a, most: many}]|`most` takes a number of devices from 0 to 1000",
        "[{group: a, most: -1}]|`most` takes a number of devices from 0 to 1000",
        "[{group: a, most: 1001}]|`most` takes a number of devices from 0 to 1000",
        "[{group: a, platforms: []}]|`platforms` names at least one",
        "[{group: a, platforms: [iphone]}]|`platforms` takes one of android, ios",
        "[{group: a, attestation: yes}]|`attestation` takes `none` or `any` or `hardware`",
        "[{group: a, test-root: maybe}]|`test-root` takes `refused` or `accepted`",
        "[{group: a, approval: owner}]|takes `none` or `administrator` or `own-device`",
        "[{group: a, aproval: none}]|did you mean `approval`?",
        "[{group: a, group: b}]|`group` stands twice",
        "[a]|expected a mapping",
        "{group: a}|`devices.enrolment` takes a list"
      })
  void a_rule_that_means_nothing_is_refused_with_its_place(String rules, String says) {
    assertThat(problems(rules))
        .anySatisfy(one -> assertThat(one).startsWith("vigil.yaml:2:").contains(says));
  }
}
