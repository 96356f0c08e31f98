// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.signin;

import dev.vigil.bench.Child;
import dev.vigil.bench.Report;
import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Keycloak as the peer: in production mode over plain HTTP, its own file database and its own
/// password hashing, and people with a password and an authenticator app.
final class Keycloak implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Duration STEP = Duration.ofMillis(500);
  private static final int AT_ONCE = 25;

  /// A code counts once.
  private static final Duration PAUSE = Duration.ofSeconds(Totp.PERIOD_SECONDS + 1);

  private final Child server;
  private final URI root;
  private final String password;
  private final TimeSource time;
  private final Entropy entropy;
  private final HttpClient client = HttpClient.newHttpClient();

  private Keycloak(Child server, URI root, TimeSource time, Entropy entropy, String password) {
    this.server = server;
    this.root = root;
    this.time = time;
    this.entropy = entropy;
    this.password = password;
  }

  /// Keycloak cannot be had here.
  static final class Absent extends IOException {
    private static final long serialVersionUID = 1L;

    Absent(IOException cause) {
      super(String.valueOf(cause.getMessage()), cause);
    }
  }

  /// Begins to start it, with data in this folder.
  static Keycloak start(KeycloakFolder installed, Path folder, TimeSource time, Entropy entropy)
      throws IOException {
    int port = free();
    var data = Files.createDirectories(folder.resolve("keycloak"));
    String password = HexFormat.of().formatHex(entropy.bytes(16));
    var server =
        installed.start(
            folder.resolve("keycloak.log"),
            List.of(
                "start",
                "--optimized",
                "--http-enabled=true",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--hostname-strict=false",
                "--cache=local"),
            Map.of(
                "KC_BOOTSTRAP_ADMIN_USERNAME",
                "admin",
                "KC_BOOTSTRAP_ADMIN_PASSWORD",
                password,
                "KC_DB_URL",
                "jdbc:h2:file:"
                    + data.resolve("keycloakdb")
                    + ";NON_KEYWORDS=VALUE;DB_CLOSE_ON_EXIT=FALSE"));
    return new Keycloak(server, URI.create("http://127.0.0.1:" + port), time, entropy, password);
  }

  private static int free() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /// Waits until it is up, and lets people and the app in.
  ///
  /// @throws Absent if it does not come up
  Site furnish(int people, App.Keys keys, Report report)
      throws IOException, InterruptedException, GeneralSecurityException {
    awaitUp();
    report.progress("keycloak: a realm, an app, " + people + " people");
    post("/admin/realms", realm(keys));
    var all = new ArrayList<PasswordVisitor.Person>();
    for (int i = 0; i < people; i++)
      all.add(
          new PasswordVisitor.Person(
              "person-" + i,
              HexFormat.of().formatHex(entropy.bytes(8)),
              HexFormat.of().formatHex(entropy.bytes(10))));
    for (int from = 0; from < people; from += AT_ONCE) {
      post(
          "/admin/realms/bench/partialImport",
          users(all.subList(from, Math.min(people, from + AT_ONCE))));
      report.progress(
          "keycloak: %d of %d people".formatted(Math.min(people, from + AT_ONCE), people));
    }
    var requests = new LongAdder();
    var visitors = new ArrayList<PasswordVisitor>();
    for (int i = 0; i < people; i++)
      visitors.add(new PasswordVisitor(all.get(i), Addresses.of(i), time, requests));
    var provider =
        Provider.discover(root.resolve("/realms/bench"), "openid", SSLContext.getDefault());
    return new Site(
        "keycloak " + KeycloakFolder.VERSION,
        server,
        new App(keys, provider, time, entropy),
        new People(visitors, PAUSE, time),
        requests::sum);
  }

  private void awaitUp() throws IOException, InterruptedException {
    long end = time.nanos() + PATIENCE.toNanos();
    while (time.nanos() - end < 0) {
      try {
        var probe =
            HttpRequest.newBuilder(root.resolve("/realms/master")).timeout(PATIENCE).build();
        if (client.send(probe, BodyHandlers.discarding()).statusCode() == 200) return;
      } catch (java.net.ConnectException notYet) {
        // It does not listen yet.
      }
      if (!server.runsFor(STEP)) break;
    }
    throw new Absent(new IOException("it did not start: " + lastWords()));
  }

  private String lastWords() throws IOException {
    return server.complaint().lines().reduce("", (_, line) -> line);
  }

  private static ObjectNode realm(App.Keys keys) {
    var realm =
        JSON.createObjectNode()
            .put("realm", "bench")
            .put("enabled", true)
            .put("defaultSignatureAlgorithm", "ES256");
    var app =
        realm
            .putArray("clients")
            .addObject()
            .put("clientId", App.ID)
            .put("enabled", true)
            .put("clientAuthenticatorType", "client-jwt")
            .put("directAccessGrantsEnabled", false);
    app.putArray("redirectUris").add(App.CALLBACK.toString());
    app.putObject("attributes")
        .put("use.jwks.string", "true")
        .put("jwks.string", keys.jwks())
        .put("token.endpoint.auth.signing.alg", "ES256")
        .put("require.pushed.authorization.requests", "true")
        .put("pkce.code.challenge.method", "S256")
        .put("dpop.bound.access.tokens", "true");
    return realm;
  }

  private static ObjectNode users(List<PasswordVisitor.Person> people) {
    var content = JSON.createObjectNode().put("ifResourceExists", "FAIL");
    var users = content.putArray("users");
    for (var person : people) {
      var user =
          users
              .addObject()
              .put("username", person.name())
              .put("enabled", true)
              .put("email", person.name() + "@bank.example")
              .put("emailVerified", true)
              .put("firstName", "Person")
              .put("lastName", person.name());
      var credentials = user.putArray("credentials");
      credentials.addObject().put("type", "password").put("value", person.password());
      credentials
          .addObject()
          .put("type", "otp")
          .put("secretData", JSON.createObjectNode().put("value", person.secret()).toString())
          .put("credentialData", authenticator().toString());
    }
    return content;
  }

  private static ObjectNode authenticator() {
    return JSON.createObjectNode()
        .put("subType", "totp")
        .put("digits", 6)
        .put("counter", 0)
        .put("period", Totp.PERIOD_SECONDS)
        .put("algorithm", "HmacSHA1");
  }

  private void post(String path, JsonNode content) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(root.resolve(path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + administrator())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(content.toString()))
            .build();
    var answer = client.send(request, BodyHandlers.ofString());
    if (answer.statusCode() >= 300)
      throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
  }

  private String administrator() throws IOException, InterruptedException {
    var form =
        Map.of(
            "grant_type", "password",
            "client_id", "admin-cli",
            "username", "admin",
            "password", password);
    var request =
        HttpRequest.newBuilder(root.resolve("/realms/master/protocol/openid-connect/token"))
            .timeout(PATIENCE)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(App.encoded(form)))
            .build();
    var answer = JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
    return answer.path("access_token").asString();
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
