// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.server.cli.Context;
import dev.vigil.server.cli.Exit;
import dev.vigil.server.cli.Terminal;
import dev.vigil.server.config.Configuration;
import dev.vigil.server.config.ConfigurationReader;
import dev.vigil.server.config.ConfigurationReader.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `vigil server`: runs one server until it is told to stop.
@Command(
    name = "server",
    description = "run a server, with everything embedded by default",
    footer = {
      "",
      "Without a configuration it serves this machine only, with its data in ./vigil-data.",
      "",
      "Example:",
      "  vigil server --config /etc/vigil/vigil.yaml"
    })
final class ServerCommand implements Callable<Integer> {

  private final Context context;
  private final long began;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  boolean help;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "the configuration, YAML; docs/configuration.md lists its keys")
  Optional<Path> config = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "the data folder, instead of the configuration's")
  Optional<Path> data = Optional.empty();

  ServerCommand(Context context) {
    this.context = context;
    this.began = context.time().nanos();
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var configuration = configured(context.terminal(), config, data);
    if (configuration.isEmpty()) return Exit.USAGE.code();
    try (var server = Assembly.start(configuration.get())) {
      announce(server);
      untilTold(server);
      return Exit.DONE.code();
    } catch (StartRefused | KeyPassword.Unusable refused) {
      context.terminal().error("vigil: the server does not start: " + refused.getMessage());
      if (refused instanceof StartRefused start)
        context.terminal().error("  next  " + start.next());
      return Exit.REFUSED.code();
    }
  }

  /// Reads the configuration, or says everything that is wrong with it.
  static Optional<Configuration> configured(
      Terminal terminal, Optional<Path> config, Optional<Path> data) throws IOException {
    var here = Path.of("").toAbsolutePath();
    String file = config.map(Path::toString).orElse("vigil.yaml");
    if (config.isPresent() && !Files.isReadable(config.get())) {
      terminal.error("vigil: `" + file + "` cannot be read");
      terminal.error("  next  check the path after --config");
      return Optional.empty();
    }
    String text = config.isPresent() ? Files.readString(config.get()) : "";
    return switch (ConfigurationReader.read(
        file, text, config.map(path -> path.toAbsolutePath().getParent()).orElse(here))) {
      case Reading.Read(Configuration read) ->
          Optional.of(data.map(folder -> read.in(folder.toAbsolutePath())).orElse(read));
      case Reading.Rejected(var problems) -> {
        problems.forEach(terminal::error);
        terminal.error("  next  correct the configuration; nothing was started");
        yield Optional.empty();
      }
    };
  }

  private void announce(Assembly server) throws IOException {
    var terminal = context.terminal();
    var face = server.configuration().face();
    var anchor = writeAnchor(server.configuration().dataFolder(), server.anchor());
    terminal.line(
        "vigil is ready after "
            + TimeUnit.NANOSECONDS.toMillis(context.time().nanos() - began)
            + " ms");
    terminal.line("  phones and programs  " + face.issuer());
    terminal.line("  pages                " + face.browser());
    terminal.line(
        "  apps                 " + server.configuration().gateway().url() + " (mutual TLS)");
    terminal.line("  partners' tokens     " + server.mutualTls() + "/oauth/token (mutual TLS)");
    terminal.line("  authority            " + anchor);
    var link = server.firstAdministrator();
    if (link.isPresent()) {
      terminal.line(
          "  first administrator  open the link in "
              + FirstLink.write(server.configuration().dataFolder(), link.get())
              + " within 15 minutes");
    }
    if (face.certificate().isEmpty() && !face.plainLoopbackPages()) {
      terminal.error(
          "vigil: browsers refuse passkeys on pages whose certificate they do not trust, and "
              + face.browser()
              + " shows Vigil's own");
      terminal.error(
          "  next  give `public.certificate` and `public.key` of an authority that browsers trust");
    }
  }

  /// The root certificate in PEM, for command lines and for phones to be set up.
  static Path writeAnchor(Path folder, X509Certificate anchor) throws IOException {
    try {
      var file = folder.resolve("authority.pem");
      String body =
          Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(anchor.getEncoded());
      Files.writeString(
          file, "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n");
      return file;
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate of ours can be encoded", e);
    }
  }

  /// Waits for SIGTERM or SIGINT; the process ends once the drain has.
  private static void untilTold(Assembly server) throws InterruptedException {
    var told = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(() -> {
                  server.close();
                  told.countDown();
                }));
    told.await();
  }
}
