// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.openid;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Addresses with which a browser is sent back to a client, each naming the issuer (RFC 9207).
record Answers(URI issuer) {

  URI code(String redirectUri, Optional<String> state, String code) {
    return back(redirectUri, "code=" + code, state);
  }

  URI error(String redirectUri, Optional<String> state, String error) {
    return back(redirectUri, "error=" + error, state);
  }

  private URI back(String redirectUri, String first, Optional<String> state) {
    return URI.create(
        redirectUri
            + (redirectUri.contains("?") ? "&" : "?")
            + first
            + state.map(text -> "&state=" + encoded(text)).orElse("")
            + "&iss="
            + encoded(issuer.toString()));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
