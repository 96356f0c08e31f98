// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.identity.Authentication.Strength;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a native app may ask for, and what is refused.
class RequestsTest {

  private static final Sha256 KEY = Sha256.of(new byte[] {1});
  private static final String VERIFIER = "a".repeat(43);

  private static Map<String, String> good() {
    return new HashMap<>(
        Map.of(
            "client_id",
            "vigil-phone",
            "redirect_uri",
            "http://127.0.0.1:4711/callback",
            "response_type",
            "code",
            "state",
            "12345678",
            "code_challenge",
            Sha256.of(VERIFIER.getBytes(StandardCharsets.US_ASCII)).toString(),
            "code_challenge_method",
            "S256"));
  }

  private static Outcome<AuthorizationRequest> with(String name, String value) {
    var form = good();
    form.put(name, value);
    return AuthorizationRequest.read(form, KEY);
  }

  private static Refusal refusal(Outcome<?> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    return ((Outcome.Refused<?>) outcome).refusal();
  }

  @Test
  void a_good_request_is_read() {
    assertThat(AuthorizationRequest.read(good(), KEY)).isInstanceOf(Outcome.Done.class);
    assertThat(with("redirect_uri", "dev.vigil.phone:/callback")).isInstanceOf(Outcome.Done.class);
    assertThat(
            with("acr_values", "unknown passkey-hardware passkey")
                .map(request -> request.strength().orElseThrow()))
        .isEqualTo(Outcome.done(Strength.PASSKEY));
  }

  @Test
  void redirect_tricks_are_refused() {
    for (String trick :
        List.of(
            "http://127.0.0.1/callback",
            "http://127.0.0.1:0/callback",
            "http://127.0.0.1:65536/callback",
            "http://127.0.0.1:80:80/callback",
            "http://localhost:4711/callback",
            "http://127.0.0.1:4711/callback/",
            "http://127.0.0.1:4711/callback?x",
            "http://127.0.0.1:4711/callback#x",
            "http://127.0.0.1:4711/../callback",
            "http://127.0.0.1:4711@evil.example/callback",
            "https://127.0.0.1:4711/callback",
            "http://127.0.0.1.evil.example:4711/callback",
            "http://[::1]:4711/callback",
            "HTTP://127.0.0.1:4711/callback",
            "http://127.0.0.1:4711/callback\n",
            "dev.vigil.phone://callback",
            "dev.vigil.phone:/callback/x",
            "javascript:alert(1)",
            "http://evil.example/callback")) {
      assertThat(refusal(with("redirect_uri", trick))).as(trick).isEqualTo(OAuthRefusal.REDIRECT);
    }
    var commandLine = good();
    commandLine.put("client_id", "vigil-cli");
    commandLine.put("redirect_uri", "dev.vigil.phone:/callback");
    assertThat(refusal(AuthorizationRequest.read(commandLine, KEY)))
        .isEqualTo(OAuthRefusal.REDIRECT);
  }

  @Test
  void everything_else_that_is_wrong_is_refused() {
    assertThat(refusal(with("client_id", "other"))).isEqualTo(OAuthRefusal.CLIENT);
    assertThat(refusal(with("response_type", "token"))).isEqualTo(OAuthRefusal.RESPONSE_TYPE);
    assertThat(refusal(with("scope", "admin"))).isEqualTo(OAuthRefusal.SCOPE);
    assertThat(refusal(with("code_challenge_method", "plain"))).isEqualTo(OAuthRefusal.PKCE);
    assertThat(refusal(with("code_challenge", "short"))).isEqualTo(OAuthRefusal.PKCE);
    assertThat(refusal(with("state", "short"))).isEqualTo(OAuthRefusal.PARAMETER);
    assertThat(refusal(with("acr_values", "password"))).isEqualTo(OAuthRefusal.ACR);
    assertThat(refusal(with("acr_values", "certificate"))).isEqualTo(OAuthRefusal.ACR);
    assertThat(refusal(with("max_age", "-1"))).isEqualTo(OAuthRefusal.PARAMETER);
    assertThat(refusal(with("request_uri", "urn:x"))).isEqualTo(OAuthRefusal.PARAMETER);
    assertThat(refusal(with("request", "eyJ"))).isEqualTo(OAuthRefusal.PARAMETER);
    assertThat(refusal(with("dpop_jkt", "other"))).isEqualTo(OAuthRefusal.PARAMETER);
    assertThat(refusal(with("response_mode", "fragment"))).isEqualTo(OAuthRefusal.PARAMETER);
  }

  @Test
  void passwords_are_refused_in_every_form() {
    for (String name : List.of("username", "password", "Password", "client_secret", "otp", "pin")) {
      assertThat(refusal(with(name, "x"))).as(name).isEqualTo(OAuthRefusal.PASSWORD);
      assertThat(refusal(TokenRequest.read(Map.of("grant_type", "refresh_token", name, "x"))))
          .as(name)
          .isEqualTo(OAuthRefusal.PASSWORD);
    }
    assertThat(refusal(TokenRequest.read(Map.of("grant_type", "password"))))
        .isEqualTo(OAuthRefusal.PASSWORD);
    assertThat(PasswordAttempt.inHeader("Basic YWxpY2U6cHc=")).isTrue();
    assertThat(PasswordAttempt.inHeader("basic x")).isTrue();
    assertThat(PasswordAttempt.inHeader("DPoP x")).isFalse();
  }

  @Test
  void token_requests_say_whom_the_token_is_for() {
    var refresh =
        Map.of("grant_type", "refresh_token", "client_id", "vigil-phone", "refresh_token", "x");
    assertThat(TokenRequest.read(refresh)).isInstanceOf(Outcome.Done.class);
    var other = new HashMap<>(refresh);
    other.put("audience", "somebody");
    assertThat(refusal(TokenRequest.read(other))).isEqualTo(OAuthRefusal.TARGET);
    other.put("audience", "vigil-api");
    other.put("resource", "vigil-gateway");
    assertThat(refusal(TokenRequest.read(other))).isEqualTo(OAuthRefusal.TARGET);
    assertThat(
            refusal(
                TokenRequest.read(
                    Map.of("grant_type", "urn:ietf:params:oauth:grant-type:device_code"))))
        .isEqualTo(OAuthRefusal.GRANT_TYPE);
    assertThat(
            refusal(
                TokenRequest.read(
                    Map.of("grant_type", "authorization_code", "client_id", "vigil-phone"))))
        .isEqualTo(OAuthRefusal.PARAMETER);
  }

  @Test
  void only_the_right_verifier_fits() {
    var challenge = Sha256.of(VERIFIER.getBytes(StandardCharsets.US_ASCII));
    assertThat(Pkce.fits(VERIFIER, challenge)).isTrue();
    assertThat(Pkce.fits("b".repeat(43), challenge)).isFalse();
    assertThat(
            Pkce.fits(
                "a".repeat(42), Sha256.of("a".repeat(42).getBytes(StandardCharsets.US_ASCII))))
        .isFalse();
  }
}
