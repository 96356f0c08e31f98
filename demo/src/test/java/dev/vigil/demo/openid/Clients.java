// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.openid;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.vigil.demo.bank.Desk;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The apps and services that the scenes play, registered by an administrator's commands, and what
/// each of them knows: keys of its own, and nothing of the others.
final class Clients {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Desk desk;
  private final Path folder;
  private final ObjectNode world = JSON.createObjectNode();

  Clients(Desk desk, Path folder, URI issuer) {
    this.desk = desk;
    this.folder = folder;
    world.put("issuer", issuer.toString());
  }

  void register() throws IOException, GeneralSecurityException {
    web("payroll", "payroll", "--after-logout", "https://payroll.example/bye");
    web("payroll-backend", "payroll", "--calls", "ledger");
    web("notes", "ledger", "--plain");
    for (String app : List.of("payroll-app", "other-app"))
      add(app, "payroll", "native", "--redirect", "http://127.0.0.1:4711/callback");
    var settlement = machine("settlement-machine");
    var keys = keys("settlement");
    var service = List.of("--machine", settlement.machine(), "--jwks", keys, "--scope", "settle");
    add("settlement", "settlement", "service", service.toArray(String[]::new));
    var shown = machine("ledger-machine");
    world.set("certificate", shown.identity());
    world.set("stranger", machine("other-machine").identity());
    String callback = "https://ledger.example/callback";
    add("ledger", "ledger", "web", "--redirect", callback, "--certificate", shown.file());
  }

  /// Registers a server that people sign in to, with a key of its own.
  void web(String id, String app, String... more) throws IOException {
    var options = new ArrayList<>(List.of("--jwks", keys(id)));
    options.addAll(List.of("--redirect", "https://" + id + ".example/callback"));
    options.addAll(List.of(more));
    add(id, app, "web", options.toArray(String[]::new));
  }

  private void add(String id, String app, String kind, String... more) {
    var command = new ArrayList<>(List.of("client", "add", id, "--app", app, "--kind", kind));
    if (!kind.equals("service"))
      for (String scope : List.of("openid", "profile", "offline_access"))
        command.addAll(List.of("--scope", scope));
    command.addAll(List.of(more));
    desk.change("it moves to Vigil", command.toArray(String[]::new));
  }

  /// The file with the public half of a client's new key.
  private String keys(String client) throws IOException {
    try {
      ECKey key = new ECKeyGenerator(Curve.P_256).keyID(client + "-1").generate();
      world.withObject("keys").set(client, JSON.readTree(key.toJSONString()));
      var set = new JWKSet(key.toPublicJWK()).toString();
      return Files.writeString(folder.resolve(client + "-keys.json"), set).toString();
    } catch (JOSEException e) {
      throw new IOException(e);
    }
  }

  /// A machine with its certificate.
  ///
  /// @param machine its id
  /// @param file where its certificate is
  /// @param identity what it shows over mutual TLS
  private record Certified(String machine, String file, ObjectNode identity) {}

  private Certified machine(String name) throws IOException, GeneralSecurityException {
    var made = Machine.generate();
    var csr = Files.writeString(folder.resolve(name + ".csr"), made.certificateRequest());
    var answer = desk.change("a contract", "partner", "add", name, "--csr", csr.toString());
    String certificates = answer.path("certificates").asString();
    var file = Files.writeString(folder.resolve(name + ".pem"), certificates);
    var identity =
        JSON.createObjectNode().put("key", made.privateKey()).put("certificates", certificates);
    return new Certified(
        answer.path("device").path("subject").asString(), file.toString(), identity);
  }

  /// The file with all of it.
  ///
  /// @param skew how far the server's clock is ahead
  Path write(Duration skew) throws IOException {
    world.put("skew", skew.toSeconds());
    return Files.writeString(folder.resolve("world.json"), world.toString());
  }
}
