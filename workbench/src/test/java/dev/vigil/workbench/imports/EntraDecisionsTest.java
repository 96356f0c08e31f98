// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports;

import static dev.vigil.workbench.imports.Scene.anna;
import static dev.vigil.workbench.imports.Scene.entra;
import static dev.vigil.workbench.imports.Scene.only;
import static dev.vigil.workbench.imports.Scene.set;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.policy.Decision;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What imported policies decide, against what Entra documents of them. Policies are written short:
/// users, then further conditions, then controls.
class EntraDecisionsTest {

  private static final String MFA =
      "\"grantControls\":{\"operator\":\"OR\",\"builtInControls\":[\"mfa\"]}";
  private static final String BLOCK =
      "\"grantControls\":{\"operator\":\"OR\",\"builtInControls\":[\"block\"]}";
  private static final String OFFICE =
      """
      {"@odata.type":"#microsoft.graph.ipNamedLocation","id":"loc-office","displayName":"Office",
       "isTrusted":true,"ipRanges":[{"@odata.type":"#microsoft.graph.iPv4CidrRange","cidrAddress":"192.0.2.9/24"},
       {"@odata.type":"#microsoft.graph.iPv6CidrRange","cidrAddress":"2001:db8::/32"}]}\
      """;
  private static final String COUNTRIES =
      """
      {"@odata.type":"#microsoft.graph.countryNamedLocation","id":"loc-home","displayName":"Home countries",
       "countriesAndRegions":["NL","BE"],"includeUnknownCountriesAndRegions":false}\
      """;

  private static String policy(String conditions, String controls) {
    return policy("enabled", conditions, controls);
  }

  private static String policy(String state, String conditions, String controls) {
    var users = conditions.contains("\"users\"") ? "" : "\"users\":{\"includeUsers\":[\"All\"]},";
    var apps =
        conditions.contains("\"applications\"")
            ? ""
            : "\"applications\":{\"includeApplications\":[\"All\"]},";
    return """
    {"id":"5a1dd16d-8e4b-4ee0-9e2b-56664d444f08","displayName":"A policy","state":"%s",
     "conditions":{%s%s%s},%s}\
    """
        .formatted(
            state,
            users,
            apps,
            conditions.isEmpty() ? "\"clientAppTypes\":[\"all\"]" : conditions,
            controls);
  }

  private static Decision decide(String policy, Scene scene, String... more) {
    var documents = new java.util.ArrayList<>(List.of(policy));
    documents.addAll(List.of(more));
    return set(entra(documents.toArray(String[]::new))).decide(scene.request());
  }

  @Test
  void whoever_has_signed_in_with_mfa_passes_and_others_are_asked() {
    var policy = policy("", MFA);
    assertThat(decide(policy, anna()).allows()).isTrue();
    assertThat(decide(policy, anna().withoutMfa())).isInstanceOf(Decision.StepUp.class);
  }

  @Test
  void someone_in_an_excluded_group_is_not_asked() {
    var policy =
        policy(
            """
            "users":{"includeUsers":["All"],"excludeGroups":["G-Break-Glass"]}\
            """,
            MFA);
    assertThat(decide(policy, anna().withoutMfa().in("g-break-glass")).allows()).isTrue();
    assertThat(decide(policy, anna().withoutMfa().in("other")).allows()).isFalse();
  }

  @Test
  void someone_included_by_role_or_group_is_asked_and_nobody_else() {
    var policy =
        policy(
            """
            "users":{"includeGroups":["g1"],"includeRoles":["r1"],"excludeUsers":["bert"]}\
            """,
            MFA);
    assertThat(decide(policy, anna().withoutMfa()).allows()).isTrue();
    assertThat(decide(policy, anna().withoutMfa().in("g1")).allows()).isFalse();
    var admin = anna().withoutMfa().with("subject.roles", List.of("r1"));
    assertThat(decide(policy, admin).allows()).isFalse();
    assertThat(decide(policy, admin.with("subject.id", "bert")).allows()).isTrue();
  }

  @Test
  void a_guest_is_a_partner() {
    var policy =
        policy(
            """
            "users":{"includeGuestsOrExternalUsers":{"guestOrExternalUserTypes":
            "internalGuest,b2bCollaborationGuest,b2bCollaborationMember,b2bDirectConnectUser,otherExternalUser,serviceProvider",
            "externalTenants":{"membershipKind":"all"}}}\
            """,
            BLOCK);
    assertThat(decide(policy, anna()).allows()).isTrue();
    assertThat(decide(policy, anna().with("subject.population", "partner")).allows()).isFalse();
  }

  @Test
  void one_of_several_controls_will_do() {
    var policy =
        policy(
            "",
            "\"grantControls\":{\"operator\":\"OR\",\"builtInControls\":[\"mfa\",\"compliantDevice\"]}");
    assertThat(decide(policy, anna().withoutMfa()).allows()).isTrue();
    assertThat(decide(policy, anna().with("device.compliant", false)).allows()).isTrue();
    var neither = decide(policy, anna().withoutMfa().with("device.compliant", false));
    assertThat(neither)
        .isInstanceOfSatisfying(
            Decision.StepUp.class,
            stepUp -> assertThat(stepUp.steps().getFirst().strength()).isEqualTo("entra-mfa"));
  }

  @Test
  void all_of_several_controls_are_needed() {
    var policy =
        policy(
            "",
            "\"grantControls\":{\"operator\":\"AND\",\"builtInControls\":[\"mfa\",\"compliantDevice\"]}");
    assertThat(decide(policy, anna()).allows()).isTrue();
    assertThat(decide(policy, anna().withoutMfa()).allows()).isFalse();
    assertThat(decide(policy, anna().with("device.compliant", false)))
        .isInstanceOf(Decision.Remediate.class);
  }

  @Test
  void block_beats_grant() {
    var both = "[" + policy("", MFA) + "," + policy("", BLOCK) + "]";
    assertThat(decide(both, anna())).isInstanceOf(Decision.Deny.class);
  }

  @Test
  void report_only_never_decides() {
    var imported = entra(policy("enabledForReportingButNotEnforced", "", BLOCK));
    assertThat(set(imported).decide(anna().request()).allows()).isTrue();
    assertThat(set(imported).shadow(anna().request()).together().allows()).isFalse();
  }

  @Test
  void what_is_switched_off_is_left_out_and_listed() {
    var imported = entra(policy("disabled", "", BLOCK), policy("", MFA));
    assertThat(set(imported).decide(anna().request()).allows()).isTrue();
    assertThat(imported.count(Fate.DISABLED)).isEqualTo(1);
    assertThat(imported.whole()).isTrue();
  }

  @Test
  void all_locations_but_trusted_ones_are_everywhere_else() {
    var policy =
        policy(
            """
            "locations":{"includeLocations":["All"],"excludeLocations":["AllTrusted"]}\
            """,
            BLOCK);
    assertThat(decide(policy, anna(), OFFICE).allows()).isTrue();
    assertThat(decide(policy, anna().with("network.address", "2001:db8::1"), OFFICE).allows())
        .isTrue();
    assertThat(decide(policy, anna().with("network.address", "203.0.113.5"), OFFICE).allows())
        .isFalse();
    assertThat(decide(policy, anna().without("network.address"), OFFICE).allows()).isFalse();
  }

  @Test
  void a_trusted_location_that_is_not_in_the_export_exempts_nobody() {
    var policy =
        policy(
            """
            "locations":{"includeLocations":["All"],"excludeLocations":["AllTrusted"]}\
            """,
            MFA);
    var imported = entra(policy);
    assertThat(only(imported).fate()).isEqualTo(Fate.STRICTER);
    assertThat(set(imported).decide(anna().withoutMfa().request()).allows()).isFalse();
    var named =
        Scene.imported(
            Origin.ENTRA, Optional.of("locations: {AllTrusted: [192.0.2.0/24]}"), policy);
    assertThat(only(named).fate()).isEqualTo(Fate.EXACTLY);
    assertThat(set(named).decide(anna().withoutMfa().request()).allows()).isTrue();
  }

  @Test
  void a_country_is_where_the_address_is_registered() {
    var policy =
        policy(
            """
            "locations":{"includeLocations":["All"],"excludeLocations":["loc-home"]}\
            """,
            BLOCK);
    assertThat(decide(policy, anna(), COUNTRIES).allows()).isTrue();
    assertThat(decide(policy, anna().with("network.country", "FR"), COUNTRIES).allows()).isFalse();
  }

  @Test
  void a_location_that_is_not_in_the_export_is_never_blocked_at_random() {
    var included =
        """
        "locations":{"includeLocations":["loc-unknown"]}\
        """;
    assertThat(only(entra(policy(included, BLOCK))).fate()).isEqualTo(Fate.NOT);
    assertThat(only(entra(policy(included, MFA))).fate()).isEqualTo(Fate.STRICTER);
  }

  @Test
  void a_risk_level_that_is_listed_is_asked_about_and_no_other() {
    var policy = policy("\"signInRiskLevels\":[\"high\",\"medium\"]", MFA);
    assertThat(decide(policy, anna().withoutMfa().with("risk.session", "low")).allows()).isTrue();
    assertThat(decide(policy, anna().withoutMfa().with("risk.session", "high")).allows()).isFalse();
    assertThat(decide(policy, anna().withoutMfa().without("risk.session")).allows()).isFalse();
    var user = policy("\"userRiskLevels\":[\"high\"]", BLOCK);
    assertThat(decide(user, anna()).allows()).isTrue();
    assertThat(decide(user, anna().with("risk.subject", "high")).allows()).isFalse();
  }

  @Test
  void a_workload_is_blocked_by_its_own_risk_and_untouched_by_what_is_about_users() {
    var machine = anna().with("subject.population", "workload").withoutMfa();
    assertThat(decide(policy("", MFA), machine).allows()).isTrue();
    var risky =
        policy(
            """
            "users":{"includeUsers":["None"]},"clientApplications":{"includeServicePrincipals":
            ["ServicePrincipalsInMyTenant"]},"servicePrincipalRiskLevels":["high"]\
            """,
            BLOCK);
    assertThat(decide(risky, machine).allows()).isTrue();
    assertThat(decide(risky, machine.with("risk.subject", "high")).allows()).isFalse();
    assertThat(decide(risky, anna().with("risk.subject", "high")).allows()).isTrue();
  }

  @Test
  void platforms_are_those_listed_and_ipads_count_as_ios() {
    var policy = policy("\"platforms\":{\"includePlatforms\":[\"iOS\"]}", BLOCK);
    assertThat(decide(policy, anna()).allows()).isFalse();
    assertThat(decide(policy, anna().with("device.platform", "ipados")).allows()).isFalse();
    assertThat(decide(policy, anna().with("device.platform", "android")).allows()).isTrue();
    var unknown =
        policy(
            """
            "platforms":{"includePlatforms":["all"],
            "excludePlatforms":["android","iOS","windows","macOS","linux"]}\
            """,
            BLOCK);
    assertThat(decide(unknown, anna()).allows()).isTrue();
    assertThat(decide(unknown, anna().without("device.platform")).allows()).isFalse();
  }

  @Test
  void a_device_filter_includes_or_exempts() {
    var exempt =
        policy(
            """
            "devices":{"deviceFilter":{"mode":"exclude","rule":
            "device.isCompliant -eq True -and device.deviceOwnership -eq \\"Company\\""}}\
            """,
            BLOCK);
    assertThat(decide(exempt, anna()).allows()).isTrue();
    assertThat(decide(exempt, anna().with("device.corporate", false)).allows()).isFalse();
    var include =
        policy(
            """
            "devices":{"deviceFilter":{"mode":"include","rule":
            "(device.model -startsWith \\"iPhone\\") -and -not (device.operatingSystemVersion -in [\\"26.1\\", \\"26.2\\"])"}}\
            """,
            BLOCK);
    assertThat(decide(include, anna()).allows()).isTrue();
    assertThat(decide(include, anna().with("device.os_version", "18.0")).allows()).isFalse();
    assertThat(
            decide(
                    include,
                    anna().with("device.os_version", "18.0").with("device.model", "Pixel 10"))
                .allows())
        .isTrue();
  }

  @Test
  void what_a_filter_says_of_things_unknown_here_exempts_nobody() {
    var policy =
        policy(
            """
            "devices":{"deviceFilter":{"mode":"exclude","rule":
            "device.isCompliant -eq True -or device.trustType -eq \\"ServerAD\\""}}\
            """,
            MFA);
    assertThat(only(entra(policy)).fate()).isEqualTo(Fate.STRICTER);
    assertThat(decide(policy, anna().withoutMfa()).allows()).isTrue();
    assertThat(decide(policy, anna().withoutMfa().with("device.compliant", false)).allows())
        .isFalse();
  }

  @Test
  void apps_are_known_by_their_tag_or_by_the_name_they_were_given() {
    var policy =
        policy(
            """
            "applications":{"includeApplications":["APP-1"],"excludeApplications":["app-2"]}\
            """,
            BLOCK);
    assertThat(decide(policy, anna()).allows()).isFalse();
    assertThat(decide(policy, anna().with("app.tags", List.of("app-3"))).allows()).isTrue();
    assertThat(decide(policy, anna().with("app.tags", List.of("app-1", "app-2"))).allows())
        .isTrue();
    var named = Scene.imported(Origin.ENTRA, Optional.of("apps: {app-1: wiki}"), policy);
    assertThat(set(named).decide(anna().request()).allows()).isTrue();
    assertThat(set(named).decide(anna().with("app.id", "wiki").request()).allows()).isFalse();
  }

  @Test
  void a_sign_in_grows_too_old() {
    var policy =
        policy(
            "",
            """
            "grantControls":null,"sessionControls":{"signInFrequency":{"isEnabled":true,"type":"hours",
            "value":4,"frequencyInterval":"timeBased"}}\
            """);
    assertThat(decide(policy, anna().signedIn(Duration.ofHours(3))).allows()).isTrue();
    assertThat(decide(policy, anna().signedIn(Duration.ofHours(5))))
        .isInstanceOf(Decision.StepUp.class);
  }

  @Test
  void a_strength_asks_for_a_passkey_of_its_kind() {
    var policy =
        policy(
            "",
            """
            "grantControls":{"operator":"AND","authenticationStrength":
            {"id":"00000000-0000-0000-0000-000000000004"}}\
            """);
    assertThat(decide(policy, anna()).allows()).isTrue();
    assertThat(decide(policy, anna().with("authentication.phishing_resistant", false)).allows())
        .isFalse();
    var unknown = policy("", "\"grantControls\":{\"authenticationStrength\":{\"id\":\"own\"}}");
    assertThat(only(entra(unknown)).fate()).isEqualTo(Fate.STRICTER);
    assertThat(decide(unknown, anna()).allows()).isFalse();
    assertThat(decide(unknown, anna().with("authentication.strength", "passkey-hardware")).allows())
        .isTrue();
  }

  @Test
  void downloads_are_refused_in_browsers_only() {
    var policy =
        policy(
            "\"clientAppTypes\":[\"browser\"]",
            """
            "sessionControls":{"cloudAppSecurity":{"isEnabled":true,"cloudAppSecurityType":"blockDownloads"}}\
            """);
    assertThat(decide(policy, anna()))
        .isInstanceOfSatisfying(
            Decision.Allow.class, allow -> assertThat(allow.obligations().restricts()).isFalse());
    assertThat(decide(policy, anna().with("connection.binding", "cookie")))
        .isInstanceOfSatisfying(
            Decision.Allow.class, allow -> assertThat(allow.obligations().noDownload()).isTrue());
  }

  @Test
  void nothing_is_permitted_unless_that_was_asked_for() {
    var export = SourceFile.of("export.json", policy("", MFA));
    var importing =
        Import.run(Origin.ENTRA, List.of(export), new Import.Wishes(Optional.empty(), List.of()));
    var imported = ((Importing.Done) importing).imported();
    assertThat(imported.files()).doesNotContainKey("base.yaml");
    assertThat(imported.notes().getFirst()).contains("everything is denied");
    assertThat(set(imported).decide(anna().request()).allows()).isFalse();
  }
}
