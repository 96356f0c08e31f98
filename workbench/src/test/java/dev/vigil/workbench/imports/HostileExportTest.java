// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports;

import static dev.vigil.workbench.imports.Scene.anna;
import static dev.vigil.workbench.imports.Scene.entra;
import static dev.vigil.workbench.imports.Scene.only;
import static dev.vigil.workbench.imports.Scene.set;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.policy.rule.Rule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Exports that mean harm, or mean nothing.
class HostileExportTest {

  private static String named(String name) {
    return """
    {"displayName":"%s","state":"enabled","conditions":{"users":{"includeUsers":["All"],"excludeGroups":[%s]},
     "applications":{"includeApplications":["All"]}},"grantControls":{"operator":"OR","builtInControls":["block"]}}\
    """
        .formatted(name, "\"g\"");
  }

  private static String excluding(int groups) {
    var list =
        IntStream.range(0, groups)
            .mapToObj(i -> "\"group-%036d\"".formatted(i))
            .collect(Collectors.joining(","));
    return named("many").replace("\"g\"", list);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x\\n\\npermit:\\n  all:\\n    app: any\\n    who: 'true'\\n",
        "x'\\npermit: {all: {app: any, who: 'true'}}",
        "x\\r\\u0085\\u2028\\u2029permit:",
        "\\u0000\\u001b[2J\\u202e\\u0007'''\\\"\\\\ # : | > & * ! % @ `",
        "# } ] , - ? :",
        "..",
        "--- \\n...",
        "../../../etc/passwd",
        "\\ud83d\\ude00\\ud800",
        ""
      })
  void a_name_can_steer_neither_the_file_nor_the_screen(String name) {
    var imported = entra(named(name));
    var rules = set(imported).rules();
    assertThat(rules.permits()).extracting(Rule.Permit::name).containsExactly("base-everyone");
    assertThat(rules.forbids()).hasSize(1);
    imported
        .files()
        .values()
        .forEach(text -> assertThat(text.chars().filter(c -> c < 32 && c != '\n')).isEmpty());
    assertThat(only(imported).name().chars().allMatch(c -> c >= 32 && c != 0x2028)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "g\\\") || true || (\\\"",
        "g\\\\",
        "g' : x",
        "g # y",
        "\\u001b",
        "g\\u0000h",
        "g\\nwho: 'true'"
      })
  void an_id_can_steer_no_condition(String id) {
    var imported = entra(named("P").replace("\"g\"", "\"" + id + "\""));
    assertThat(set(imported).decide(anna().request()).allows())
        .isEqualTo(only(imported).fate() == Fate.NOT);
  }

  @Test
  void a_filter_can_steer_no_condition() {
    var rule = "device.model -eq \\\"a\\\\\\\" || true || \\\\\\\"\\\\n\\\"";
    var text =
        named("P")
            .replace(
                "\"conditions\":{",
                "\"conditions\":{\"devices\":{\"deviceFilter\":{\"mode\":\"exclude\",\"rule\":\""
                    + rule
                    + "\"}},");
    assertThat(set(entra(text)).decide(anna().request()).allows()).isFalse();
  }

  @Test
  void many_groups_are_carried_over_in_parts_and_too_many_are_refused() {
    var many = entra(excluding(1_500));
    assertThat(only(many).fate()).isEqualTo(Fate.EXACTLY);
    var last = "group-%036d".formatted(1_499);
    assertThat(set(many).decide(anna().in(last).request()).allows()).isTrue();
    assertThat(set(many).decide(anna().in("another").request()).allows()).isFalse();
    var tooMany = only(entra(excluding(100_000)));
    assertThat(tooMany.fate()).isEqualTo(Fate.NOT);
    assertThat(tooMany.findings().getFirst().why()).contains("100000");
  }

  @Test
  void a_hundred_thousand_groups_beside_the_policies_are_taken_as_names() {
    var groups =
        IntStream.range(0, 100_000)
            .mapToObj(i ->
                "{\"id\":\"g%d\",\"displayName\":\"Group %d\",\"securityEnabled\":true}"
                    .formatted(i, i))
            .collect(Collectors.joining(",", "[", "]"));
    assertThat(entra(named("P").replace("\"g\"", "\"g77777\""), groups).files().toString())
        .contains("\"group-77777\" in subject.groups");
  }

  @Test
  void wrong_types_are_named_with_their_place() {
    var policy = named("P");
    for (var wrong :
        List.of(
            policy.replace("[\"All\"],\"excl", "{\"a\":{\"b\":1}},\"excl"),
            policy.replace("{\"includeApplications\":[\"All\"]}", "[[[\"All\"]]]"),
            policy.replace(
                "\"grantControls\":{", "\"sessionControls\":\"yes\",\"grantControls\":{"),
            policy.replace("\"enabled\"", "[{\"x\":1}]"),
            policy.replace("\"enabled\"", "\"perhaps\""))) {
      var item = only(entra(wrong));
      assertThat(item.fate()).as(wrong).isEqualTo(Fate.NOT);
      assertThat(item.findings().getFirst().path()).startsWith("$.");
    }
  }

  @Test
  void what_cannot_be_read_is_named_and_spoils_nothing_else() {
    var deep = "[".repeat(5_000) + "]".repeat(5_000);
    var twice = named("P").replace("{\"displayName\"", "{\"state\":\"disabled\",\"displayName\"");
    var imported = entra(named("P"), deep, twice, "{\"a\":", "[1] 2", "&a [*a, *a]");
    assertThat(imported.count(Fate.EXACTLY)).isEqualTo(1);
    assertThat(imported.count(Fate.NOT)).isEqualTo(5);
    assertThat(imported.whole()).isFalse();
    assertThat(Scene.run(Origin.ENTRA, Optional.empty(), deep))
        .isInstanceOf(Importing.Refused.class);
    assertThat(Scene.run(Origin.ENTRA, Optional.empty(), "{}", "[]", "5", "a: b", ""))
        .isInstanceOf(Importing.Refused.class);
  }

  @Test
  void the_same_export_gives_the_same_files_whatever_the_order() {
    var one = named("One");
    var two = named("One").replace("block", "mfa");
    assertThat(entra(one, two).files()).isEqualTo(entra(one, two).files());
    assertThat(entra("[" + one + "," + two + "]").files().toString())
        .contains("  one:", "  one-2:");
  }

  @Test
  void filters_of_great_depth_and_length_are_refused() {
    for (var rule :
        List.of(
            "(".repeat(2_000) + "device.isCompliant -eq True" + ")".repeat(2_000),
            "-not ".repeat(1_000) + "device.isCompliant -eq True",
            "device.isCompliant -eq True -or ".repeat(2_000) + "device.isCompliant -eq True",
            "device.model -eq '" + "a".repeat(7_000) + "'",
            "device.model -eq " + "\\\"" + "\\\\\\\\".repeat(3_000)))
      assertThat(
              only(entra(
                      named("P")
                          .replace(
                              "\"conditions\":{",
                              "\"conditions\":{\"devices\":{\"deviceFilter\":{\"mode\":\"exclude\",\"rule\":\""
                                  + rule
                                  + "\"}},")))
                  .fate())
          .as(rule.substring(0, 30))
          .isEqualTo(Fate.NOT);
  }

  @Test
  void groups_that_are_called_the_same_are_not_the_same() {
    var imported =
        entra(
            named("P").replace("\"g\"", "\"g1\""),
            "{\"id\":\"g1\",\"displayName\":\"Break Glass\",\"securityEnabled\":true}",
            "{\"id\":\"g2\",\"displayName\":\"break-glass\",\"securityEnabled\":true}");
    assertThat(set(imported).decide(anna().in("break-glass").request()).allows()).isFalse();
    assertThat(set(imported).decide(anna().in("g1").request()).allows()).isTrue();
  }

  @Test
  void locations_that_are_called_the_same_are_not_the_same() {
    var policy =
        named("P")
            .replace(
                "\"conditions\":{",
                "\"conditions\":{\"locations\":{\"includeLocations\":[\"All\"],\"excludeLocations\":[\"loc-a-1\"]},");
    var first =
        "{\"id\":\"loc-a-1\",\"displayName\":\"Office\",\"ipRanges\":[{\"cidrAddress\":\"198.51.100.0/24\"}]}";
    var second = first.replace("loc-a-1", "loc-a-2").replace("198.51.100", "192.0.2");
    var both =
        policy.replace("loc-a-1", "loc-a-2").replace("\"P\"", "\"Q\"").replace("block", "mfa");
    var imported = entra(policy, both, first, second);
    assertThat(set(imported).decide(anna().request()).allows()).isFalse();
    var contradicting = entra(policy, first, second.replace("loc-a-2", "loc-a-1"));
    assertThat(set(contradicting).decide(anna().request()).allows()).isFalse();
    assertThat(only(contradicting).fate()).isEqualTo(Fate.STRICTER);
  }

  @Test
  void a_strength_that_calls_itself_like_another_does_not_replace_it() {
    var strength =
        "\"authenticationStrength\":{\"id\":\"s\",\"displayName\":\"MFA\",\"allowedCombinations\":[\"fido2\"]}";
    var own = named("A").replace("\"builtInControls\":[\"block\"]", strength);
    var mfa = named("B").replace("block", "mfa");
    for (var documents : List.of(List.of(own, mfa), List.of(mfa, own)))
      assertThat(
              set(entra(documents.get(0), documents.get(1)))
                  .decide(anna().with("authentication.phishing_resistant", false).request())
                  .allows())
          .isFalse();
  }

  @Test
  void a_policy_is_in_one_state() {
    assertThat(only(entra(named("P").replace("\"enabled\"", "\"enabled,disabled\""))).fate())
        .isEqualTo(Fate.NOT);
  }
}
