// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.openid;

import dev.vigil.demo.phone.SoftwarePasskey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A person's browser without a window: it keeps the cookies of Vigil's pages, follows redirects,
/// signs in with the passkey where the page asks for it, and stops where it leaves the pages.
final class WebBrowser implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MOST_STEPS = 12;

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final SoftwarePasskey passkey;
  private final String origin;
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private int touches;

  /// @param pages the origin of Vigil's pages
  WebBrowser(SoftwarePasskey passkey, URI pages) {
    this.passkey = passkey;
    this.origin = pages.getScheme() + "://" + pages.getRawAuthority();
  }

  /// Where the browser ended up.
  ///
  /// @param touches how often the person used the passkey on the way
  record Landed(URI at, int touches) {}

  Landed go(URI start) throws IOException {
    touches = 0;
    var at = start;
    for (int step = 0; step < MOST_STEPS; step++) {
      if (!at.toString().startsWith(origin + "/")) return new Landed(at, touches);
      var answer = send(HttpRequest.newBuilder(at).GET());
      var location = answer.headers().firstValue("location");
      if (location.isPresent()) at = at.resolve(location.get());
      else if (answer.body().contains("sign-in.js")) at = at.resolve(signIn());
      else throw new AssertionError("the browser stays at " + at + ": " + answer.body());
    }
    throw new AssertionError("the browser is sent around in circles");
  }

  private String signIn() throws IOException {
    String csrf = ask("/signin/visit", "GET", JSON.createObjectNode(), "").path("csrf").asString();
    var options = ask("/signin/options", "POST", JSON.createObjectNode(), csrf);
    var answer = JSON.createObjectNode().put("challenge", options.path("challenge").asString());
    answer.set("credential", passkey.get(options, origin));
    touches++;
    return ask("/signin/answer", "POST", answer, csrf).path("redirect").asString();
  }

  private JsonNode ask(String path, String method, ObjectNode body, String csrf)
      throws IOException {
    var request =
        HttpRequest.newBuilder(URI.create(origin + path))
            .header("Origin", origin)
            .header("Sec-Fetch-Site", "same-origin");
    if (!csrf.isEmpty()) request.header("Vigil-CSRF", csrf);
    if (method.equals("POST")) request.header("Content-Type", "application/json");
    var publisher =
        method.equals("POST") ? BodyPublishers.ofString(body.toString()) : BodyPublishers.noBody();
    var answer = send(request.method(method, publisher));
    if (answer.statusCode() >= 400) throw new AssertionError(path + ": " + answer.body());
    return JSON.readTree(answer.body());
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    String held =
        cookies.entrySet().stream()
            .map(one -> one.getKey() + "=" + one.getValue())
            .collect(Collectors.joining("; "));
    if (!held.isEmpty()) request.header("Cookie", held);
    try {
      var answer = client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
      for (String line : answer.headers().allValues("set-cookie")) keep(line);
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void keep(String line) {
    var pair = line.split(";", 2)[0].split("=", 2);
    if (line.contains("Max-Age=0")) cookies.remove(pair[0]);
    else cookies.put(pair[0], pair[1]);
  }

  @Override
  public void close() {
    client.close();
  }
}
