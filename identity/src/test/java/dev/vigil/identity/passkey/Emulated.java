// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.passkey;

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
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// A browser with an authenticator in it, emulated; it does what the options say, honest or not.
final class Emulated {

  private final ClientPlatform platform;

  Emulated(String origin) {
    platform =
        new ClientPlatform(
            new Origin(origin),
            new WebAuthnAuthenticatorAdaptor(new NoneAttestationAuthenticator()));
  }

  void moveTo(String origin) {
    platform.setOrigin(new Origin(origin));
  }

  String create(
      String rpId, String subject, Secret challenge, UserVerificationRequirement verification) {
    var options =
        new PublicKeyCredentialCreationOptions(
            new PublicKeyCredentialRpEntity(rpId, "Vigil"),
            new PublicKeyCredentialUserEntity(
                subject.getBytes(StandardCharsets.UTF_8), "alice", "Alice"),
            new DefaultChallenge(challenge.reveal()),
            List.of(
                new PublicKeyCredentialParameters(
                    PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.ES256)),
            null,
            List.of(),
            new AuthenticatorSelectionCriteria(
                null, true, ResidentKeyRequirement.REQUIRED, verification),
            null,
            null);
    var made = platform.create(options);
    var answer = Objects.requireNonNull(made.getResponse());
    return json(
        made.getId(),
        "\"clientDataJSON\":\""
            + text(answer.getClientDataJSON())
            + "\",\"attestationObject\":\""
            + text(answer.getAttestationObject())
            + "\",\"transports\":[\"internal\"]");
  }

  String get(String rpId, Secret challenge, UserVerificationRequirement verification) {
    var made =
        platform.get(
            new PublicKeyCredentialRequestOptions(
                new DefaultChallenge(challenge.reveal()),
                null,
                rpId,
                List.of(),
                verification,
                null));
    var answer = Objects.requireNonNull(made.getResponse());
    return json(
        made.getId(),
        "\"clientDataJSON\":\""
            + text(answer.getClientDataJSON())
            + "\",\"authenticatorData\":\""
            + text(answer.getAuthenticatorData())
            + "\",\"signature\":\""
            + text(answer.getSignature())
            + "\",\"userHandle\":\""
            + text(Objects.requireNonNull(answer.getUserHandle()))
            + "\"");
  }

  private static String json(String id, String response) {
    return "{\"id\":\""
        + id
        + "\",\"rawId\":\""
        + id
        + "\",\"type\":\"public-key\",\"clientExtensionResults\":{},\"response\":{"
        + response
        + "}}";
  }

  private static String text(byte[] bytes) {
    return Bytes.of(bytes).toString();
  }
}
