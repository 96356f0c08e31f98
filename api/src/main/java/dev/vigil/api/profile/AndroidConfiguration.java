// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.profile;

import dev.vigil.kernel.Bytes;
import java.net.URI;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The managed configuration of an Android app with our SDK, as management products import it (the
/// `androidenterprise#managedConfiguration` of Google's Play EMM API). It holds no secret: the app
/// signs its person in and attests its key by itself.
///
/// @param packageName of the app
/// @param anchors the roots that our servers end at, in DER
/// @param user who will sign in, as a suggestion; empty if anybody may
public record AndroidConfiguration(
    String packageName, URI issuer, List<Bytes> anchors, String user) {

  public AndroidConfiguration {
    anchors = List.copyOf(anchors);
  }

  /// The configuration as a JSON value.
  public Map<String, Object> content() {
    var configuration = new LinkedHashMap<String, Object>();
    configuration.put("kind", "androidenterprise#managedConfiguration");
    configuration.put("productId", "app:" + packageName);
    configuration.put(
        "managedProperty",
        List.of(
            property("vigil_issuer", issuer.toString()),
            property("vigil_anchors", pem()),
            property("vigil_user_hint", user)));
    return configuration;
  }

  private static Map<String, Object> property(String key, String value) {
    var property = new LinkedHashMap<String, Object>();
    property.put("key", key);
    property.put("valueString", value);
    return property;
  }

  private String pem() {
    var encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
    var text = new StringBuilder();
    for (Bytes der : anchors)
      text.append("-----BEGIN CERTIFICATE-----\n")
          .append(encoder.encodeToString(der.toArray()))
          .append("\n-----END CERTIFICATE-----\n");
    return text.toString();
  }
}
