// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.sdk.port.Attestor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Getting a certificate, keeping it fresh, and telling the device's state.
class EnrolmentTest {

  private static final Posture HEALTHY =
      Posture.EMPTY.osVersion("17.1").patchDate(LocalDate.of(2026, 9, 5)).rooted(false);

  private final Phone phone = new Phone();
  private final FakeVigil server = new FakeVigil(phone.clock);
  private final VigilClient client = phone.client(server);

  @Test
  void a_phone_enrols_and_stays_enrolled_after_a_restart() {
    assertThat(client.enrol(HEALTHY)).isEqualTo(Done.CHANGED);
    assertThat(client.device()).contains("dev_1");
    assertThat(phone.client(server).device()).contains("dev_1");
  }

  @Test
  void the_attestation_is_over_the_servers_nonce() {
    phone.attestor = nonce -> Optional.of(new Attestor.Attestation("test", List.of(nonce)));
    assertThat(phone.client(server).enrol(HEALTHY)).isEqualTo(Done.CHANGED);
    var sent = Json.parse(server.to("/device/enrol").get(0).body().bytes()).orElseThrow();
    assertThat(sent.members().get("attestation"))
        .isEqualTo(Map.of("format", "test", "parts", List.of("bm9uY2U")));
  }

  @Test
  void the_keys_own_statement_goes_beside_the_fresh_one() {
    phone.attestor =
        nonce -> Optional.of(new Attestor.Attestation("test", List.of(nonce), List.of(nonce)));
    assertThat(phone.client(server).enrol(HEALTHY)).isEqualTo(Done.CHANGED);
    var sent = Json.parse(server.to("/device/enrol").get(0).body().bytes()).orElseThrow();
    assertThat(sent.members().get("attestation"))
        .isEqualTo(
            Map.of("format", "test", "parts", List.of("bm9uY2U"), "key_parts", List.of("bm9uY2U")));
  }

  @Test
  void a_phone_attests_anew_with_its_key_alone() {
    phone.attestor = nonce -> Optional.of(new Attestor.Attestation("test", List.of(nonce)));
    var again = phone.client(server);
    again.enrol(HEALTHY);
    assertThat(again.attest()).isEqualTo(Done.CHANGED);
    var request = server.to("/device/attest").get(0);
    assertThat(request.headers().first("Authorization")).isEmpty();
    assertThat(new String(request.body().bytes(), StandardCharsets.UTF_8))
        .contains("\"nonce\":\"bm9uY2U\"", "\"format\":\"test\"");
  }

  @Test
  void a_phone_that_can_attest_nothing_sends_nothing() {
    client.enrol(HEALTHY);
    assertThat(client.attest()).isEqualTo(Done.UNCHANGED);
    assertThat(server.to("/device/attest")).isEmpty();
  }

  @Test
  void a_phone_whose_key_is_lost_is_not_enrolled_and_enrols_anew() {
    client.enrol(HEALTHY);
    phone.keys.lose();
    int before = server.seen.size();
    assertThat(client.report(HEALTHY)).isInstanceOf(Refused.EnrolmentRequired.class);
    assertThat(client.call(Phone.balance())).isInstanceOf(Refused.EnrolmentRequired.class);
    assertThat(client.signedIn()).isFalse();
    assertThat(server.seen).hasSize(before);
    assertThat(client.enrol(HEALTHY)).isEqualTo(Done.CHANGED);
    assertThat(client.call(Phone.balance())).isInstanceOf(Answer.class);
  }

  @Test
  void a_phone_that_needs_approval_is_told_so_and_enrols_once_it_is_approved() {
    server.instead.put(
        "/device/enrol",
        request ->
            FakeVigil.problem(
                403,
                """
                {"code": "enrol.approval-needed", "detail": "the enrolment waits",
                 "next": "have it approved, then enrol again"}
                """));
    assertThat(client.enrol(HEALTHY))
        .isEqualTo(
            new Refused.Denied(
                "the enrolment waits",
                "",
                "enrol.approval-needed",
                "have it approved, then enrol again"));
    assertThat(client.device()).isEmpty();
    server.instead.remove("/device/enrol");
    assertThat(client.enrol(HEALTHY)).isEqualTo(Done.CHANGED);
  }

  @Test
  void a_certificate_for_another_key_is_not_trusted() {
    server.instead.put(
        "/device/enrol",
        request -> {
          var other =
              server.devices.device(
                  Authority.keyPair().getPublic(), phone.clock.instant(), Duration.ofDays(30));
          return server.json(
              200, answer("certificate_chain", List.of(Certificates.toBase64(other)), request));
        });
    assertThat(client.enrol(HEALTHY)).isInstanceOf(Refused.NotTrusted.class);
    assertThat(client.device()).isEmpty();
  }

  @Test
  void a_certificate_that_leads_nowhere_is_not_trusted() {
    var stranger = new Authority("stranger", phone.clock.instant());
    server.instead.put(
        "/device/enrol",
        request ->
            server.json(
                200,
                answer("trust_anchors", List.of(Certificates.toBase64(stranger.root())), request)));
    assertThat(client.enrol(HEALTHY)).isInstanceOf(Refused.NotTrusted.class);
  }

  @Test
  void a_malformed_enrolment_is_refused() {
    for (var gateway :
        List.of("http://127.0.0.1:1", "https://user@127.0.0.1", "nowhere", "", "::")) {
      server.instead.put(
          "/device/enrol", request -> server.json(200, answer("gateway", gateway, request)));
      assertThat(client.enrol(HEALTHY)).as(gateway).isInstanceOf(Refused.Unreachable.class);
    }
    for (var chain : List.<Object>of(List.of(), List.of("%%"), List.of("AAAA"), List.of(7), "x")) {
      server.instead.put(
          "/device/enrol",
          request -> server.json(200, answer("certificate_chain", chain, request)));
      assertThat(client.enrol(HEALTHY))
          .as(String.valueOf(chain))
          .isInstanceOf(Refused.Unreachable.class);
    }
    assertThat(client.device()).isEmpty();
  }

  private Map<String, Object> answer(
      String name, Object value, dev.vigil.sdk.port.Transport.Request request) {
    var answer = new HashMap<>(server.certificate(request));
    answer.put(name, value);
    return answer;
  }

  @Test
  void renewal_waits_for_two_thirds_of_the_certificates_life() {
    client.enrol(HEALTHY);
    phone.clock.pass(Duration.ofDays(19));
    assertThat(client.renewIfDue()).isEqualTo(Done.UNCHANGED);
    phone.clock.pass(Duration.ofDays(1).plusSeconds(1));
    assertThat(client.renewIfDue()).isEqualTo(Done.CHANGED);
    assertThat(client.renewIfDue()).isEqualTo(Done.UNCHANGED);
    assertThat(server.to("/device/renew"))
        .singleElement()
        .satisfies(request -> assertThat(request.headers().first("Authorization")).isEmpty());
  }

  @Test
  void after_a_renewal_the_gateway_sees_a_new_token_and_the_new_certificate() {
    client.enrol(HEALTHY);
    client.call(Phone.balance());
    var before = server.peers.get(server.peers.size() - 1).identity().orElseThrow().chain();
    phone.clock.pass(Duration.ofDays(21));
    assertThat(client.call(Phone.balance())).isInstanceOf(Answer.class);
    assertThat(server.peers.get(server.peers.size() - 1).identity().orElseThrow().chain())
        .isNotEqualTo(before);
    assertThat(
            server.to("/balance").stream()
                .map(request -> request.headers().first("Authorization"))
                .distinct())
        .hasSize(2);
  }

  @Test
  void a_renewal_that_fails_does_no_harm_while_the_certificate_is_good() {
    client.enrol(HEALTHY);
    phone.clock.pass(Duration.ofDays(21));
    server.instead.put("/device/renew", request -> FakeVigil.text(503, "later"));
    assertThat(client.call(Phone.balance())).isInstanceOf(Answer.class);
    assertThat(client.renewIfDue()).isInstanceOf(Refused.Unreachable.class);
  }

  @Test
  void posture_is_reported_with_the_devices_key_alone() {
    client.enrol(HEALTHY);
    assertThat(client.report(HEALTHY.with("screen_lock", true).with("free_megabytes", 512)))
        .isEqualTo(Done.CHANGED);
    var request = server.to("/device/posture").get(0);
    assertThat(request.headers().first("Authorization")).isEmpty();
    assertThat(new String(request.body().bytes(), StandardCharsets.UTF_8))
        .contains(
            "\"os_version\":\"17.1\"",
            "\"patch_date\":\"2026-09-05\"",
            "\"rooted\":false",
            "\"free_megabytes\":512",
            "\"observed\":\"2026-11-22T12:00:00Z\"");
  }

  @Test
  void a_phone_that_is_not_enrolled_is_told_so() {
    assertThat(client.report(HEALTHY)).isInstanceOf(Refused.EnrolmentRequired.class);
    assertThat(client.renewIfDue()).isInstanceOf(Refused.EnrolmentRequired.class);
    assertThat(client.call(Phone.balance())).isInstanceOf(Refused.EnrolmentRequired.class);
    assertThat(server.seen).isEmpty();
  }

  @Test
  void a_store_full_of_garbage_is_an_empty_store() throws Exception {
    phone.store.save("{\"device_id\":\"x\",\"gateway\":7}".getBytes(StandardCharsets.UTF_8));
    assertThat(phone.client(server).device()).isEmpty();
  }
}
