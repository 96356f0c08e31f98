// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.phone;

import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.PublicKeyCredentialCreationOptions;
import com.webauthn4j.data.PublicKeyCredentialRequestOptions;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.test.authenticator.webauthn.NoneAttestationAuthenticator;
import com.webauthn4j.test.authenticator.webauthn.WebAuthnAuthenticatorAdaptor;
import com.webauthn4j.test.client.ClientPlatform;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// An authenticator in software, standing in for the fingerprint sensor of a demo phone. It speaks
/// WebAuthn Level 3's JSON forms (section 5.1.8 and following) on a page's behalf, with real keys
/// and real signatures.
public final class SoftwarePasskey {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  private final ObjectConverter converter = new ObjectConverter();
  private final WebAuthnAuthenticatorAdaptor authenticator =
      new WebAuthnAuthenticatorAdaptor(new NoneAttestationAuthenticator());

  /// What `navigator.credentials.create` would give on a page of this origin.
  public ObjectNode create(JsonNode options, String origin) {
    var parsed =
        converter
            .getJsonMapper()
            .readValue(options.toString(), PublicKeyCredentialCreationOptions.class);
    var made = platform(origin).create(parsed);
    var response = made.getResponse();
    if (response == null) throw new IllegalStateException("the authenticator made no credential");
    var answer = answer(made.getRawId(), response.getClientDataJSON());
    answer
        .withObject("response")
        .put("attestationObject", BASE64URL.encodeToString(response.getAttestationObject()))
        .putArray("transports")
        .add("internal");
    return answer;
  }

  /// What `navigator.credentials.get` would give on a page of this origin, with any discoverable
  /// credential.
  public ObjectNode get(JsonNode options, String origin) {
    var parsed =
        converter
            .getJsonMapper()
            .readValue(options.toString(), PublicKeyCredentialRequestOptions.class);
    var found = platform(origin).get(parsed);
    var response = found.getResponse();
    if (response == null)
      throw new IllegalStateException("the authenticator has no credential for this site");
    var answer = answer(found.getRawId(), response.getClientDataJSON());
    var inner = answer.withObject("response");
    inner.put("authenticatorData", BASE64URL.encodeToString(response.getAuthenticatorData()));
    inner.put("signature", BASE64URL.encodeToString(response.getSignature()));
    byte[] user = response.getUserHandle();
    if (user != null) inner.put("userHandle", BASE64URL.encodeToString(user));
    return answer;
  }

  private ClientPlatform platform(String origin) {
    return new ClientPlatform(new Origin(origin), authenticator);
  }

  private static ObjectNode answer(byte[] rawId, byte[] clientData) {
    String id = BASE64URL.encodeToString(rawId);
    var answer =
        JSON.createObjectNode()
            .put("id", id)
            .put("rawId", id)
            .put("type", "public-key")
            .put("authenticatorAttachment", "platform");
    answer.putObject("clientExtensionResults");
    answer.putObject("response").put("clientDataJSON", BASE64URL.encodeToString(clientData));
    return answer;
  }
}
