// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.bank;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The organisation's identity platform as SCIM (RFC 7644) shows it: it makes people known, and
/// takes them away.
///
/// @param base the address of the SCIM service
/// @param token what the administrator was given for it
public record IdentityPlatform(HttpClient client, URI base, String token) {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";
  private static final String PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

  /// Makes a person known; the answer is the id.
  public String create(String userName, String displayName) throws IOException {
    var user = JSON.createObjectNode();
    user.putArray("schemas").add(USER);
    user.put("userName", userName).put("displayName", displayName).put("active", true);
    return send("POST", "/Users", user).path("id").asString();
  }

  /// Takes a person away, in the shape that Entra ID sends.
  public void deactivate(String id) throws IOException {
    var patch = JSON.createObjectNode();
    patch.putArray("schemas").add(PATCH);
    patch
        .putArray("Operations")
        .addObject()
        .put("op", "Replace")
        .put("path", "active")
        .put("value", "False");
    send("PATCH", "/Users/" + id, patch);
  }

  private JsonNode send(String method, String path, ObjectNode content) throws IOException {
    var request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/scim+json")
            .method(method, BodyPublishers.ofString(content.toString()))
            .build();
    try {
      var answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() >= 300) throw new IOException(answer.body());
      return JSON.readTree(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public String toString() {
    return "IdentityPlatform(" + base + ")";
  }
}
