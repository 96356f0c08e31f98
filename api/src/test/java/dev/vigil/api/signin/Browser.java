// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import com.webauthn4j.data.AttestationConveyancePreference;
import com.webauthn4j.data.AuthenticatorSelectionCriteria;
import com.webauthn4j.data.PublicKeyCredentialCreationOptions;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialRequestOptions;
import com.webauthn4j.data.PublicKeyCredentialRpEntity;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.PublicKeyCredentialUserEntity;
import com.webauthn4j.data.ResidentKeyRequirement;
import com.webauthn4j.data.UserVerificationRequirement;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.test.authenticator.webauthn.NoneAttestationAuthenticator;
import com.webauthn4j.test.authenticator.webauthn.WebAuthnAuthenticatorAdaptor;
import com.webauthn4j.test.client.ClientPlatform;
import dev.vigil.admission.StrictJson;
import dev.vigil.kernel.Bytes;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/// A browser as our pages use it: one cookie, the CSRF token, an emulated authenticator.
final class Browser {

  final ClientPlatform platform;
  private final House house;
  private final Wire wire;
  private final Map<String, String> cookies = new java.util.LinkedHashMap<>();
  String csrf = "";
  String origin;

  Browser(House house, Wire wire) {
    this.house = house;
    this.wire = wire;
    this.origin = house.origin.toString();
    this.platform =
        new ClientPlatform(
            new Origin(origin),
            new WebAuthnAuthenticatorAdaptor(new NoneAttestationAuthenticator()));
  }

  Wire.Answer open(String path) {
    return kept(
        wire.send(
            HttpRequest.newBuilder(URI.create(house.origin + path)).header("Cookie", cookie())));
  }

  String cookie() {
    return cookies.entrySet().stream()
        .map(one -> one.getKey() + "=" + one.getValue())
        .collect(java.util.stream.Collectors.joining("; "));
  }

  private Wire.Answer kept(Wire.Answer answer) {
    answer
        .cookie()
        .map(set -> set.split(";", 2)[0].split("=", 2))
        .ifPresent(pair -> cookies.put(pair[0], pair[1]));
    return answer;
  }

  /// What the page learns of the visit.
  Wire.Answer visit() {
    var answer = open("/signin/visit");
    csrf = answer.status() == 200 ? answer.text("csrf") : csrf;
    return answer;
  }

  Wire.Answer post(String path, Object body) {
    var request =
        HttpRequest.newBuilder(URI.create(house.origin + path))
            .header("Content-Type", "application/json")
            .header("Origin", origin)
            .header("Cookie", cookie())
            .header("Vigil-CSRF", csrf);
    return kept(
        wire.send(request.POST(HttpRequest.BodyPublishers.ofString(StrictJson.write(body)))));
  }

  Wire.Answer register(String secret) {
    csrf = post("/register/invitation", Map.of("secret", secret)).text("csrf");
    return create(post("/register/options", Map.of()).json());
  }

  Wire.Answer create(ObjectNode options) {
    var user = options.get("user");
    var made =
        platform.create(
            new PublicKeyCredentialCreationOptions(
                new PublicKeyCredentialRpEntity(options.get("rp").get("id").stringValue(), "Vigil"),
                new PublicKeyCredentialUserEntity(
                    Bytes.parse(user.get("id").stringValue()).toArray(),
                    user.get("name").stringValue(),
                    user.get("displayName").stringValue()),
                new DefaultChallenge(options.get("challenge").stringValue()),
                List.of(
                    new PublicKeyCredentialParameters(
                        PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.ES256)),
                null,
                List.of(),
                new AuthenticatorSelectionCriteria(
                    null,
                    true,
                    ResidentKeyRequirement.REQUIRED,
                    UserVerificationRequirement.REQUIRED),
                AttestationConveyancePreference.create(options.get("attestation").stringValue()),
                null));
    var answer = Objects.requireNonNull(made.getResponse());
    var response =
        Map.of(
            "clientDataJSON",
            text(answer.getClientDataJSON()),
            "attestationObject",
            text(answer.getAttestationObject()),
            "transports",
            List.of("internal"));
    return post(
        "/register/answer", answer(options.get("challenge").stringValue(), made.getId(), response));
  }

  /// Signs in on the page that is open.
  Wire.Answer signIn() {
    visit();
    return post("/signin/answer", assertion(UserVerificationRequirement.REQUIRED));
  }

  Map<String, Object> assertion(UserVerificationRequirement verification) {
    var options = post("/signin/options", Map.of()).json();
    String challenge = options.get("challenge").stringValue();
    var made =
        platform.get(
            new PublicKeyCredentialRequestOptions(
                new DefaultChallenge(challenge),
                null,
                options.get("rpId").stringValue(),
                List.of(),
                verification,
                null));
    var answer = Objects.requireNonNull(made.getResponse());
    return answer(
        challenge,
        made.getId(),
        Map.of(
            "clientDataJSON",
            text(answer.getClientDataJSON()),
            "authenticatorData",
            text(answer.getAuthenticatorData()),
            "signature",
            text(answer.getSignature()),
            "userHandle",
            text(Objects.requireNonNull(answer.getUserHandle()))));
  }

  static Map<String, Object> answer(String challenge, String id, Map<String, Object> response) {
    return Map.of(
        "challenge",
        challenge,
        "credential",
        Map.of(
            "id",
            id,
            "rawId",
            id,
            "type",
            "public-key",
            "clientExtensionResults",
            Map.of(),
            "response",
            response));
  }

  private static String text(byte[] bytes) {
    return Bytes.of(bytes).toString();
  }

  /// The code in the address that a sign-in answered with.
  static String code(Wire.Answer answer) {
    String redirect = answer.text("redirect");
    if (!redirect.startsWith(Phone.CALLBACK + "?code=")) throw new AssertionError(answer.body());
    return redirect.substring((Phone.CALLBACK + "?code=").length(), redirect.indexOf('&'));
  }
}
