// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.policy.language.PolicySource;
import dev.vigil.policy.language.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Properties are read as policies are, and every problem is told.
class PropertyReaderTest {

  private static final String POLICY =
      """
      level:
        corporate: device.managed
      location:
        home: [127.0.0.0/8]
      permit:
        property-0: {app: any, who: "true"}
      """;

  private static PropertyReading read(String text) {
    return PropertyReader.read(
        List.of(new PolicySource("policy.yaml", POLICY)),
        List.of(new PolicySource("some.properties.yaml", text)));
  }

  private static List<Property> properties(String text) {
    return switch (read(text)) {
      case PropertyReading.Loaded loaded -> loaded.properties();
      case PropertyReading.Rejected rejected -> throw new AssertionError(rejected.problems());
    };
  }

  private static List<String> problems(String text) {
    return switch (read(text)) {
      case PropertyReading.Loaded loaded -> throw new AssertionError(loaded.properties());
      case PropertyReading.Rejected rejected ->
          rejected.problems().stream().map(Problem::toString).toList();
    };
  }

  @Test
  void a_property_uses_the_names_of_the_policy() {
    var properties =
        properties(
            """
            one:
              never: allow
              when: level("corporate") && in_location("home")
              text: Because.
            two:
              always: deny(device.rooted) when !device.managed
            three: {never: write}
            """);
    assertThat(properties).extracting(Property::name).containsExactly("one", "two", "three");
    assertThat(properties).extracting(p -> p.when().size()).containsExactly(1, 2, 0);
    assertThat(properties.getFirst().text()).isEqualTo("Because.");
  }

  @Test
  void evidence_may_be_looked_at_from_either_side_but_not_both_at_once() {
    assertThat(
            properties(
                """
                one: {never: allow, when: 'known(device.id)'}
                two: {never: allow, when: '!attested(device.id)'}
                three: {never: allow, when: ['known(device.id)', 'age(device.id) >= duration("1h")']}
                """))
        .hasSize(3);
    assertThat(problems("one: {never: allow, when: 'known(device.id) && !attested(device.id)'}"))
        .singleElement()
        .asString()
        .contains("`when` may be a list");
  }

  @Test
  void a_problem_in_a_condition_stands_where_the_condition_does() {
    assertThat(
            problems(
                """
                one:
                  never: allow
                  when: device.roted
                """))
        .singleElement()
        .asString()
        .startsWith("some.properties.yaml:3:9: ")
        .contains("device.rooted");
    assertThat(problems("one: {never: allow, when: 'level(\"corporat\")'}"))
        .singleElement()
        .asString()
        .contains("`corporate`");
  }

  @Test
  void what_is_no_property_is_told() {
    assertThat(problems("one: {never: alow, when: device.rooted}"))
        .singleElement()
        .asString()
        .contains("did you mean `allow`?");
    assertThat(problems("one: {when: device.rooted}"))
        .singleElement()
        .asString()
        .contains("neither");
    assertThat(problems("one: {never: allow, always: deny}"))
        .singleElement()
        .asString()
        .contains("both");
    assertThat(problems("one: {never: allow, wen: device.rooted}"))
        .singleElement()
        .asString()
        .contains("`when`");
    assertThat(problems("one: {never: 'allow(device.rooted'}"))
        .singleElement()
        .asString()
        .contains("parenthesis");
    assertThat(problems("one: {never: allow}\none: {never: allow}")).isNotEmpty();
    assertThat(problems("[]")).isNotEmpty();
    assertThat(problems("one: device.rooted")).isNotEmpty();
    assertThat(problems("One: {never: allow}")).isNotEmpty();
  }

  @Test
  void a_condition_cannot_break_out_of_its_place() {
    assertThat(
            problems(
                """
                one:
                  never: allow
                  when: |
                    true
                permit:
                  backdoor: {app: any, who: "true"}
                """))
        .isNotEmpty();
    assertThat(problems("one: {never: allow, when: \"true\\n  backdoor:\\n    app: any\"}"))
        .isNotEmpty();
  }
}
