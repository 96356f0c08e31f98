// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.scene;

import dev.vigil.demo.bank.Bank;
import dev.vigil.demo.phone.VertxTransport;
import dev.vigil.sdk.port.Body;
import dev.vigil.sdk.port.Headers;
import dev.vigil.sdk.port.Transport.Peer;
import dev.vigil.sdk.port.Transport.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Every form in which somebody could try a password, and the proof that nothing could take one.
final class PasswordScenes {

  private static final Pattern VERIFIER =
      Pattern.compile(
          "passw|passphrase|pwd|bcrypt|argon|scrypt|pbkdf|salt|(^|[._])(otp|pin)($|_)|secret_question");

  private final Bank bank;
  private final VertxTransport transport;

  PasswordScenes(Bank bank) {
    this.bank = bank;
    this.transport =
        new VertxTransport(
            bank.vertx(),
            new VertxTransport.Network(Optional.of("127.0.20.6"), java.util.Map.of()));
  }

  List<Scene> scenes() {
    return List.of(
        new Scene("a password in every form is refused", "6 of 6 refused", this::everyForm),
        new Scene(
            "the store has no place for a password verifier", "no verifier", this::noVerifier));
  }

  private record Attempt(String path, String form, Headers headers) {}

  private static List<Attempt> attempts() {
    String basic =
        "Basic "
            + Base64.getEncoder()
                .encodeToString("clara@mail.example:hunter2".getBytes(StandardCharsets.UTF_8));
    return List.of(
        new Attempt(
            "/oauth/token",
            "grant_type=password&username=clara%40mail.example&password=hunter2&client_id=vigil-phone",
            Headers.NONE),
        new Attempt(
            "/oauth/token",
            "grant_type=client_credentials&client_id=vigil-phone&client_secret=hunter2",
            Headers.NONE),
        new Attempt(
            "/oauth/token",
            "grant_type=client_credentials",
            Headers.NONE.with("Authorization", basic)),
        new Attempt(
            "/oauth/token",
            "grant_type=authorization_code&code=x&otp=123456&client_id=vigil-phone",
            Headers.NONE),
        new Attempt(
            "/oauth/par",
            "client_id=vigil-phone&response_type=code&password=hunter2",
            Headers.NONE),
        new Attempt(
            "/oauth/par",
            "client_id=vigil-phone&response_type=code",
            Headers.NONE.with("Authorization", basic)));
  }

  private String everyForm() throws IOException {
    int refused = 0;
    for (var attempt : attempts()) {
      var headers = attempt.headers().with("Content-Type", "application/x-www-form-urlencoded");
      var request =
          new Request(
              "POST",
              bank.issuer().resolve(attempt.path()),
              headers,
              Body.of(attempt.form().getBytes(StandardCharsets.UTF_8)));
      var response =
          transport.send(request, new Peer(Optional.empty(), bank.anchors(), Optional.empty()));
      try (var body = response.body()) {
        String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
        if (response.status() >= 400 && response.status() < 500 && text.contains("password"))
          refused++;
      }
    }
    return refused + " of " + attempts().size() + " refused";
  }

  /// Reads the names of all tables and columns of the running server's own database.
  private String noVerifier() throws SQLException {
    Path database = bank.server().configuration().dataFolder().resolve("vigil.db");
    var found = new ArrayList<String>();
    try (var connection = DriverManager.getConnection("jdbc:sqlite:file:" + database + "?mode=ro");
        var columns = connection.getMetaData().getColumns(null, null, "%", "%")) {
      int read = 0;
      while (columns.next()) {
        if (columns.getString("TABLE_NAME").startsWith("sqlite_")) continue;
        read++;
        String name =
            (columns.getString("TABLE_NAME") + "." + columns.getString("COLUMN_NAME"))
                .toLowerCase(Locale.ROOT);
        if (VERIFIER.matcher(name).find()) found.add(name);
      }
      if (read == 0) return "the database could not be looked into";
    }
    return found.isEmpty() ? "no verifier" : "suspicious: " + found;
  }
}
