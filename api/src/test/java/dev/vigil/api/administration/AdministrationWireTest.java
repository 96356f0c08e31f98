// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.administration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.identity.Role;
import dev.vigil.testkit.SoftwareKey;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The administration API as programs see it.
class AdministrationWireTest {

  private static final String WHY = "\"reason\":\"a test\"";

  private AdministrationHouse house;
  private AdministrationHouse.Caller root;

  @BeforeEach
  void open() throws Exception {
    house = new AdministrationHouse();
    root = house.signIn("root", Role.ADMINISTRATOR);
  }

  @AfterEach
  void close() {
    house.close();
  }

  private void refused(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains("\"code\":\"" + code + "\"").contains("\"next\":");
    assertThat(answer.headers().firstValue("content-type").orElse(""))
        .startsWith("application/problem+json");
  }

  private static HttpResponse<String> fine(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    return answer;
  }

  @Test
  void a_person_is_invited_found_in_groups_disabled_and_it_all_stands_in_the_events()
      throws Exception {
    var invited =
        fine(
            house.post(
                root,
                "/subjects",
                "{\"user_name\":\"Alice@Bank.Example\",\"display_name\":\"Alice"
                    + " Ito\",\"groups\":[\"Loans\"],"
                    + WHY
                    + "}"));
    assertThat(invited.statusCode()).isEqualTo(201);
    assertThat(invited.body())
        .contains("\"user_name\":\"alice@bank.example\"")
        .contains("https://vigil.example/invite#secret");
    fine(
        house.post(
            root, "/groups/payments/add", "{\"subject\":\"alice@bank.example\"," + WHY + "}"));
    assertThat(fine(house.get(root, "/groups")).body())
        .contains("{\"name\":\"loans\",\"members\":1}")
        .contains("payments");
    assertThat(fine(house.get(root, "/subjects?group=payments")).body())
        .contains("alice@bank.example")
        .doesNotContain("\"root\"");
    fine(
        house.put(
            root,
            "/subjects/alice%40bank.example/roles",
            "{\"roles\":[\"help-desk\"]," + WHY + "}"));
    fine(house.post(root, "/subjects/alice%40bank.example/disable", "{" + WHY + "}"));
    assertThat(fine(house.get(root, "/subjects/ALICE@bank.example")).body())
        .contains("\"active\":false");
    var events = fine(house.get(root, "/events?last=2")).body();
    assertThat(events)
        .contains("account-disabled")
        .contains("\"cause\":\"a test\"")
        .contains("\"actor\":\"" + root.subject().id() + "\"")
        .doesNotContain("secret");
  }

  @Test
  void everybody_does_only_what_their_roles_allow() throws Exception {
    var nobody = house.signIn("nobody");
    var desk = house.signIn("desk", Role.HELP_DESK);
    var author = house.signIn("author", Role.POLICY_AUTHOR);
    var auditor = house.signIn("auditor", Role.AUDITOR);
    for (var path :
        List.of(
            "/me",
            "/subjects",
            "/groups",
            "/devices",
            "/sessions",
            "/apps",
            "/policies/versions",
            "/events")) {
      refused(house.get(nobody, path), 403, "http.role-required");
      for (var reader : List.of(desk, author, auditor, root)) fine(house.get(reader, path));
    }
    var invite = "{\"user_name\":\"x\",\"display_name\":\"x\"," + WHY + "}";
    for (var other : List.of(nobody, desk, author, auditor)) {
      refused(house.post(other, "/subjects", invite), 403, "http.role-required");
      refused(
          house.put(
              other,
              "/subjects/" + other.subject().id() + "/roles",
              "{\"roles\":[\"administrator\"]," + WHY + "}"),
          403,
          "http.role-required");
      refused(house.post(other, "/partners", "{}"), 403, "http.role-required");
    }
    for (var other : List.of(nobody, desk, auditor)) {
      refused(house.post(other, "/policies/apply", "{}"), 403, "http.role-required");
      refused(house.put(other, "/apps/bank", "{}"), 403, "http.role-required");
    }
    for (var other : List.of(nobody, author, auditor))
      refused(
          house.post(other, "/sessions/" + root.session().id() + "/revoke", "{" + WHY + "}"),
          403,
          "http.role-required");
    fine(house.post(desk, "/sessions/" + nobody.session().id() + "/revoke", "{" + WHY + "}"));
    refused(house.get(nobody, "/me"), 401, "http.token-refused");
  }

  @Test
  void a_token_without_the_key_it_is_bound_to_is_worth_nothing() throws Exception {
    var thief = house.signIn("thief");
    var stolen =
        new AdministrationHouse.Caller(root.subject(), root.session(), thief.key(), root.token());
    refused(house.get(stolen, "/subjects"), 401, "http.token-refused");
  }

  @Test
  void the_last_administrator_stays() throws Exception {
    refused(
        house.post(root, "/subjects/root/disable", "{" + WHY + "}"),
        409,
        "people.last-administrator");
    refused(
        house.put(root, "/subjects/root/roles", "{\"roles\":[]," + WHY + "}"),
        409,
        "people.last-administrator");
  }

  @Test
  void content_that_is_not_understood_changes_nothing_and_says_what_was_meant() throws Exception {
    refused(
        house.post(root, "/subjects", "{\"user_nme\":\"x\",\"display_name\":\"x\"," + WHY + "}"),
        400,
        "content.unknown-member");
    assertThat(house.post(root, "/subjects", "{\"user_nme\":\"x\"," + WHY + "}").body())
        .contains("did you mean `user_name`?");
    refused(
        house.post(root, "/subjects", "{\"display_name\":\"x\"," + WHY + "}"),
        400,
        "content.missing-member");
    refused(
        house.post(root, "/subjects", "{\"user_name\":1,\"display_name\":\"x\"," + WHY + "}"),
        400,
        "content.member-type");
    refused(
        house.post(root, "/subjects", "{\"user_name\":\"x\",\"display_name\":\"x\"}"),
        400,
        "administration.reason-required");
    refused(
        house.post(
            root,
            "/subjects",
            "{\"user_name\":\"x\",\"display_name\":\"x\",\"roles\":[\"admin\"]," + WHY + "}"),
        400,
        "content.member-value");
    refused(
        house.post(
            root, "/subjects", "{\"user_name\":\"x\\r\\ny\",\"display_name\":\"x\"," + WHY + "}"),
        400,
        "people.user-name-form");
    refused(
        house.post(
            root, "/subjects", "{\"user_name\":\"\u0430lice\",\"display_name\":\"x\"," + WHY + "}"),
        400,
        "people.user-name-form");
    refused(
        house.post(
            root,
            "/subjects",
            "{\"user_name\":\"x\",\"user_name\":\"y\",\"display_name\":\"x\"," + WHY + "}"),
        400,
        "http.malformed");
    refused(house.post(root, "/subjects", "[1]"), 400, "http.malformed");
    refused(
        house.post(root, "/subjects", "{\"user_name\":\"" + "x".repeat(70_000) + "\"}"),
        413,
        "http.too-large");
    refused(
        house.post(root, "/subjects/root/disable", "{\"reason\":\"a\\nb\"}"),
        400,
        "administration.reason-form");
    assertThat(fine(house.get(root, "/subjects")).body()).doesNotContain("\"user_name\":\"x\"");
  }

  @Test
  void a_list_comes_in_pages_and_refuses_a_place_that_is_not_in_it() throws Exception {
    for (int i = 0; i < 5; i++) house.signIn("user" + i);
    var first = fine(house.get(root, "/subjects?limit=4")).body();
    var next = first.replaceFirst("(?s).*\"next\":\"([^\"]+)\".*", "$1");
    var second = fine(house.get(root, "/subjects?limit=4&after=" + next)).body();
    assertThat(first).contains("root", "user2").doesNotContain("user3");
    assertThat(second)
        .contains("user3", "user4")
        .doesNotContain("user2")
        .doesNotContain("\"next\"");
    for (var bad :
        List.of(
            "limit=0",
            "limit=201",
            "limit=-1",
            "limit=x",
            "after=nobody",
            "lmit=3",
            "limit=99999999999999999999"))
      refused(house.get(root, "/subjects?" + bad), 400, "content.parameter");
    refused(house.get(root, "/subjects?limit=1&limit=2"), 400, "http.malformed");
  }

  @Test
  void an_app_is_put_once_for_each_host() throws Exception {
    var bank =
        "{\"host\":\"bank.example\",\"upstream\":\"https://10.0.0.1:8443\",\"sensitivity\":\"high\",\"transactions\":[{\"method\":\"POST\",\"path\":\"/pay\",\"shown\":[\"amount\"]}],"
            + WHY
            + "}";
    fine(house.put(root, "/apps/mobile-bank", bank));
    assertThat(fine(house.get(root, "/apps/mobile-bank")).body())
        .contains("\"shown\":[\"amount\"]");
    refused(house.put(root, "/apps/evil", bank), 409, "apps.host-taken");
    refused(
        house.put(root, "/apps/evil", bank.replace("bank.example", "vigil.example")),
        409,
        "apps.host-reserved");
    refused(
        house.put(root, "/apps/evil", bank.replace("bank.example", "bank.example:443")),
        400,
        "apps.host-form");
    refused(
        house.put(root, "/apps/evil", bank.replace("\"path\"", "\"pth\"")),
        400,
        "content.unknown-member");
    refused(house.put(root, "/apps/Evil", bank), 400, "apps.name-form");
    refused(house.get(root, "/apps/..%2f..%2fetc"), 400, "apps.name-form");
    fine(house.post(root, "/apps/mobile-bank/remove", "{" + WHY + "}"));
    refused(house.get(root, "/apps/mobile-bank"), 404, "apps.unknown");
  }

  @Test
  void policies_with_problems_are_refused_with_every_problem_and_its_place() throws Exception {
    var sound =
        "permit:\\n  staff:\\n    app: mobile-bank\\n    who: subject.population == 'employee'\\n";
    var applied =
        fine(
            house.post(
                root,
                "/policies/apply",
                "{\"files\":{\"base.yaml\":\"" + sound + "\"}," + WHY + "}"));
    assertThat(applied.body()).contains("\"version\":1").contains("\"kind\":\"added\"");
    var broken = sound.replace("population", "popluation").replace("app:", "ap:");
    var rejected =
        house.post(
            root, "/policies/apply", "{\"files\":{\"base.yaml\":\"" + broken + "\"}," + WHY + "}");
    refused(rejected, 422, "policies.rejected");
    assertThat(rejected.body()).contains("\"problems\":[\"base.yaml:3:").contains("base.yaml:4:");
    refused(
        house.post(root, "/policies/plan", "{\"files\":{\"base.yaml\":\"" + broken + "\"}}"),
        422,
        "policies.rejected");
    refused(
        house.post(
            root,
            "/policies/apply",
            "{\"files\":{\"base.yaml\":\"" + sound + "\"},\"based_on\":7," + WHY + "}"),
        409,
        "policies.changed-meanwhile");
    assertThat(fine(house.get(root, "/policies")).body())
        .contains("\"version\":1")
        .contains("base.yaml");
    assertThat(fine(house.post(root, "/policies/rollback", "{\"version\":1," + WHY + "}")).body())
        .contains("\"version\":2");
    assertThat(fine(house.get(root, "/policies/versions")).body()).contains("\"files\":1");
    refused(house.get(root, "/policies/versions/99"), 404, "policies.no-such-version");
  }

  @Test
  void a_partner_is_registered_by_its_request_and_gets_a_chain() throws Exception {
    var csr =
        "-----BEGIN CERTIFICATE REQUEST-----\\n"
            + Base64.getEncoder()
                .encodeToString(SoftwareKey.generate().certificateRequest().toArray())
            + "\\n-----END CERTIFICATE REQUEST-----\\n";
    var answer =
        fine(
            house.post(
                root, "/partners", "{\"name\":\"acme\",\"csr\":\"" + csr + "\"," + WHY + "}"));
    assertThat(answer.body())
        .contains("\"kind\":\"partner\"")
        .contains("-----BEGIN CERTIFICATE-----");
    var device = answer.body().replaceFirst("(?s).*\"device\":\\{\"id\":\"([^\"]+)\".*", "$1");
    assertThat(fine(house.get(root, "/devices/" + device)).body())
        .contains("\"user_name\":\"acme\"")
        .contains("\"thumbprint\"");
    fine(house.post(root, "/devices/" + device + "/revoke", "{" + WHY + "}"));
    assertThat(fine(house.get(root, "/devices?subject=acme")).body())
        .contains("\"revoked\":{")
        .contains("\"cause\":\"a test\"");
    refused(
        house.post(root, "/partners", "{\"name\":\"evil\",\"csr\":\"nonsense\"," + WHY + "}"),
        400,
        "content.member-type");
    refused(house.get(root, "/devices/dev_nothing"), 404, "devices.unknown");
    var history = "/devices/" + device + "/signals";
    assertThat(fine(house.get(root, history + "?limit=5")).body()).isEqualTo("{\"items\":[]}");
    refused(house.get(root, history + "?limit=1001"), 400, "content.parameter");
    refused(house.get(root, history + "?since=1"), 400, "content.parameter");
    refused(house.get(root, "/devices/dev_nothing/signals"), 404, "devices.unknown");
    refused(house.get(house.signIn("nobody"), history), 403, "http.role-required");
  }
}
