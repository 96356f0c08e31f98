// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports;

import static dev.vigil.workbench.imports.Scene.entra;
import static dev.vigil.workbench.imports.Scene.only;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is told of policies that cannot be carried over as they stand.
class EntraReportTest {

  private static String policy(String conditions, String rest) {
    return """
    {"displayName":"P","state":"enabled","conditions":{"users":{"includeUsers":["All"]},
     "applications":{"includeApplications":["All"]}%s},%s}\
    """
        .formatted(conditions, rest);
  }

  /// What stands in single quotes becomes JSON.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        // a condition | the controls | what becomes of it | where it is told
        ",'times':{'includedRanges':['x']}     | mfa   | NOT      | $.conditions.times",
        ",'clientAppTypes':['telepathy']       | mfa   | NOT      | $.conditions.clientAppTypes",
        ",'signInRiskLevels':['hidden']        | mfa   | NOT      | $.conditions.signInRiskLevels",
        ",'platforms':{'includePlatforms':['unknownFutureValue']} | mfa | NOT |"
            + " $.conditions.platforms.includePlatforms",
        ",'insiderRiskLevels':'elevated'       | block | NOT      | $.conditions.insiderRiskLevels",
        ",'insiderRiskLevels':'elevated'       | mfa   | STRICTER | $.conditions.insiderRiskLevels",
        ",'authenticationFlows':{'transferMethods':'deviceCodeFlow'} | block | NEEDLESS |"
            + " $.conditions.authenticationFlows",
        ",'clientAppTypes':['exchangeActiveSync','other'] | block | NEEDLESS |"
            + " $.conditions.clientAppTypes",
        ",'devices':{'deviceFilter':{'mode':'include','rule':'device.isCompliant -is True'}} | mfa"
            + " | NOT | $.conditions.devices.deviceFilter",
        ",'devices':{'deviceFilter':{'mode':'include','rule':'device.extensionAttribute1 -eq 5'}} |"
            + " block | NOT | $.conditions.devices.deviceFilter",
        ",'devices':{'deviceFilter':{'mode':'include','rule':'device.extensionAttribute1 -eq 5'}} |"
            + " mfa | STRICTER | $.conditions.devices.deviceFilter",
        "                                      | passwordChange','mfa | STRICTER |"
            + " $.grantControls.builtInControls",
        "                                      | telepathy | NOT  |"
            + " $.grantControls.builtInControls",
        "                                      | domainJoinedDevice | NOT |"
            + " $.grantControls.builtInControls",
        "                                      | mfa'],'termsOfUse':['t | STRICTER |"
            + " $.grantControls.termsOfUse",
      })
  void what_cannot_be_said_is_named(String condition, String control, Fate fate, String path) {
    var text =
        policy(
                Optional.ofNullable(condition).orElse(""),
                "'grantControls':{'operator':'OR','builtInControls':['" + control + "']}")
            .replace('\'', '"');
    var item = only(entra(text));
    assertThat(item.fate()).isEqualTo(fate);
    assertThat(item.findings()).anyMatch(finding -> finding.path().equals(path));
  }

  @Test
  void what_is_missing_from_a_conjunction_is_told_and_the_rest_is_asked_for() {
    var item =
        only(
            entra(
                policy(
                    "",
                    """
                    "grantControls":{"operator":"AND","builtInControls":["mfa","passwordChange"]}\
                    """)));
    assertThat(item.fate()).isEqualTo(Fate.PARTLY);
    assertThat(item.rules()).containsExactly("p");
    assertThat(item.findings().getFirst().kind()).isEqualTo(Finding.Kind.MISSING);
  }

  @Test
  void a_user_action_is_no_app() {
    var item =
        only(
            entra(
                """
                {"displayName":"P","state":"enabled","conditions":{"users":{"includeUsers":["All"]},
                 "applications":{"includeUserActions":["urn:user:registersecurityinfo"]}},
                 "grantControls":{"builtInControls":["mfa"]}}\
                """));
    assertThat(item.fate()).isEqualTo(Fate.NOT);
    assertThat(item.findings().getFirst().why()).contains("enrolment");
  }

  @Test
  void collections_arrays_templates_and_powershell_are_read() {
    var plain = policy("", "\"grantControls\":{\"operator\":\"OR\",\"builtInControls\":[\"mfa\"]}");
    assertThat(entra("{\"value\":[" + plain + "," + plain + "]}").items()).hasSize(2);
    assertThat(entra("[" + plain + "]").items()).hasSize(1);
    assertThat(entra("{\"name\":\"T\",\"details\":" + plain + "}").items()).hasSize(1);
    var pascal =
        """
        {"Id":"x","DisplayName":"P","State":"enabled","AdditionalProperties":{},
         "Conditions":{"Users":{"IncludeUsers":["All"],"ExcludeUsers":null},
          "Applications":{"IncludeApplications":["All"]},"Devices":{"DeviceFilter":{"Mode":null,"Rule":null}}},
         "GrantControls":{"Operator":"OR","BuiltInControls":["mfa"]},
         "SessionControls":{"SignInFrequency":{"IsEnabled":null}}}\
        """;
    assertThat(only(entra(pascal)).fate()).isEqualTo(Fate.EXACTLY);
    var importing =
        Import.run(
            Origin.ENTRA,
            List.of(
                new SourceFile("p.json", ("\ufeff" + pascal).getBytes(StandardCharsets.UTF_16LE))),
            new Import.Wishes(Optional.empty(), List.of()));
    assertThat(importing).isInstanceOf(Importing.Done.class);
  }

  @Test
  void groups_are_called_what_their_export_calls_them() {
    var policy =
        policy("", "\"grantControls\":{\"operator\":\"OR\",\"builtInControls\":[\"mfa\"]}")
            .replace("\"All\"]},\n", "\"All\"],\"excludeGroups\":[\"G1\"]},\n");
    var group =
        """
        {"id":"g1","displayName":"Break Glass (EU)","securityEnabled":true,"groupTypes":[]}\
        """;
    var imported = entra(policy, group);
    assertThat(imported.files().toString()).contains("\"break-glass-eu\" in subject.groups");
    assertThat(only(imported).findings()).isEmpty();
    assertThat(only(entra(policy)).findings())
        .anyMatch(
            finding -> finding.kind() == Finding.Kind.NAMING && finding.why().contains("`G1`"));
  }

  @Test
  void names_that_make_no_sense_are_refused() {
    var policy = policy("", "\"grantControls\":{\"builtInControls\":[\"mfa\"]}");
    for (var names :
        List.of("locations: {AllTrusted: [10.0.0.0/99]}", "apps: {x: 'No App'}", "groups: 5", "{"))
      assertThat(Scene.run(Origin.ENTRA, Optional.of(names), policy))
          .as(names)
          .isInstanceOf(Importing.Refused.class);
  }
}
