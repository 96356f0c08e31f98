// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.administration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.StrictJson;
import dev.vigil.admission.administration.Publishing;
import dev.vigil.identity.Role;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// Policies that need a second person, as programs see it.
class FourEyesWireTest {

  private static final String FILES =
      "\"files\":{\"base.yaml\":\"permit:\\n"
          + "  staff:\\n"
          + "    app: mobile-bank\\n"
          + "    who: subject.population == 'employee'\\n\"}";

  private AdministrationHouse house;
  private AdministrationHouse.Caller author;
  private AdministrationHouse.Caller second;
  private AdministrationHouse.Caller auditor;

  @BeforeEach
  void open() throws Exception {
    house = new AdministrationHouse(Publishing.Approval.SECOND_PERSON);
    author = house.signIn("author", Role.POLICY_AUTHOR);
    second = house.signIn("second", Role.ADMINISTRATOR);
    auditor = house.signIn("auditor", Role.AUDITOR);
  }

  @AfterEach
  void close() {
    house.close();
  }

  private static ObjectNode json(HttpResponse<String> answer) {
    return StrictJson.object(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  private static void refused(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains("\"code\":\"" + code + "\"").contains("\"next\":");
  }

  private ObjectNode proposed() throws Exception {
    var answer = house.post(author, "/policies/apply", "{" + FILES + ",\"reason\":\"new\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return json(answer).withObject("pending");
  }

  private static String approval(ObjectNode pending) {
    return "{\"digest\":\"" + pending.path("digest").asString() + "\",\"reason\":\"seen\"}";
  }

  @Test
  void a_change_is_seen_by_all_who_read_and_decides_once_a_second_person_approves()
      throws Exception {
    var pending = proposed();
    String path = "/policies/pending/" + pending.path("id").asString();
    assertThat(json(house.get(auditor, "/policies/pending")).path("items").size()).isEqualTo(1);
    var shown = json(house.get(auditor, path));
    assertThat(shown.path("plan").path("rules").get(0).path("rule").asString()).isEqualTo("staff");
    assertThat(shown.path("files").path("base.yaml").asString()).contains("mobile-bank");
    refused(house.get(auditor, "/policies"), 404, "policies.none");
    var approved = house.post(second, path + "/approve", approval(pending));
    assertThat(json(approved).path("version").asLong()).isEqualTo(1);
    refused(
        house.post(second, path + "/approve", approval(pending)), 404, "policies.no-such-change");
  }

  @Test
  void an_auditor_neither_proposes_nor_approves_nor_rolls_back() throws Exception {
    var pending = proposed();
    String path = "/policies/pending/" + pending.path("id").asString();
    for (var refusedPath :
        List.of(
            "/policies/apply",
            "/policies/rollback",
            "/policies/rollback/emergency",
            path + "/approve",
            path + "/withdraw"))
      refused(house.post(auditor, refusedPath, approval(pending)), 403, "http.role-required");
    refused(
        house.post(author, "/policies/rollback/emergency", "{\"version\":1,\"reason\":\"x\"}"),
        403,
        "http.role-required");
    refused(house.get(second, "/policies"), 404, "policies.none");
  }

  @Test
  void the_author_cannot_approve_and_nobody_approves_what_was_not_looked_at() throws Exception {
    var pending = proposed();
    String path = "/policies/pending/" + pending.path("id").asString() + "/approve";
    refused(house.post(author, path, approval(pending)), 403, "policies.own-change");
    String other = "A".repeat(43);
    refused(
        house.post(second, path, "{\"digest\":\"" + other + "\",\"reason\":\"blind\"}"),
        409,
        "policies.other-files");
    refused(house.post(second, path, "{\"reason\":\"blind\"}"), 400, "content.missing-member");
    refused(
        house.post(second, path, "{\"digest\":\"x\",\"reason\":\"y\"}"),
        400,
        "content.member-value");
    refused(
        house.post(second, "/policies/pending/chg_x/approve", approval(pending)),
        404,
        "policies.no-such-change");
    assertThat(house.get(auditor, "/events?last=5").body()).contains("policy-approval-refused");
  }
}
