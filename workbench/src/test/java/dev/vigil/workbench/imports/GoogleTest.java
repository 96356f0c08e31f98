// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports;

import static dev.vigil.workbench.imports.Scene.anna;
import static dev.vigil.workbench.imports.Scene.google;
import static dev.vigil.workbench.imports.Scene.only;
import static dev.vigil.workbench.imports.Scene.set;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Access levels, against what Google documents of them.
class GoogleTest {

  private static boolean holds(Imported imported, String level, Scene scene) {
    var beside = "guard: {asks: {app: any, require: [{level: " + level + "}]}}";
    return set(imported, beside).decide(scene.request()).allows();
  }

  private static String level(String name, String conditions) {
    return "--- " + flow(name, conditions);
  }

  private static String flow(String name, String conditions) {
    return "{name: accessPolicies/1/accessLevels/"
        + name
        + ", title: T, basic: {conditions: "
        + conditions
        + "}}";
  }

  @Test
  void a_condition_asks_for_all_it_lists() {
    var imported =
        google(
            level(
                "corp_phone",
                """
                [{ipSubnetworks: [192.0.2.0/24], regions: [NL], devicePolicy: {requireScreenlock: true,
                 requireCorpOwned: true, allowedEncryptionStatuses: [ENCRYPTED], osConstraints:
                 [{osType: IOS, minimumVersion: 26.0.1}, {osType: DESKTOP_MAC}]}}]\
                """));
    assertThat(only(imported).fate()).isEqualTo(Fate.EXACTLY);
    var phone = anna().with("device.screen_lock", true).with("device.encrypted", true);
    assertThat(holds(imported, "corp-phone", phone)).isTrue();
    assertThat(holds(imported, "corp-phone", phone.with("device.os_version", "26.0"))).isFalse();
    assertThat(holds(imported, "corp-phone", phone.with("device.platform", "macos"))).isTrue();
    assertThat(holds(imported, "corp-phone", phone.with("network.country", "FR"))).isFalse();
    assertThat(holds(imported, "corp-phone", phone.without("device.encrypted"))).isFalse();
  }

  @Test
  void conditions_are_joined_as_they_say_and_negated() {
    var either =
        google(
            """
            --- {name: a/accessLevels/x, basic: {combiningFunction: OR, conditions:
             [{regions: [FR]}, {negate: true, ipSubnetworks: [198.51.100.0/24]}]}}\
            """);
    assertThat(holds(either, "x", anna())).isTrue();
    assertThat(holds(either, "x", anna().with("network.address", "198.51.100.4"))).isFalse();
    var both = google(level("y", "[{regions: [NL]}, {negate: true, regions: [NL]}]"));
    assertThat(holds(both, "y", anna())).isFalse();
  }

  @Test
  void levels_name_each_other_in_any_order_and_circles_are_refused() {
    var imported =
        google(
            level("b", "[{requiredAccessLevels: [accessPolicies/1/accessLevels/a]}]"),
            level("a", "[{regions: [NL]}]"));
    assertThat(imported.whole()).isTrue();
    assertThat(holds(imported, "b", anna())).isTrue();
    assertThat(holds(imported, "b", anna().with("network.country", "FR"))).isFalse();
    var circle =
        google(
            level("a", "[{requiredAccessLevels: [b]}]"),
            level("b", "[{requiredAccessLevels: [a]}]"),
            level("c", "[{regions: [NL]}]"));
    assertThat(circle.count(Fate.NOT)).isEqualTo(2);
    assertThat(circle.count(Fate.EXACTLY)).isEqualTo(1);
  }

  @Test
  void whatever_is_lost_makes_a_level_harder_to_reach_even_when_it_is_negated() {
    var lost = google(level("a", "[{devicePolicy: {requireAdminApproval: true}, regions: [NL]}]"));
    assertThat(only(lost).fate()).isEqualTo(Fate.NOT);
    var negated =
        google(
            level(
                "a",
                "[{negate: true, devicePolicy: {requireAdminApproval: true}, regions: [NL]}]"));
    assertThat(only(negated).fate()).isEqualTo(Fate.STRICTER);
    assertThat(holds(negated, "a", anna())).isFalse();
    assertThat(holds(negated, "a", anna().with("network.country", "FR"))).isTrue();
    var built =
        google(
            level(
                "a", "[{negate: true, devicePolicy: {requireAdminApproval: true}, regions: [NL]}]"),
            level("b", "[{negate: true, requiredAccessLevels: [a]}]"));
    assertThat(built.items().get(1).fate()).isEqualTo(Fate.NOT);
  }

  @Test
  void members_are_those_that_have_a_name_here() {
    var text = level("a", "[{members: ['user:anna@corp.example', 'serviceAccount:m@x.example']}]");
    assertThat(only(google(text)).fate()).isEqualTo(Fate.NOT);
    var named =
        Scene.imported(Origin.GOOGLE, Optional.of("users: {anna@corp.example: anna}"), text);
    assertThat(only(named).fate()).isEqualTo(Fate.STRICTER);
    assertThat(holds(named, "a", anna())).isTrue();
    assertThat(holds(named, "a", anna().with("subject.id", "bert"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "device.is_corp_owned_device == true && origin.region_code in ['NL', 'BE']      ~ EXACTLY ~"
            + " true",
        "device.is_corp_owned_device != true                                            ~ EXACTLY ~"
            + " false",
        "inIpRange(origin.ip, ['192.0.2.0/24', '2001:db8::/32'])                        ~ EXACTLY ~"
            + " true",
        "!inIpRange(origin.ip, ['192.0.2.0/24'])                                        ~ EXACTLY ~"
            + " false",
        "device.os_type == OsType.IOS && device.os_version.versionAtLeast('26.0')       ~ EXACTLY ~"
            + " true",
        "device.encryption_status == DeviceEncryptionStatus.ENCRYPTED                   ~ EXACTLY ~"
            + " false",
        "device.is_secured_with_screenlock || origin.region_code == 'NL'                ~ EXACTLY ~"
            + " true",
        "certificateBindingState(origin, device) =="
            + " CertificateBindingState.CERT_MATCHES_EXISTING_DEVICE ~ EXACTLY ~ false",
        "request.auth.claims.crd_str.hwk == true || origin.region_code == 'NL'          ~ STRICTER"
            + " ~ true",
        "device.vendors['x'].is_managed_device == true || origin.region_code == 'NL'    ~ STRICTER"
            + " ~ true",
        "request.time.getDayOfWeek('Europe/Berlin') > 1 && origin.region_code == 'NL'   ~ NOT ~"
            + " false",
        "!(device.is_admin_approved_device)                                             ~ NOT ~"
            + " false",
        "this is no expression                                                          ~ NOT ~"
            + " false",
      })
  void expressions_are_carried_over_as_far_as_they_go(String expression, Fate fate, boolean holds) {
    var text =
        "{\"name\":\"a/accessLevels/x\",\"custom\":{\"expr\":{\"expression\":\""
            + expression
            + "\"}}}";
    var imported = google(text);
    assertThat(only(imported).fate()).isEqualTo(fate);
    if (fate.written()) assertThat(holds(imported, "x", anna())).isEqualTo(holds);
    else assertThat(only(imported).findings()).isNotEmpty();
  }

  @Test
  void every_usual_form_of_a_list_is_read() {
    var one = flow("a", "[{regions: [NO]}]");
    for (var text :
        List.of(
            "- " + one,
            "accessLevels:\n- " + one,
            "---\n" + one + "\n---\n" + one,
            "conditions: [{regions: [NO]}]",
            "my_level:\n  conditions: [{regions: [NO]}]",
            """
            kind: AccessContextManagerAccessLevel
            metadata: {name: a}
            spec: {title: T, accessPolicyRef: {name: p}, basic: {conditions: [{regions: [NO]}]}}\
            """))
      assertThat(google(text).files().toString()).as(text).contains("network.country == \"NO\"");
  }

  @Test
  void a_long_chain_of_levels_ends_somewhere() {
    var chain = new StringBuilder();
    for (int i = 0; i < 300; i++)
      chain
          .append("- ")
          .append(flow("l" + i, "[{requiredAccessLevels: [l" + (i + 1) + "]}]"))
          .append('\n');
    assertThat(google(chain + "- " + flow("l300", "[{regions: [NL]}]")).items()).hasSize(301);
  }
}
