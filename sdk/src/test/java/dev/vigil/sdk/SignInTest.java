// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.sdk.port.Headers;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Signing in, and everything that may pose as it.
class SignInTest {

  private final Phone phone = new Phone();
  private final FakeVigil server = new FakeVigil(phone.clock);
  private final VigilClient client = phone.client(server);

  @Test
  void a_person_signs_in_through_the_browser() {
    assertThat(client.signIn()).isEqualTo(Done.CHANGED);
    assertThat(client.signedIn()).isTrue();
    assertThat(server.pushed)
        .containsEntry("client_id", "vigil-phone")
        .containsEntry("code_challenge_method", "S256");
  }

  @Test
  void a_restart_of_the_app_keeps_the_session() {
    client.signIn();
    assertThat(phone.client(server).signedIn()).isTrue();
  }

  @Test
  void metadata_of_another_issuer_is_not_trusted() {
    answerMetadata("issuer", "https://evil.test");
    assertNotTrusted();
  }

  @Test
  void an_issuer_that_differs_by_a_slash_is_another_issuer() {
    answerMetadata("issuer", FakeVigil.ISSUER + "/");
    assertNotTrusted();
  }

  @Test
  void an_endpoint_on_another_host_gets_no_code_and_no_token() {
    answerMetadata("token_endpoint", "https://evil.test/token");
    assertNotTrusted();
    assertThat(server.seen)
        .allMatch(request -> request.uri().getHost().equals(FakeVigil.ISSUER.getHost()));
  }

  @Test
  void an_endpoint_in_the_clear_is_not_trusted() {
    answerMetadata("token_endpoint", "http://vigil.bank.test/token");
    assertNotTrusted();
  }

  @Test
  void the_answer_to_another_sign_in_is_not_trusted() {
    server.redirectTail = "code=c1&state=other&iss=https%3A%2F%2Fvigil.bank.test";
    assertNotTrusted();
  }

  @Test
  void an_answer_from_another_issuer_is_not_trusted() {
    server.redirectTail = "code=c1&state=STATE&iss=https%3A%2F%2Fevil.test";
    assertNotTrusted();
  }

  @Test
  void an_answer_that_names_no_issuer_is_not_trusted() {
    server.redirectTail = "code=c1&state=STATE";
    assertNotTrusted();
  }

  @Test
  void a_parameter_given_twice_is_not_trusted() {
    server.redirectTail = "code=c1&code=c2&state=STATE&iss=https%3A%2F%2Fvigil.bank.test";
    assertNotTrusted();
  }

  @Test
  void a_refusal_at_the_browser_is_told() {
    server.redirectTail =
        "error=access_denied&error_description=not+today&state=STATE&iss=https%3A%2F%2Fvigil.bank.test";
    assertThat(client.signIn())
        .isInstanceOfSatisfying(
            Refused.Denied.class,
            denied -> {
              assertThat(denied.text()).isEqualTo("not today");
              assertThat(denied.code()).isEqualTo("access_denied");
            });
  }

  @Test
  void a_nonce_the_server_asks_for_is_used_at_once_and_from_then_on() {
    server.nonce = java.util.Optional.of("n-1");
    // Discovery already brings the nonce; a changed one costs one more round.
    client.signIn();
    server.nonce = java.util.Optional.of("n-2");
    assertThat(client.signIn()).isEqualTo(Done.CHANGED);
    assertThat(server.to("/par")).hasSize(3);
    assertThat(server.to("/token")).hasSize(2);
  }

  @Test
  void a_server_that_asks_for_a_nonce_for_ever_is_given_up() {
    var count = new int[1];
    server.instead.put(
        "/par",
        request ->
            server.reply(
                400,
                Map.of("error", "use_dpop_nonce"),
                Headers.NONE.with("DPoP-Nonce", "n" + count[0]++)));
    assertThat(client.signIn()).isInstanceOf(Refused.Denied.class);
    assertThat(server.to("/par")).hasSize(2);
  }

  @Test
  void a_phone_whose_clock_is_wrong_can_still_sign_in() {
    server.ahead = Duration.ofHours(-7);
    assertThat(client.signIn()).isEqualTo(Done.CHANGED);
  }

  @Test
  void an_endless_answer_is_refused() {
    server.instead.put("/token", request -> FakeVigil.endless("application/json"));
    assertThat(client.signIn()).isInstanceOf(Refused.Unreachable.class);
    assertThat(client.signedIn()).isFalse();
  }

  @Test
  void a_token_that_is_not_bound_to_the_key_is_refused() {
    server.instead.put(
        "/token",
        request ->
            server.json(
                200, Map.of("access_token", "t", "token_type", "Bearer", "expires_in", 300)));
    assertThat(client.signIn()).isInstanceOf(Refused.Unreachable.class);
  }

  @Test
  void a_token_that_would_break_its_header_line_is_refused() {
    server.instead.put(
        "/token",
        request ->
            server.json(
                200, Map.of("access_token", "t\r\nX: y", "token_type", "DPoP", "expires_in", 300)));
    assertThat(client.signIn()).isInstanceOf(Refused.Unreachable.class);
  }

  @Test
  void garbage_is_no_answer() {
    for (var body :
        new String[] {"", "[]", "null", "{", "\"x\"", "[".repeat(50_000), "{\"issuer\":7}"}) {
      server.instead.put(
          "/.well-known/oauth-authorization-server", request -> FakeVigil.text(200, body));
      assertThat(phone.client(server).signIn())
          .isInstanceOfAny(Refused.Unreachable.class, Refused.NotTrusted.class);
    }
  }

  @Test
  void a_redirect_is_not_an_answer() {
    server.instead.put(
        "/token",
        request -> {
          var away = Headers.NONE.with("Location", "https://evil.test/token");
          return new dev.vigil.sdk.port.Transport.Response(
              307, away, java.io.InputStream.nullInputStream());
        });
    assertThat(client.signIn()).isInstanceOf(Refused.Unreachable.class);
    assertThat(server.seen).noneMatch(request -> request.uri().getHost().equals("evil.test"));
  }

  @Test
  void a_session_that_cannot_be_kept_is_no_session() {
    phone.store.broken = true;
    assertThat(client.signIn()).isInstanceOf(Refused.Unreachable.class);
    assertThat(client.signedIn()).isFalse();
  }

  @Test
  void a_dead_network_is_told() {
    server.instead.put(
        "/par",
        request -> {
          throw new IOException("no route");
        });
    assertThat(client.signIn()).isInstanceOf(Refused.Unreachable.class);
  }

  @Test
  void a_foreign_certificate_stops_everything() {
    var other = new FakeVigil(phone.clock);
    var profile = Profile.of(FakeVigil.ISSUER, pem(other), "phone");
    var ports =
        new Ports(
            phone.keys,
            phone.store,
            phone.attestor,
            server::browse,
            server,
            phone.clock,
            count -> new byte[count]);
    assertThat(new VigilClient(profile, ports).signIn()).isInstanceOf(Refused.NotTrusted.class);
  }

  private static String pem(FakeVigil server) {
    var text =
        java.util.Base64.getMimeEncoder()
            .encodeToString(
                java.util.Base64.getUrlDecoder()
                    .decode(Certificates.toBase64(server.publicRoot())));
    return "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n";
  }

  private void answerMetadata(String name, String value) {
    var metadata = server.metadata();
    metadata.put(name, value);
    server.instead.put(
        "/.well-known/oauth-authorization-server", request -> server.json(200, metadata));
  }

  private void assertNotTrusted() {
    assertThat(client.signIn()).isInstanceOf(Refused.NotTrusted.class);
    assertThat(client.signedIn()).isFalse();
    assertThat(server.to("/token")).isEmpty();
  }

  @Test
  void a_profile_in_the_clear_is_refused() {
    org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
        .isThrownBy(() -> Profile.of(URI.create("http://vigil.bank.test"), pem(server), "phone"))
        .withMessageContaining("not an https address");
  }
}
