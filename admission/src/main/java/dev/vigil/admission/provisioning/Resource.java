// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.provisioning;

import dev.vigil.admission.StrictJson;
import dev.vigil.kernel.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.databind.node.ObjectNode;

/// A user or group as its provider sees it.
///
/// @param version its ETag: a digest of what is shown, so that whoever changes it changes the
///   version
public record Resource(ObjectNode json, String version) {

  /// @param json without `meta`'s address and version
  static Resource of(ObjectNode json, String address) {
    String digest = Sha256.of(StrictJson.write(json).getBytes(StandardCharsets.UTF_8)).toString();
    String version = "W/\"" + digest.substring(0, 16) + "\"";
    if (json.get("meta") instanceof ObjectNode meta)
      meta.put("location", address).put("version", version);
    return new Resource(json, version);
  }

  /// The id.
  public String id() {
    return json.path("id").asString("");
  }

  /// Whether a header with ETags names this version (RFC 9110 section 13.1). Compared weakly: SCIM
  /// gives out weak ones (RFC 7644 section 3.14).
  public boolean named(String header) {
    return header.length() <= 2_000
        && Arrays.stream(header.split(",", -1))
            .map(String::strip)
            .anyMatch(tag -> tag.equals("*") || bare(tag).equals(bare(version)));
  }

  private static String bare(String tag) {
    return tag.startsWith("W/") ? tag.substring(2) : tag;
  }
}
