// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.phone;

import dev.vigil.sdk.port.Browser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A person at a browser, over the wire: opens the page, does what its script does, and confirms
/// with the passkey. What the page would show before approval is kept for the scenes to look at.
public final class PageVisitor implements Browser {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final SoftwarePasskey passkey;
  private final String local;
  private final LongAdder requests = new LongAdder();
  private volatile List<String> shown = List.of();

  /// @param local the address that this person's machine connects from
  public PageVisitor(SoftwarePasskey passkey, String local) {
    this.passkey = passkey;
    this.local = local;
  }

  /// The page did not let the visitor on; the message is the page's own.
  public static final class Stopped extends IOException {
    private static final long serialVersionUID = 1L;

    private final String code;

    Stopped(String code, String says) {
      super(says);
      this.code = code;
    }

    /// The refusal's stable code.
    public String code() {
      return code;
    }
  }

  @Override
  public Optional<URI> open(URI page, URI redirect) throws IOException {
    try (var visit = new Visit(page)) {
      return Optional.of(visit.follow(answered(visit, page)));
    }
  }

  private URI answered(Visit visit, URI page) throws IOException {
    visit.load(page);
    var state = visit.ask("GET", "/signin/visit", Optional.empty());
    shown =
        state
            .path("transaction")
            .path("members")
            .valueStream()
            .map(one -> one.path("name").asString() + ": " + one.path("value").asString())
            .toList();
    var options = visit.ask("POST", "/signin/options", Optional.of(JSON.createObjectNode()));
    var answer = JSON.createObjectNode().put("challenge", options.path("challenge").asString());
    answer.set("credential", passkey.get(options, visit.origin));
    return URI.create(
        visit.ask("POST", "/signin/answer", Optional.of(answer)).path("redirect").asString());
  }

  /// What the last page showed for approval, line by line.
  public List<String> shown() {
    return shown;
  }

  /// How many requests this person's browser has made.
  public long requests() {
    return requests.sum();
  }

  /// Registers this person's passkey with an invitation, or as the first administrator.
  ///
  /// @param link the one-time link
  /// @param name who the first administrator is; empty for somebody invited
  public void register(URI link, Optional<Name> name) throws IOException {
    try (var visit = new Visit(link)) {
      register(visit, link, name);
    }
  }

  private void register(Visit visit, URI link, Optional<Name> name) throws IOException {
    String kind =
        link.getPath().equals("/administrator")
            ? "/register/administrator"
            : "/register/invitation";
    visit.ask("POST", kind, Optional.of(JSON.createObjectNode().put("secret", link.getFragment())));
    var wanted = JSON.createObjectNode();
    name.ifPresent(given ->
        wanted.put("user_name", given.userName()).put("display_name", given.displayName()));
    var options = visit.ask("POST", "/register/options", Optional.of(wanted));
    var answer = JSON.createObjectNode().put("challenge", options.path("challenge").asString());
    answer.set("credential", passkey.create(options, visit.origin));
    visit.ask("POST", "/register/answer", Optional.of(answer));
  }

  /// Who somebody is.
  public record Name(String userName, String displayName) {}

  /// One tab: its cookies, and the token that its scripts send back.
  private final class Visit implements AutoCloseable {
    private final String origin;
    private final HttpClient client;
    private String csrf = "";
    private String cookie = "";

    Visit(URI page) throws IOException {
      this.origin = page.getScheme() + "://" + page.getRawAuthority();
      this.client =
          HttpClient.newBuilder()
              .localAddress(InetAddress.getByName(local))
              .connectTimeout(PATIENCE)
              .build();
    }

    void load(URI page) throws IOException {
      var response = send(HttpRequest.newBuilder(page).timeout(PATIENCE).GET());
      if (response.statusCode() >= 400) throw stopped(JSON.readTree(response.body()));
    }

    /// Where the browser ends up: a path of the site itself leads on.
    URI follow(URI next) throws IOException {
      if (next.isAbsolute()) return next;
      var response =
          send(HttpRequest.newBuilder(URI.create(origin + next)).timeout(PATIENCE).GET());
      return URI.create(
          response
              .headers()
              .firstValue("Location")
              .orElseThrow(() -> new Stopped("", "the app is not reached: " + response.body())));
    }

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
      if (!cookie.isEmpty()) request.header("Cookie", cookie);
      requests.increment();
      try {
        var response = client.send(request.build(), BodyHandlers.ofString());
        response
            .headers()
            .firstValue("Set-Cookie")
            .ifPresent(line -> cookie = line.split(";", 2)[0]);
        return response;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }

    @Override
    public void close() {
      client.close();
    }

    private static Stopped stopped(JsonNode problem) {
      return new Stopped(
          problem.path("code").asString(""),
          problem.path("title").asString("") + " " + problem.path("detail").asString(""));
    }
  }
}
