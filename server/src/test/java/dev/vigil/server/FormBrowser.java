// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.admission.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// A browser without a window that signs in through another provider as the pages' scripts do: with
/// the visit's cookie on our site only, and the provider's plain form.
final class FormBrowser implements AutoCloseable {

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI pages;
  private String cookie = "";
  String csrf = "";

  FormBrowser(URI pages) {
    this.pages = pages;
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> open(URI page) {
    var answer = send(HttpRequest.newBuilder(page).header("Cookie", cookie));
    answer.headers().firstValue("set-cookie").ifPresent(set -> cookie = set.split(";", 2)[0]);
    return answer;
  }

  ObjectNode visit() {
    var visit = StrictJson.object(bytes(open(pages.resolve("/signin/visit")).body()));
    csrf = visit.path("csrf").asString("");
    return visit;
  }

  /// Leaves for a provider: where it sends the browser.
  URI start(String provider) {
    return location(open(pages.resolve("/federation/start/" + provider)));
  }

  static URI location(HttpResponse<String> answer) {
    return URI.create(
        answer
            .headers()
            .firstValue("location")
            .orElseThrow(() -> new AssertionError(answer.statusCode() + " " + answer.body())));
  }

  /// Fills in the provider's form: where it sends the browser back.
  URI login(URI form, String userName, Map<String, Object> claims) {
    String body = "username=" + encoded(userName) + "&claims=" + encoded(StrictJson.write(claims));
    return location(
        send(
            HttpRequest.newBuilder(form)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))));
  }

  /// What the callback's script does.
  HttpResponse<String> finish(URI callback) {
    var body = new LinkedHashMap<String, Object>(query(callback));
    body.keySet().retainAll(java.util.Set.of("state", "code", "error", "iss"));
    String path = callback.getPath();
    body.put("provider", path.substring(path.lastIndexOf('/') + 1));
    return post(body, csrf, pages.toString());
  }

  HttpResponse<String> post(Map<String, Object> body, String token, String origin) {
    return send(
        HttpRequest.newBuilder(pages.resolve("/federation/finish"))
            .header("Content-Type", "application/json")
            .header("Origin", origin)
            .header("Cookie", cookie)
            .header("Vigil-CSRF", token)
            .POST(HttpRequest.BodyPublishers.ofString(StrictJson.write(body))));
  }

  static Map<String, String> query(URI address) {
    var query = new LinkedHashMap<String, String>();
    for (String pair : address.getRawQuery().split("&")) {
      var parts = pair.split("=", 2);
      query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return query;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    client.close();
  }
}
