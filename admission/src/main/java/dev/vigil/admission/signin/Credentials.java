// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.signin;

import dev.vigil.admission.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The JSON of an authenticator's answer, as far as it is read before it is verified.
final class Credentials {

  private Credentials() {}

  /// The credential's id; empty if the text is no such JSON.
  static Optional<String> id(String credential) {
    try {
      return Optional.ofNullable(
              StrictJson.object(credential.getBytes(StandardCharsets.UTF_8)).get("id"))
          .filter(JsonNode::isString)
          .map(JsonNode::stringValue);
    } catch (StrictJson.Malformed e) {
      return Optional.empty();
    }
  }
}
