// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vigil.sdk.port.Headers;
import dev.vigil.sdk.port.Transport;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Calling protected apps, and reading what the gateway says instead.
class CallTest {

  private static final String STEP_UP =
      "Bearer error=\"insufficient_user_authentication\", error_description=\"more\","
          + " acr_values=\"phr hardware\", max_age=\"300\"";

  private final Phone phone = new Phone();
  private final FakeVigil server = new FakeVigil(phone.clock);
  private final VigilClient client = phone.client(server);

  @BeforeEach
  void enrolled() {
    assertThat(client.enrol(Posture.EMPTY)).isEqualTo(Done.CHANGED);
  }

  @Test
  void an_app_answers() throws IOException {
    try (var answer = (Answer) client.call(Phone.balance())) {
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body().readAllBytes()).isEqualTo("12.50".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void the_call_goes_to_the_gateway_with_the_devices_certificate_and_its_anchors_only() {
    client.call(Phone.balance());
    var peer = server.peers.get(server.peers.size() - 1);
    assertThat(peer.address()).contains(new Transport.Address("127.0.0.1", 8443));
    assertThat(peer.anchors()).containsExactly(server.devices.root());
    assertThat(peer.identity()).isPresent();
  }

  @Test
  void one_token_serves_many_calls_and_is_replaced_before_it_expires() {
    client.call(Phone.balance());
    phone.clock.pass(Duration.ofSeconds(230));
    client.call(Phone.balance());
    assertThat(server.to("/token")).hasSize(2);
    phone.clock.pass(Duration.ofSeconds(20));
    client.call(Phone.balance());
    assertThat(server.to("/token")).hasSize(3);
  }

  @Test
  void many_callers_share_one_refresh() throws Exception {
    var callers = Executors.newFixedThreadPool(8);
    try {
      var calls =
          java.util.Collections.nCopies(
              16, (Callable<CallResult>) () -> client.call(Phone.balance()));
      for (var result : callers.invokeAll(calls)) {
        assertThat(result.get()).isInstanceOf(Answer.class);
      }
    } finally {
      callers.shutdown();
    }
    assertThat(server.to("/token")).hasSize(2);
  }

  @Test
  void every_refresh_uses_the_newest_refresh_token() {
    client.call(Phone.balance());
    phone.clock.pass(Duration.ofMinutes(6));
    client.call(Phone.balance());
    assertThat(
            server.to("/token").stream()
                .map(FakeVigil::form)
                .map(form -> form.getOrDefault("refresh_token", "none")))
        .containsExactly("none", "secret-refresh-1", "secret-refresh-2");
  }

  @Test
  void a_refused_token_is_replaced_once() {
    answerBalance(FakeVigil.problem(401, "{}", "Bearer error=\"invalid_token\""));
    assertThat(client.call(Phone.balance())).isInstanceOf(Refused.SignInRequired.class);
    assertThat(
            server.to("/balance").stream()
                .map(request -> request.headers().first("Authorization"))
                .distinct())
        .hasSize(2);
    assertThat(server.to("/balance")).hasSize(2);
  }

  @Test
  void a_session_that_has_ended_asks_to_sign_in() {
    server.instead.put("/token", request -> server.json(400, Map.of("error", "invalid_grant")));
    assertThat(client.call(Phone.balance())).isInstanceOf(Refused.SignInRequired.class);
    assertThat(client.signedIn()).isFalse();
    assertThat(client.device()).isPresent();
  }

  @Test
  void a_step_up_is_told_and_then_done() {
    answerBalance(
        FakeVigil.problem(
            401,
            "{\"code\":\"policy.step-up\",\"detail\":\"confirm that it is"
                + " you\",\"reference\":\"dec_7\"}",
            STEP_UP));
    var asked = (Refused.StepUpRequired) client.call(Phone.balance());
    assertThat(asked.strengths()).containsExactly("phr", "hardware");
    assertThat(asked.maximumAge()).contains(Duration.ofMinutes(5));
    assertThat(asked.reference()).isEqualTo("dec_7");
    assertThat(asked.transaction()).isFalse();

    server.instead.clear();
    assertThat(client.stepUp(asked)).isInstanceOf(Answer.class);
    assertThat(server.pushed)
        .containsEntry("acr_values", "phr hardware")
        .containsEntry("max_age", "300")
        .doesNotContainKey("authorization_details");
  }

  @Test
  void a_transaction_is_approved_for_exactly_its_content() {
    var pay =
        AppRequest.post(
            URI.create("https://banking.bank.test/balance"),
            "application/json",
            "{\"to\":\"Bob\"}".getBytes(StandardCharsets.UTF_8));
    answerBalance(FakeVigil.problem(401, "", STEP_UP + ", vigil_action=\"abc\""));
    var asked = (Refused.StepUpRequired) client.call(pay);
    assertThat(asked.transaction()).isTrue();
    server.instead.clear();
    assertThat(client.stepUp(asked)).isInstanceOf(Answer.class);
    assertThat(server.pushed.get("authorization_details"))
        .contains(
            "\"type\":\"vigil_action\"",
            "\"app\":\"banking\"",
            "\"method\":\"POST\"",
            "\"path\":\"/balance\"",
            "\"body\":\"eyJ0byI6IkJvYiJ9\"");
  }

  @Test
  void what_to_fix_is_told_in_words() {
    answerBalance(
        FakeVigil.problem(
            403,
            "{\"code\":\"policy.remediate\",\"detail\":\"the phone is out of"
                + " date\",\"steps\":[{\"fix\":\"update-os\",\"text\":\"install the September"
                + " update\"},7,{\"fix\":3}]}"));
    assertThat(client.call(Phone.balance()))
        .isInstanceOfSatisfying(
            Refused.RemediationNeeded.class,
            needed ->
                assertThat(needed.fixes())
                    .containsExactly(
                        new Refused.Fix(
                            "update-os", "install the September update", "", java.util.Map.of())));
  }

  @Test
  void a_denial_carries_a_reference() {
    answerBalance(
        FakeVigil.problem(
            403,
            "{\"code\":\"policy.denied\",\"detail\":\"not for"
                + " you\",\"instance\":\"dec_9\",\"next\":\"ask the help desk\"}"));
    assertThat(client.call(Phone.balance()))
        .isEqualTo(
            new Refused.Denied("not for you", "dec_9", "policy.denied", "ask the help desk"));
  }

  @Test
  void malformed_problems_are_the_apps_own_answers_and_pass_whole() throws IOException {
    for (var document :
        List.of(
            "",
            "{",
            "[]",
            "{\"code\":7}",
            "{\"code\":\"NOT A CODE\"}",
            "{\"title\":\"mine\"}",
            "x".repeat(300_000))) {
      answerBalance(FakeVigil.problem(403, document));
      try (var answer = (Answer) client.call(Phone.balance())) {
        assertThat(new String(answer.body().readAllBytes(), StandardCharsets.UTF_8))
            .isEqualTo(document);
      }
    }
  }

  @Test
  void strange_challenges_do_not_break_the_reader() {
    for (var value :
        List.of(
            "Bearer ",
            "Bearer error",
            "Bearer error=\"",
            "Bearer " + "a=\"\\".repeat(2000),
            "Bearer " + "x".repeat(100_000),
            "Bearer ,,,=,=\"\"")) {
      answerBalance(FakeVigil.problem(401, "{}", value));
      assertThat(client.call(Phone.balance())).isInstanceOf(Answer.class);
    }
  }

  @Test
  void an_age_that_is_no_number_counts_as_the_strictest() {
    answerBalance(
        FakeVigil.problem(
            401, "{}", "Bearer error=\"insufficient_user_authentication\", max_age=\"-1e9\""));
    assertThat(client.call(Phone.balance()))
        .isInstanceOfSatisfying(
            Refused.StepUpRequired.class,
            asked -> assertThat(asked.maximumAge()).contains(Duration.ZERO));
  }

  @Test
  void an_expired_certificate_is_renewed_and_the_call_repeated() {
    answerBalance(
        FakeVigil.problem(403, "{\"code\":\"access.certificate-expired\",\"detail\":\"expired\"}"));
    assertThat(client.call(Phone.balance())).isInstanceOf(Refused.EnrolmentRequired.class);
    assertThat(server.to("/device/renew")).hasSize(1);
  }

  @Test
  void a_redirect_of_the_app_is_the_apps_answer_and_is_not_followed() {
    var away = Headers.NONE.with("Location", "https://evil.test/");
    answerBalance(new Transport.Response(302, away, new java.io.ByteArrayInputStream(new byte[0])));
    assertThat(client.call(Phone.balance()))
        .isInstanceOfSatisfying(Answer.class, answer -> assertThat(answer.status()).isEqualTo(302));
    assertThat(server.seen).noneMatch(request -> request.uri().getHost().equals("evil.test"));
  }

  @Test
  void an_app_cannot_choose_who_asks_or_where_it_goes() {
    for (var name :
        List.of(
            "Authorization", "host", "DPoP", "Content-Length", "Transfer-Encoding", "Connection")) {
      var headers = Headers.NONE.with(name, "x");
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> new AppRequest("GET", FakeVigil.APP, headers, dev.vigil.sdk.port.Body.EMPTY));
    }
    for (var uri :
        List.of(
            "http://banking.bank.test/",
            "https://evil@banking.bank.test/",
            "https:///x",
            "file:/etc/passwd")) {
      assertThatIllegalArgumentException().isThrownBy(() -> AppRequest.get(URI.create(uri)));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Headers.NONE.with("X", "a\r\nHost: evil.test"));
    assertThatIllegalArgumentException().isThrownBy(() -> Headers.NONE.with("X: y", "a"));
  }

  @Test
  void nothing_secret_is_in_any_text() {
    answerBalance(FakeVigil.problem(403, "{\"code\":\"policy.denied\",\"detail\":\"no\"}"));
    var texts =
        new StringBuilder()
            .append(client.call(Phone.balance()))
            .append(server.seen)
            .append(server.peers);
    server.seen.forEach(request ->
        texts.append(request.headers()).append(request.headers().fields()).append(request.body()));
    assertThat(texts.toString())
        .doesNotContain("secret-token")
        .doesNotContain("secret-refresh")
        .doesNotContain("Bearer");
  }

  private void answerBalance(Transport.Response response) {
    server.instead.put(
        "/balance",
        request -> {
          var body = response.body();
          body.reset();
          return response;
        });
  }
}
