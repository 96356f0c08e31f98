// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.phone;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/// The sign-in page of an OpenID provider for tests, which takes anybody's word: the form of
/// mock-oauth2-server with the fields `username` and `claims`.
final class PlainForm {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private PlainForm() {}

  /// Fills in the form that stands at this address.
  ///
  /// @param claims what the ID token is to say beside the subject
  /// @return what the provider's answer to us holds: `code`, `state` and perhaps `iss`
  static Map<String, String> fill(URI form, String userName, Map<String, ?> claims)
      throws IOException {
    var body =
        "username=" + encoded(userName) + "&claims=" + encoded(JSON.writeValueAsString(claims));
    var request =
        HttpRequest.newBuilder(form)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request, BodyHandlers.discarding());
      var back =
          answer
              .headers()
              .firstValue("Location")
              .orElseThrow(() ->
                  new IOException("the provider's form answered with " + answer.statusCode()));
      return Arrays.stream(URI.create(back).getRawQuery().split("&"))
          .map(pair -> pair.split("=", 2))
          .collect(Collectors.toMap(pair -> pair[0], PlainForm::decoded));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static String decoded(String... pair) {
    return URLDecoder.decode(pair[1], StandardCharsets.UTF_8);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
