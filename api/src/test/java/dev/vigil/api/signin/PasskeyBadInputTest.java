// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.webauthn4j.data.PublicKeyCredentialRequestOptions;
import com.webauthn4j.data.UserVerificationRequirement;
import com.webauthn4j.data.client.ClientDataType;
import com.webauthn4j.data.client.CollectedClientData;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import dev.vigil.admission.Actor;
import dev.vigil.identity.Passkey;
import dev.vigil.kernel.Bytes;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Answers of authenticators that are not what they say, over the wire: each is refused, and each
/// leaves a security event with the refusal's code.
class PasskeyBadInputTest extends SignInScene {

  private final Recorded recorded = new Recorded(house.changes);
  private int invited;

  private void atTheSignInPage() {
    alice();
    browser.open(phone.push(Phone.request()));
    browser.visit();
  }

  private Map<String, Object> assertion() {
    return browser.assertion(UserVerificationRequirement.REQUIRED);
  }

  private void refused(String code, Object answer) {
    recorded.once(
        "sign-in-refused",
        code,
        () -> assertThat(browser.post("/signin/answer", answer).text("code")).isEqualTo(code));
  }

  @Test
  void an_answer_given_to_another_site_is_recorded() {
    atTheSignInPage();
    browser.platform.setOrigin(new Origin("https://evil.example"));
    refused("passkey.origin", assertion());
  }

  @Test
  void an_answer_given_in_another_sites_frame_is_recorded() {
    atTheSignInPage();
    var here = new Origin(house.origin.toString());
    refused("passkey.origin", framed(true, here, null));
    refused("passkey.origin", framed(true, here, new Origin("https://evil.example")));
  }

  private Map<String, Object> framed(boolean crossOrigin, Origin origin, @Nullable Origin top) {
    var options = browser.post("/signin/options", Map.of()).json();
    String challenge = options.get("challenge").stringValue();
    var asked = new DefaultChallenge(challenge);
    var made =
        browser.platform.get(
            new PublicKeyCredentialRequestOptions(
                asked,
                null,
                options.get("rpId").stringValue(),
                List.of(),
                UserVerificationRequirement.REQUIRED,
                null),
            new CollectedClientData(
                ClientDataType.WEBAUTHN_GET, asked, origin, crossOrigin, top, null));
    var answer = Objects.requireNonNull(made.getResponse());
    return Browser.answer(
        challenge,
        made.getId(),
        Map.of(
            "clientDataJSON",
            Bytes.of(answer.getClientDataJSON()).toString(),
            "authenticatorData",
            Bytes.of(answer.getAuthenticatorData()).toString(),
            "signature",
            Bytes.of(answer.getSignature()).toString(),
            "userHandle",
            Bytes.of(Objects.requireNonNull(answer.getUserHandle())).toString()));
  }

  @Test
  void our_pages_may_not_be_framed_at_all() {
    alice();
    var page = browser.open(phone.push(Phone.request()));
    assertThat(page.header("x-frame-options")).contains("DENY");
    assertThat(page.header("content-security-policy").orElse(""))
        .contains("frame-ancestors 'none'");
  }

  @Test
  void a_replayed_answer_is_recorded() {
    atTheSignInPage();
    var answer = assertion();
    assertThat(browser.post("/signin/answer", answer).status()).isEqualTo(200);
    browser.open(phone.push(Phone.request()));
    browser.visit();
    refused("sign-in.challenge", answer);
  }

  @Test
  void a_cloned_counter_is_recorded_as_a_copy() {
    alice();
    house.changes.commit(
        Actor.SYSTEM,
        work -> {
          var known = work.tx().passkeysOf(work.tx().subjects().getFirst().id()).getFirst();
          work.tx().put(known.used(10_000, known.backedUp(), work.now()));
          return Optional.<Passkey>empty();
        });
    browser.open(phone.push(Phone.request()));
    recorded.once("passkey-copy-suspected", "passkey.counter", browser::signIn);
  }

  private Wire.Answer registering(byte[] attestation) {
    browser.csrf =
        browser
            .post(
                "/register/invitation",
                Map.of("secret", text(house.invite("bob" + ++invited + "@bank.example").secret())))
            .text("csrf");
    String challenge =
        browser.post("/register/options", Map.of()).json().get("challenge").stringValue();
    String client =
        "{\"type\":\"webauthn.create\",\"challenge\":\""
            + challenge
            + "\",\"origin\":\""
            + house.origin
            + "\"}";
    return browser.post(
        "/register/answer",
        Browser.answer(
            challenge,
            "AAAA",
            Map.of(
                "clientDataJSON",
                Bytes.of(client.getBytes(StandardCharsets.UTF_8)).toString(),
                "attestationObject",
                Bytes.of(attestation).toString())));
  }

  @Test
  void deep_and_oversized_attestations_are_recorded() {
    byte[] deep = new byte[40_000];
    Arrays.fill(deep, (byte) 0x81);
    byte[] endless = {(byte) 0xa1, 0x61, 0x61, 0x5b, 0x7f, -1, -1, -1, -1, -1, -1, -1};
    for (byte[] bad : List.of(deep, endless))
      recorded.once(
          "passkey-registration-refused",
          "passkey.malformed",
          () -> assertThat(registering(bad).text("code")).isEqualTo("passkey.malformed"));
    recorded.soon(
        "request-refused",
        "http.too-large",
        () -> assertThat(registering(new byte[80_000]).status()).isEqualTo(413));
  }

  private Wire.Answer raw(String json) {
    return wire.send(
        HttpRequest.newBuilder(URI.create(house.origin + "/signin/answer"))
            .header("Content-Type", "application/json")
            .header("Origin", house.origin.toString())
            .header("Cookie", browser.cookie())
            .header("Vigil-CSRF", browser.csrf)
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  @Test
  void deeply_nested_and_ambiguous_json_is_recorded() {
    atTheSignInPage();
    for (String bad :
        List.of(
            "{\"a\":".repeat(5_000),
            "[".repeat(20_000) + "]".repeat(20_000),
            "{\"challenge\":\"a\",\"challenge\":\"b\"}"))
      recorded.once(
          "request-refused", "http.malformed", () -> assertThat(raw(bad).status()).isEqualTo(400));
  }
}
