// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.phone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// One tab on Vigil's pages: its cookies, and the token that its scripts send back.
final class Tab implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final String origin;
  private final HttpClient client;
  private final LongAdder requests;
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private String csrf = "";

  /// @param page any address of the origin that the tab is on
  /// @param local the address that the browser connects from
  /// @param requests counts what is asked
  Tab(URI page, String local, LongAdder requests) throws IOException {
    this.requests = requests;
    this.origin = page.getScheme() + "://" + page.getRawAuthority();
    this.client =
        HttpClient.newBuilder()
            .localAddress(InetAddress.getByName(local))
            .connectTimeout(PATIENCE)
            .build();
  }

  String origin() {
    return origin;
  }

  /// Goes to a page and shows what came, whatever it was.
  HttpResponse<String> go(URI page) throws IOException {
    return send(HttpRequest.newBuilder(page).timeout(PATIENCE).GET());
  }

  /// Goes where a redirect of ours leads, without going there.
  URI leave(URI page) throws IOException {
    return page.resolve(location(go(page)));
  }

  static String location(HttpResponse<String> answer) throws IOException {
    return answer
        .headers()
        .firstValue("Location")
        .orElseThrow(() -> new IOException("no redirect, but status " + answer.statusCode()));
  }

  void load(URI page) throws IOException {
    var response = go(page);
    if (response.statusCode() >= 400) throw stopped(JSON.readTree(response.body()));
  }

  /// What a script of the page asks for.
  JsonNode ask(String method, String path, Optional<ObjectNode> body) throws IOException {
    var request =
        HttpRequest.newBuilder(URI.create(origin + path))
            .timeout(PATIENCE)
            .header("Origin", origin)
            .header("Sec-Fetch-Site", "same-origin");
    if (!csrf.isEmpty()) request.header("Vigil-CSRF", csrf);
    body.ifPresent(_ -> request.header("Content-Type", "application/json"));
    var response =
        send(
            request.method(
                method,
                body.map(json -> BodyPublishers.ofString(json.toString()))
                    .orElse(BodyPublishers.noBody())));
    var answer = JSON.readTree(response.body());
    if (response.statusCode() >= 400) throw stopped(answer);
    if (answer.hasNonNull("csrf")) csrf = answer.path("csrf").asString();
    return answer;
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    if (!cookies.isEmpty())
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(one -> one.getKey() + "=" + one.getValue())
              .collect(Collectors.joining("; ")));
    requests.increment();
    try {
      var response = client.send(request.build(), BodyHandlers.ofString());
      response.headers().allValues("Set-Cookie").forEach(this::keep);
      return response;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void keep(String line) {
    var pair = line.split(";", 2)[0].split("=", 2);
    if (pair[1].isEmpty()) cookies.remove(pair[0]);
    else cookies.put(pair[0], pair[1]);
  }

  /// Where the browser ends up: a path of the site itself leads on.
  URI follow(URI next) throws IOException {
    if (next.isAbsolute()) return next;
    var answer = go(URI.create(origin + next));
    return answer
        .headers()
        .firstValue("Location")
        .map(URI::create)
        .orElseThrow(() -> new PageVisitor.Stopped("", "the app is not reached: " + answer.body()));
  }

  @Override
  public void close() {
    client.close();
  }

  private static PageVisitor.Stopped stopped(JsonNode problem) {
    return new PageVisitor.Stopped(
        problem.path("code").asString(""),
        problem.path("title").asString("") + " " + problem.path("detail").asString(""));
  }
}
