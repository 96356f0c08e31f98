// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.authzen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.access.Question;
import dev.vigil.admission.StrictJson;
import dev.vigil.identity.Population;
import dev.vigil.kernel.AppId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Many questions at once, searches, and what tells a caller what there is.
class AuthzenManyTest extends AuthzenScene {
  @Test
  void many_evaluations_end_where_their_semantic_says() {
    String three =
        "\"subject\":{"
            + ALICE
            + "},\"action\":{\"name\":\"GET\"},\"evaluations\":["
            + "{\"resource\":{\"type\":\"route\",\"id\":\"/handbook\",\"properties\":{\"app\":\"wiki\"}}},"
            + "{\"resource\":{\"type\":\"app\",\"id\":\"staff\"}},"
            + "{\"action\":{\"name\":\"HEAD\"},\"resource\":{\"type\":\"route\",\"id\":\"/handbook\",\"properties\":{\"app\":\"wiki\"}}}]";
    assertThat(decisions("{" + three + "}")).containsExactly(true, false, true);
    assertThat(decisions(with(three, "execute_all"))).containsExactly(true, false, true);
    assertThat(decisions(with(three, "deny_on_first_deny"))).containsExactly(true, false);
    assertThat(decisions(with(three, "permit_on_first_permit"))).containsExactly(true);
    var wrong = house.post("/access/v1/evaluations", with(three, "deny_on_first_denial"));
    refused(wrong, 400, "authzen.member");
    assertThat(wrong.body()).contains("did you mean `deny_on_first_deny`?");
    int before = house.records.size();
    decisions("{" + three + "}");
    assertThat(house.records).hasSize(before + 3);
  }

  private static String with(String members, String semantic) {
    return "{" + members + ",\"options\":{\"evaluations_semantic\":\"" + semantic + "\"}}";
  }

  private List<Boolean> decisions(String json) {
    return house
        .ask("/access/v1/evaluations", json)
        .path("evaluations")
        .valueStream()
        .map(one -> one.path("decision").asBoolean())
        .toList();
  }

  @Test
  void without_the_array_many_evaluations_are_one() {
    for (var array : List.of("", ",\"evaluations\":[]", ",\"evaluations\":null"))
      assertThat(
              house
                  .ask(
                      "/access/v1/evaluations",
                      request(ALICE, "GET", STAFF, "").replaceFirst("}$", array + "}"))
                  .path("decision")
                  .isBoolean())
          .isTrue();
  }

  @Test
  void the_callers_identifier_of_a_request_comes_back_with_every_answer() {
    var fine =
        house.post(
            "/access/v1/evaluation", request(ALICE, "GET", STAFF, ""), "X-Request-ID", "bfe9-17");
    assertThat(fine.headers().firstValue("x-request-id")).contains("bfe9-17");
    var bad = house.post("/access/v1/evaluation", "[]", "X-Request-ID", "bfe9-18");
    assertThat(bad.headers().firstValue("x-request-id")).contains("bfe9-18");
    refused(
        house.post(
            "/access/v1/evaluation",
            request(ALICE, "GET", STAFF, ""),
            "X-Request-ID",
            "x".repeat(129)),
        400,
        "authzen.request-id");
  }

  @Test
  void the_metadata_names_this_very_point_and_all_of_its_endpoints() {
    var metadata =
        StrictJson.object(
            house
                .get("/.well-known/authzen-configuration")
                .body()
                .getBytes(StandardCharsets.UTF_8));
    assertThat(metadata.path("policy_decision_point").asString())
        .isEqualTo(house.origin.toString());
    for (var name :
        List.of(
            "access_evaluation_endpoint",
            "access_evaluations_endpoint",
            "search_subject_endpoint",
            "search_resource_endpoint",
            "search_action_endpoint"))
      assertThat(metadata.path(name).asString()).startsWith(house.origin + "/access/v1/");
  }

  @Test
  void a_search_comes_in_pages_whose_tokens_belong_to_it() {
    for (int i = 0; i < 5; i++) house.subject("reader" + i, Population.EMPLOYEE);
    String search =
        "{\"subject\":{\"type\":\"user\"},\"action\":{\"name\":\"GET\"},\"resource\":{\"type\":\"route\",\"id\":\"/handbook\",\"properties\":{\"app\":\"wiki\"}},\"page\":{%s}}";
    var first = house.ask("/access/v1/search/subject", search.formatted("\"limit\":4"));
    assertThat(ids(first)).containsExactly("alice", "reader0", "reader1", "reader2");
    String token = first.path("page").path("next_token").asString();
    var second =
        house.ask("/access/v1/search/subject", search.formatted("\"token\":\"" + token + "\""));
    assertThat(ids(second)).containsExactly("reader3", "reader4");
    assertThat(second.path("page").path("next_token").asString("-")).isEmpty();
    for (var bad :
        List.of(
            search.formatted("\"token\":\"" + token + "\",\"limit\":5"),
            search.formatted("\"token\":\"" + token + "\"").replace("GET", "HEAD"),
            search.formatted("\"token\":\"AAAA\""),
            search.formatted("\"token\":\"!\""),
            search.formatted("\"token\":7")))
      refused(house.post("/access/v1/search/subject", bad), 400, "authzen.page");
    refused(
        house.post("/access/v1/search/subject", search.formatted("\"limit\":-1")),
        400,
        "authzen.member");
  }

  private static List<String> ids(JsonNode answer) {
    return answer.path("results").valueStream().map(one -> one.path("id").asString()).toList();
  }

  @Test
  void a_search_for_apps_finds_the_callers_own_only() {
    house.app("secret", "critical");
    var session = house.session(alice);
    var found =
        house.ask(
            "/access/v1/search/resource",
            request(ALICE, "GET", "\"type\":\"app\"", "\"session\":\"" + session + "\""));
    assertThat(ids(found)).containsExactly("staff");
    assertThat(house.records.getLast().question().about())
        .isEqualTo(
            new Question.About(
                new AppId("staff"), Optional.of(alice), Optional.of(session), Optional.empty()));
  }
}
