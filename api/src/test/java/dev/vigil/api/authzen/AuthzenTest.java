// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.authzen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.access.Advice;
import dev.vigil.access.World;
import dev.vigil.admission.Actor;
import dev.vigil.api.signin.Certified;
import dev.vigil.identity.Population;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.EvidenceTier;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.SubjectId;
import dev.vigil.policy.Evidence;
import dev.vigil.posture.Device;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What an enforcement point of another make may ask, what it is told, and what it cannot do.
class AuthzenTest extends AuthzenScene {

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
}
