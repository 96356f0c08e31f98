// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.openid;

import dev.vigil.admission.federation.ClientAssertions;
import dev.vigil.kernel.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/// How we prove at a provider's token endpoint who asks.
public sealed interface Credential {

  /// With a key of ours (`private_key_jwt`).
  record OwnKey(ClientAssertions assertions) implements Credential {}

  /// With a secret that the provider gave us.
  record SharedSecret(Secret secret) implements Credential {}

  /// Adds what proves it to the form; the value of the `Authorization` header, if there is one.
  default Optional<String> prove(String clientId, Endpoints endpoints, Map<String, String> form) {
    form.put("client_id", clientId);
    return switch (this) {
      case OwnKey(ClientAssertions assertions) -> {
        form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        form.put("client_assertion", assertions.assertion(clientId, endpoints.token().toString()));
        yield Optional.empty();
      }
      case SharedSecret(Secret secret) when endpoints.takesBasic() -> {
        String pair = encoded(clientId) + ":" + encoded(text(secret));
        yield Optional.of(
            "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
      }
      case SharedSecret(Secret secret) -> {
        form.put("client_secret", text(secret));
        yield Optional.empty();
      }
    };
  }

  private static String text(Secret secret) {
    return new String(secret.reveal(), StandardCharsets.UTF_8);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
