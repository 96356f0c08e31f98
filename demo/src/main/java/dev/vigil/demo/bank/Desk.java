// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.bank;

import dev.vigil.demo.phone.PageVisitor;
import dev.vigil.demo.phone.SoftwarePasskey;
import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.TimeSource;
import dev.vigil.server.Vigil;
import dev.vigil.server.cli.Context;
import dev.vigil.server.cli.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The administrator's desk: the same command line that people type, signed in with a passkey, over
/// the wire.
public final class Desk {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String LOCAL = "127.0.0.1";

  private final Path folder;
  private final TimeSource time;
  private final Entropy entropy;
  private final PageVisitor visitor = new PageVisitor(new SoftwarePasskey(), LOCAL);

  /// @param folder where the command line keeps its sign-in
  public Desk(Path folder, TimeSource time, Entropy entropy) {
    this.folder = folder;
    this.time = time;
    this.entropy = entropy;
  }

  /// A command was refused; the message is what it printed.
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  /// Where files for commands can be left.
  public Path folder() {
    return folder;
  }

  /// Registers the first administrator with the one-time link.
  public void register(URI link) throws IOException {
    visitor.register(link, Optional.of(new PageVisitor.Name("ada@bank.example", "Ada Admin")));
  }

  /// Signs the administrator in: `vigil login`.
  public void signIn(URI issuer, Path authority) {
    run("login", "--issuer", issuer.toString(), "--ca", authority.toString());
  }

  /// Runs a command and reads its answer.
  public JsonNode ask(String... command) {
    var all = new ArrayList<>(List.of(command));
    all.add("--json");
    return JSON.readTree(run(all.toArray(String[]::new)));
  }

  /// What is known of a person.
  public JsonNode subject(String userName) {
    return ask("user", "show", userName).required("subject");
  }

  /// Runs a command that changes something.
  public JsonNode change(String reason, String... command) {
    var all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--reason", reason));
    return ask(all.toArray(String[]::new));
  }

  /// Runs a command as it is typed on the server's own machine; the answer is what it printed.
  ///
  /// @throws Refused if it does not end well
  public String run(String... command) {
    var output = new StringWriter();
    var errors = new StringWriter();
    var terminal = new Terminal(new PrintWriter(output), new PrintWriter(errors), Optional.empty());
    var context = new Context(terminal, folder, time, entropy, this::browse);
    int code = Vigil.tree(context).run(command);
    if (code != 0) throw new Refused("vigil " + String.join(" ", command) + ": " + errors + output);
    return output.toString();
  }

  /// The person's browser: signs in on the page, then goes where the page sends it.
  private boolean browse(URI page) {
    Thread.ofVirtual()
        .start(() -> {
          try (var client = HttpClient.newHttpClient()) {
            var back = visitor.open(page, URI.create("http://127.0.0.1/callback"));
            if (back.isPresent())
              client.send(HttpRequest.newBuilder(back.get()).build(), BodyHandlers.discarding());
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    return true;
  }
}
