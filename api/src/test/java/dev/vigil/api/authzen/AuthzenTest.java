// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.authzen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.access.Advice;
import dev.vigil.access.Question;
import dev.vigil.access.World;
import dev.vigil.admission.Actor;
import dev.vigil.admission.StrictJson;
import dev.vigil.api.signin.Certified;
import dev.vigil.identity.Population;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.EvidenceTier;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.SubjectId;
import dev.vigil.policy.Evidence;
import dev.vigil.posture.Device;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What an enforcement point of another make may ask, what it is told, and what it cannot do.
class AuthzenTest {

  private static final String POLICY =
      """
      attribute:
        department: {of: subject, type: string}
        clearance: {of: subject, type: integer}
        owner: {of: app, type: string}
      permit:
        staff:
          app: staff
          who: subject.population == "employee"
          require:
            - strength: strong
              max_age: 1h
              text: {en: Sign in again., de: Melde dich neu an.}
        readers:
          app: wiki
          who: subject.population == "employee" && request.path == "/handbook"
          restrict: {read_only: true}
        keepers:
          app: archive
          who: subject.population == "employee"
          restrict: {no_download: true, maximum_age: 1h}
        owners:
          app: note
          who: app.attributes.owner == subject.id || subject.attributes.department == "audit"
        inside:
          app: printer
          who: network.country == "CH" && device.managed
      strength:
        strong: {any_of: [passkey-hardware], phishing_resistant: true, user_verified: true}
      """;

  private AuthzenHouse house;
  private SubjectId alice;

  @BeforeEach
  void open() throws Exception {
    house = new AuthzenHouse();
    house.policy(POLICY);
    house.app("staff", "high");
    house.app("wiki", "normal");
    house.enforces("staff", "wiki", "archive", "note", "printer");
    alice = house.subject("alice", Population.EMPLOYEE, "everyone");
  }

  @AfterEach
  void close() {
    house.close();
  }

  private static String request(String subject, String action, String resource, String context) {
    return "{\"subject\":{"
        + subject
        + "},\"action\":{\"name\":\""
        + action
        + "\"},\"resource\":{"
        + resource
        + "},\"context\":{"
        + context
        + "}}";
  }

  private static final String ALICE = "\"type\":\"user\",\"id\":\"alice\"";
  private static final String STAFF = "\"type\":\"app\",\"id\":\"staff\"";

  private JsonNode evaluated(String json) {
    return house.ask("/access/v1/evaluation", json);
  }

  private static void refused(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains("\"code\":\"" + code + "\"").contains("\"next\":");
  }

  @Test
  void whoever_has_not_signed_in_is_told_how_in_terms_that_a_gateway_can_act_on() {
    var answer = evaluated(request(ALICE, "GET", STAFF, ""));
    assertThat(answer.path("decision").asBoolean()).isFalse();
    var context = answer.path("context");
    assertThat(context.path("outcome").asString()).isEqualTo("step_up");
    assertThat(context.path("acr_values").asString()).isEqualTo("strong");
    assertThat(context.path("max_age").asLong()).isEqualTo(3600);
    assertThat(context.path("reason_user").path("401").asString()).isEqualTo("Sign in again.");
    assertThat(context.path("reason_user").path("de-401").asString())
        .isEqualTo("Melde dich neu an.");
    assertThat(context.path("reason_admin").path("401").asString()).startsWith("staff");
    assertThat(context.path("steps").get(0).path("step").asString()).isEqualTo("authenticate");
    assertThat(context.path("id").asString()).startsWith("dec_");
  }

  @Test
  void a_session_of_the_subject_counts_until_it_is_too_old_or_over() {
    SessionId session = house.session(alice);
    var json = request(ALICE, "GET", STAFF, "\"session\":\"" + session + "\"");
    var answer = evaluated(json);
    assertThat(answer.path("decision").asBoolean()).isTrue();
    assertThat(answer.path("context").path("valid_until").asString())
        .isEqualTo(house.time.now().plus(Duration.ofHours(1)).toString());
    house.time.pass(Duration.ofMinutes(61));
    assertThat(house.permits(json)).isFalse();
  }

  @Test
  void somebody_elses_session_or_device_is_worth_nothing() {
    SubjectId mallory = house.subject("mallory", Population.EMPLOYEE);
    SessionId session = house.session(alice);
    assertThat(
            house.permits(
                request(
                    "\"type\":\"user\",\"id\":\"mallory\"",
                    "GET",
                    STAFF,
                    "\"session\":\"" + session + "\"")))
        .isFalse();
    DeviceId device = device(mallory);
    var json =
        request(
            ALICE + ",\"properties\":{\"device_id\":\"" + device + "\"}",
            "GET",
            "\"type\":\"printer\",\"id\":\"3\"",
            "\"network\":{\"country\":\"CH\"}");
    assertThat(house.permits(json)).isFalse();
    assertThat(house.permits(json.replace("alice", "mallory"))).isTrue();
  }

  private DeviceId device(SubjectId owner) {
    var id = house.certify(owner, Device.Kind.PHONE, Certified.make("phone"));
    var known = house.world.device(id).orElseThrow();
    house.world.put(
        new World.DeviceSnapshot(
            id,
            owner,
            known
                .facts()
                .with("device.managed", true, new Evidence(EvidenceTier.MANAGED, house.time.now())),
            Map.of()));
    return id;
  }

  @Test
  void a_caller_cannot_invent_who_somebody_is_or_how_they_signed_in() {
    for (var subject :
        List.of(
            "\"type\":\"user\",\"id\":\"nobody\"",
            "\"type\":\"doc\",\"id\":\"alice\"",
            "\"type\":\"workload\",\"id\":\"alice\"",
            "\"type\":\"user\",\"id\":\"sub_aaaaaaaaaaaaaaaaaaaaaaaaaa\"",
            "\"type\":\"user\",\"id\":\"nobody\",\"properties\":{\"population\":\"employee\",\"roles\":[\"administrator\"]}")) {
      var json =
          request(
              subject,
              "GET",
              STAFF,
              "\"subject\":{\"population\":\"employee\"},"
                  + "\"authentication\":{\"strength\":\"passkey-hardware\",\"phishing_resistant\":true,\"user_verified\":true},"
                  + "\"risk\":{\"session\":\"none\"},\"session\":\"ses_aaaaaaaaaaaaaaaaaaaaaaaaaa\"");
      assertThat(house.permits(json)).as(subject).isFalse();
    }
    assertThat(
            evaluated(
                    request(
                        ALICE,
                        "GET",
                        STAFF,
                        "\"authentication\":{\"strength\":\"passkey-hardware\",\"phishing_resistant\":true,\"user_verified\":true}"))
                .path("context")
                .path("outcome")
                .asString())
        .isEqualTo("step_up");
  }

  @Test
  void what_a_caller_says_is_worth_reported_and_never_overrides_what_is_known() {
    DeviceId device = device(alice);
    evaluated(
        request(
            ALICE
                + ",\"properties\":{\"device_id\":\""
                + device
                + "\",\"ip_address\":\"192.0.2.7\",\"department\":\"audit\",\"unheard-of\":{\"a\":[1]}}",
            "GET",
            STAFF + ",\"properties\":{\"sensitivity\":\"low\",\"path\":\"/pay/roll\"}",
            "\"device\":{\"managed\":false,\"platform\":\"ios\",\"id\":\"x\"},\"app\":{\"sensitivity\":\"low\"}"));
    var recorded = house.records.getLast();
    var decided = (Advice.Decided) recorded.advice();
    assertThat(decided.request().device().find("device.managed")).contains(true);
    assertThat(decided.request().app().find("app.sensitivity")).contains("high");
    assertThat(decided.request().request().find("request.path")).contains("/pay/roll");
    assertThat(decided.said().keySet().stream().map(fact -> fact.qualifiedName()))
        .containsExactlyInAnyOrder(
            "device.platform",
            "network.address",
            "request.method",
            "request.path",
            "subject.attributes.department");
    decided
        .said()
        .forEach((fact, _) ->
            assertThat(decided.request().about(fact.entity()).evidence(fact))
                .isEqualTo(new Evidence(EvidenceTier.REPORTED, house.time.now())));
    assertThat(recorded.question().caller()).isEqualTo(house.gateway.thumbprint());
  }

  @Test
  void properties_are_the_declared_attributes_and_a_subject_of_the_callers_own_has_its_id() {
    String note = "\"type\":\"note\",\"id\":\"7\",\"properties\":{\"owner\":\"bob-17\"}";
    assertThat(house.permits(request("\"type\":\"member\",\"id\":\"bob-17\"", "read", note, "")))
        .isTrue();
    assertThat(house.permits(request("\"type\":\"member\",\"id\":\"eve-18\"", "read", note, "")))
        .isFalse();
    assertThat(
            house.permits(
                request(ALICE + ",\"properties\":{\"department\":\"audit\"}", "read", note, "")))
        .isTrue();
    refused(
        house.post(
            "/access/v1/evaluation",
            request(ALICE + ",\"properties\":{\"clearance\":\"seven\"}", "read", note, "")),
        400,
        "authzen.member");
  }

  @Test
  void an_enforcement_point_asks_about_its_own_apps_and_no_others() {
    refused(
        house.post(
            "/access/v1/evaluation", request(ALICE, "GET", "\"type\":\"app\",\"id\":\"hr\"", "")),
        403,
        "authzen.not-its-app");
    refused(
        house.post(
            "/access/v1/evaluation",
            request(
                ALICE,
                "GET",
                "\"type\":\"route\",\"id\":\"/x\",\"properties\":{\"app\":\"hr\"}",
                "")),
        403,
        "authzen.not-its-app");
    refused(
        house.post(
            "/access/v1/search/subject",
            request("\"type\":\"user\"", "GET", "\"type\":\"app\",\"id\":\"hr\"", "")),
        403,
        "authzen.not-its-app");
    var many =
        house.ask(
            "/access/v1/evaluations",
            "{\"subject\":{"
                + ALICE
                + "},\"action\":{\"name\":\"GET\"},\"evaluations\":[{\"resource\":{\"type\":\"app\",\"id\":\"hr\"}},"
                + "{\"resource\":{\"type\":\"route\",\"id\":\"/handbook\",\"properties\":{\"app\":\"wiki\"}}}]}");
    assertThat(many.path("evaluations").get(0).path("context").path("error").path("status").asInt())
        .isEqualTo(403);
    assertThat(many.path("evaluations").get(0).path("decision").asBoolean()).isFalse();
    assertThat(many.path("evaluations").get(1).path("decision").asBoolean()).isTrue();
    house.enforces();
    refused(
        house.post("/access/v1/evaluation", request(ALICE, "GET", STAFF, "")),
        403,
        "http.enforcement-point-required");
  }

  @Test
  void a_stranger_a_revoked_machine_and_an_expired_certificate_get_no_answer() {
    var json = request(ALICE, "GET", STAFF, "");
    refused(house.postAsStranger("/access/v1/evaluation", json), 401, "http.machine-unknown");
    house.certify(alice, Device.Kind.PHONE, house.stranger);
    refused(house.postAsStranger("/access/v1/evaluation", json), 401, "http.machine-unknown");
    house.time.pass(Duration.ofDays(2));
    refused(house.post("/access/v1/evaluation", json), 401, "http.machine-unknown");
    assertThat(house.records).isEmpty();
  }

  @Test
  void a_machine_that_was_revoked_asks_no_more() {
    house.changes.commit(
        Actor.SYSTEM,
        work -> {
          var device =
              work.tx().devices().stream()
                  .filter(one -> one.subject().equals(house.machine))
                  .findFirst()
                  .orElseThrow();
          work.tx().put(device.revoke(work.now(), "stolen"));
          return work.event("device-revoked", "stolen", Map.of(), device.id());
        });
    refused(
        house.post("/access/v1/evaluation", request(ALICE, "GET", STAFF, "")),
        401,
        "http.machine-unknown");
  }

  @Test
  void restricted_access_is_no_access_unless_somebody_sees_to_the_restriction() {
    String handbook = "\"type\":\"route\",\"id\":\"/handbook\",\"properties\":{\"app\":\"wiki\"}";
    assertThat(house.permits(request(ALICE, "GET", handbook, ""))).isTrue();
    assertThat(house.permits(request(ALICE, "POST", handbook, ""))).isFalse();
    String archive = "\"type\":\"archive\",\"id\":\"7\"";
    assertThat(house.permits(request(ALICE, "GET", archive, ""))).isFalse();
    assertThat(house.permits(request(ALICE, "GET", archive, "\"enforces\":[\"no_download\"]")))
        .isFalse();
    var answer =
        evaluated(request(ALICE, "GET", archive, "\"enforces\":[\"no_download\",\"maximum_age\"]"));
    assertThat(answer.path("decision").asBoolean()).isTrue();
    assertThat(answer.path("context").path("obligations").path("maximum_age").asLong())
        .isEqualTo(3600);
  }

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
  void what_lacks_a_part_is_refused_and_says_which() {
    for (var json :
        List.of(
            "{}",
            "{\"subject\":{\"type\":\"user\"},\"action\":{\"name\":\"GET\"},\"resource\":{"
                + STAFF
                + "}}",
            "{\"subject\":{" + ALICE + "},\"action\":{},\"resource\":{" + STAFF + "}}",
            "{\"subject\":{" + ALICE + "},\"action\":{\"name\":7},\"resource\":{" + STAFF + "}}",
            "{\"subject\":{" + ALICE + "},\"action\":\"GET\",\"resource\":{" + STAFF + "}}",
            "{\"subject\":[],\"action\":{\"name\":\"GET\"},\"resource\":{" + STAFF + "}}",
            "{\"subject\":{\"type\":\"user\",\"id\":\"\\u0000\"},\"action\":{\"name\":\"GET\"},\"resource\":{"
                + STAFF
                + "}}",
            "{\"subject\":{\"type\":\"user\",\"id\":\"\\ud800\"},\"action\":{\"name\":\"GET\"},\"resource\":{"
                + STAFF
                + "}}")) {
      var answer = house.post("/access/v1/evaluation", json);
      refused(answer, 400, "authzen.member");
      assertThat(answer.body()).as(json).containsPattern("`(subject|action)");
    }
  }

  @Test
  void paths_that_mean_something_else_than_they_say_are_refused() {
    for (var path :
        List.of("/a/../b", "/./a", "//a", "/a//b", "/a%2e%2e", "/a?b=c", "a", "/a\\\\b", "/..", ""))
      assertThat(
              house
                  .post(
                      "/access/v1/evaluation",
                      request(
                          ALICE,
                          "GET",
                          "\"type\":\"route\",\"id\":\""
                              + path
                              + "\",\"properties\":{\"app\":\"wiki\"}",
                          ""))
                  .statusCode())
          .as(path)
          .isEqualTo(400);
    refused(
        house.post(
            "/access/v1/evaluation",
            request(ALICE, "GET", "\"type\":\"note\",\"id\":\"public/../secret\"", "")),
        400,
        "authzen.path");
  }

  @Test
  void too_much_is_refused_before_it_costs_anything() {
    var item = "{\"resource\":{" + STAFF + "}}";
    refused(
        house.post(
            "/access/v1/evaluations",
            "{\"subject\":{"
                + ALICE
                + "},\"action\":{\"name\":\"GET\"},\"evaluations\":["
                + (item + ",").repeat(100)
                + item
                + "]}"),
        400,
        "authzen.too-much");
    refused(
        house.post("/access/v1/evaluation", "{\"x\":" + "[".repeat(1000) + "]".repeat(1000) + "}"),
        400,
        "http.malformed");
    refused(
        house.post("/access/v1/evaluation", "{\"x\":\"" + "x".repeat(300_000) + "\"}"),
        413,
        "http.too-large");
    assertThat(house.records).isEmpty();
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
  void what_cannot_be_recorded_is_not_answered() {
    house.recordsFull.set(true);
    refused(
        house.post("/access/v1/evaluation", request(ALICE, "GET", STAFF, "")),
        503,
        "access.records-full");
    house.recordsFull.set(false);
    house.world.suspend();
    refused(
        house.post("/access/v1/evaluation", request(ALICE, "GET", STAFF, "")),
        503,
        "access.not-ready");
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
