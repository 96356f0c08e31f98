// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.openid;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A Keycloak in a process of its own, with one realm that is imported, everything in memory, and
/// its administrator's interface. The full run of `./verify` unpacks it into the build folder.
final class Keycloak implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Path HOME =
      Path.of("target", "keycloak", "keycloak-26.7.3").toAbsolutePath();
  private static final String PASSWORD = "the-administrator-of-a-test";

  private final Process process;
  private final URI address;
  private final HttpClient client = HttpClient.newHttpClient();

  private Keycloak(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /// An address for one that is yet to be started.
  static URI freeAddress() throws IOException {
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + free.getLocalPort());
    }
  }

  /// Starts it and waits until it listens.
  ///
  /// @param realm the realm `bank` in Keycloak's JSON
  /// @param authority a certificate in PEM that it trusts
  static Keycloak start(URI address, String realm, Path authority) throws IOException {
    var place = Files.createDirectories(HOME.resolve("data/import"));
    Files.writeString(place.resolve("bank-realm.json"), realm);
    var builder =
        new ProcessBuilder(
                HOME.resolve("bin/kc.sh").toString(),
                "start-dev",
                "--import-realm",
                "--db=dev-mem",
                "--http-host=" + address.getHost(),
                "--http-port=" + address.getPort(),
                "--truststore-paths=" + authority)
            .redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
    builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", PASSWORD);
    var process = builder.start();
    awaitReady(process.inputReader());
    return new Keycloak(process, address);
  }

  private static void awaitReady(BufferedReader output) throws IOException {
    var said = Collections.synchronizedList(new ArrayList<String>());
    for (var line = output.readLine(); line != null; line = output.readLine()) {
      said.add(line);
      if (line.contains("Listening on:")) {
        System.out.println(line);
        Thread.ofVirtual().start(() -> drain(output));
        return;
      }
    }
    throw new AssertionError("Keycloak did not start: " + String.join("\n", said));
  }

  /// What it says later goes to the log of the test.
  private static void drain(BufferedReader output) {
    try {
      for (var line = output.readLine(); line != null; line = output.readLine())
        System.out.println(line);
    } catch (IOException | UncheckedIOException _) {
      // It was stopped.
    }
  }

  /// Ends every session of a person, as an administrator does.
  void signOut(String userName) throws IOException {
    var user = get("/users?exact=true&username=" + userName).path(0).path("id").asString();
    send("POST", "/users/" + user + "/logout", "");
  }

  /// The name of the key that signs ID tokens now.
  String signingKey() throws IOException {
    return get("/keys").path("active").path("RS256").asString();
  }

  /// Makes a new key for ID tokens, and takes the old ones away.
  void rotateKeys() throws IOException {
    String type = "org.keycloak.keys.KeyProvider";
    List<String> old =
        StreamSupport.stream(get("/components?type=" + type).spliterator(), false)
            .filter(one -> one.path("providerId").asString().equals("rsa-generated"))
            .map(one -> one.path("id").asString())
            .toList();
    var made = JSON.createObjectNode().put("name", "newer").put("providerId", "rsa-generated");
    made.put("providerType", type).put("parentId", "bank");
    made.putObject("config").putArray("priority").add("200");
    send("POST", "/components", made.toString());
    for (String id : old) send("DELETE", "/components/" + id, "");
  }

  private JsonNode get(String path) throws IOException {
    return JSON.readTree(send("GET", path, ""));
  }

  private String send(String method, String path, String json) throws IOException {
    var request =
        HttpRequest.newBuilder(address.resolve("/admin/realms/bank" + path))
            .header("Authorization", "Bearer " + token())
            .header("Content-Type", "application/json");
    return body(request.method(method, BodyPublishers.ofString(json)));
  }

  private String token() throws IOException {
    var form = "grant_type=password&client_id=admin-cli&username=admin&password=" + PASSWORD;
    var request =
        HttpRequest.newBuilder(address.resolve("/realms/master/protocol/openid-connect/token"))
            .header("Content-Type", "application/x-www-form-urlencoded");
    return JSON.readTree(body(request.POST(BodyPublishers.ofString(form))))
        .path("access_token")
        .asString();
  }

  private String body(HttpRequest.Builder request) throws IOException {
    try {
      var answer = client.send(request.build(), BodyHandlers.ofString());
      if (answer.statusCode() >= 400) throw new IOException(answer + " " + answer.body());
      return answer.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    client.close();
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }
}
