// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.openid;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A person's browser without a window: it keeps each site's cookies, follows redirects, signs in
/// where Vigil's page asks for it, and stops where it is sent to a site that is not there.
final class WebBrowser implements AutoCloseable {

  static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MOST_STEPS = 12;

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final Map<String, Map<String, String>> cookies = new HashMap<>();
  private final String pages;
  private final Set<String> sites;
  private final Way way;
  private String csrf = "";

  /// @param pages where Vigil's pages are
  /// @param others what else is really there
  WebBrowser(URI pages, Way way, URI... others) {
    this.pages = origin(pages);
    this.way = way;
    this.sites =
        java.util.Arrays.stream(others).map(WebBrowser::origin).collect(Collectors.toSet());
    this.sites.add(this.pages);
  }

  /// How the person signs in on Vigil's page.
  interface Way {

    /// Does what the page's script does; where the browser goes on.
    String signIn(WebBrowser browser) throws IOException;
  }

  /// Where the browser ended up.
  ///
  /// @param touches how often the person signed in on the way
  record Landed(URI at, int touches) {}

  /// A page, or an address of a site that is not there.
  record Page(URI at, String body) {}

  private static String origin(URI address) {
    return address.getScheme() + "://" + address.getRawAuthority();
  }

  String pages() {
    return pages;
  }

  Landed go(URI start) throws IOException {
    var page = follow(start);
    int touches = 0;
    while (page.body().contains("sign-in.js") && touches < 2) {
      touches++;
      page = follow(page.at().resolve(way.signIn(this)));
    }
    if (sites.contains(origin(page.at())))
      throw new AssertionError("the browser stays at " + page.at() + ": " + page.body());
    return new Landed(page.at(), touches);
  }

  /// Deletes the cookies of Vigil's pages, and no others.
  void forgetPages() {
    cookies.remove(pages);
    csrf = "";
  }

  /// Goes there, and wherever it is redirected.
  Page follow(URI start) throws IOException {
    var at = start;
    for (int step = 0; step < MOST_STEPS; step++) {
      if (!sites.contains(origin(at))) return new Page(at, "");
      var answer = send(HttpRequest.newBuilder(at).GET());
      var location = answer.headers().firstValue("location");
      if (location.isEmpty()) return new Page(at, answer.body());
      at = at.resolve(location.get());
    }
    throw new AssertionError("the browser is sent around in circles");
  }

  /// Sends a form, and goes where that leads.
  Page submit(URI action, Map<String, String> form) throws IOException {
    String body =
        form.entrySet().stream()
            .map(one ->
                one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    var answer =
        send(
            HttpRequest.newBuilder(action)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    var location = answer.headers().firstValue("location");
    if (location.isEmpty()) return new Page(action, answer.body());
    return follow(action.resolve(location.get()));
  }

  /// What the page's script asks for.
  JsonNode ask(String path) throws IOException {
    return asked(path, HttpRequest.newBuilder(URI.create(pages + path)).GET());
  }

  /// What the page's script sends.
  JsonNode send(String path, ObjectNode body) throws IOException {
    return asked(
        path,
        HttpRequest.newBuilder(URI.create(pages + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString())));
  }

  private JsonNode asked(String path, HttpRequest.Builder request) throws IOException {
    request.header("Origin", pages).header("Sec-Fetch-Site", "same-origin");
    if (!csrf.isEmpty()) request.header("Vigil-CSRF", csrf);
    var answer = send(request);
    if (answer.statusCode() >= 400) throw new AssertionError(path + ": " + answer.body());
    var json = JSON.readTree(answer.body());
    if (json.hasNonNull("csrf")) csrf = json.path("csrf").asString();
    return json;
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    var jar =
        cookies.computeIfAbsent(origin(request.copy().build().uri()), _ -> new LinkedHashMap<>());
    String held =
        jar.entrySet().stream()
            .map(one -> one.getKey() + "=" + one.getValue())
            .collect(Collectors.joining("; "));
    if (!held.isEmpty()) request.header("Cookie", held);
    try {
      var answer = client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
      for (String line : answer.headers().allValues("set-cookie")) keep(jar, line);
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static void keep(Map<String, String> jar, String line) {
    var pair = line.split(";", 2)[0].split("=", 2);
    if (line.contains("Max-Age=0")) jar.remove(pair[0]);
    else jar.put(pair[0], pair[1]);
  }

  @Override
  public void close() {
    client.close();
  }
}
