// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.server.cli.Context;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `vigil server`: runs one server until it is told to stop.
@Command(
    name = "server",
    description = "run a server, with everything embedded by default",
    footer = {
      "",
      "Without a configuration it serves this machine only, with its data in ./vigil-data.",
      "It ends with 0 after SIGTERM or SIGINT, once the requests under way are answered.",
      "",
      "Example:",
      "  vigil server --config /etc/vigil/vigil.yaml"
    })
final class ServerCommand extends LocalCommand {

  private final long began;

  @Mixin Place place = new Place();

  ServerCommand(Context context) {
    super(context, "the server does not start");
    this.began = context.time().nanos();
  }

  @Override
  void run() throws IOException {
    try (var server = Assembly.start(place.configuration())) {
      announce(server);
      untilTold(server);
    }
  }

  /// Where somebody finds what.
  ///
  /// @param link the file with the link for the first administrator
  private record Ready(long milliseconds, Path authority, Optional<Path> link) {}

  private void announce(Assembly server) throws IOException {
    var folder = server.configuration().dataFolder();
    var authority = server.writeAnchor(folder);
    var link = OneTimeLink.keepFirst(folder, server.firstAdministrator());
    long milliseconds = TimeUnit.NANOSECONDS.toMillis(context.time().nanos() - began);
    var ready = new Ready(milliseconds, authority, link);
    if (json) forProgram(server, ready);
    else forPerson(server, ready);
  }

  private void forProgram(Assembly server, Ready ready) {
    var face = server.configuration().face();
    var line =
        object()
            .put("ready_after_ms", ready.milliseconds())
            .put("issuer", face.issuer().toString())
            .put("pages", face.browser().toString())
            .put("gateway", server.configuration().gateway().url().toString())
            .put("mutual_tls", server.mutualTls().toString())
            .put("authority", ready.authority().toString());
    ready.link().ifPresent(file -> line.put("first_administrator", file.toString()));
    context.terminal().line(line.toString());
  }

  private void forPerson(Assembly server, Ready ready) {
    var terminal = context.terminal();
    var face = server.configuration().face();
    terminal.line("vigil is ready after " + ready.milliseconds() + " ms");
    terminal.line("  phones and programs  " + face.issuer());
    terminal.line("  pages                " + face.browser());
    terminal.line(
        "  apps                 " + server.configuration().gateway().url() + " (mutual TLS)");
    terminal.line("  partners' tokens     " + server.mutualTls() + "/oauth/token (mutual TLS)");
    terminal.line("  authority            " + ready.authority());
    ready
        .link()
        .ifPresent(file ->
            terminal.line(
                "  first administrator  open the link in " + file + " within 15 minutes"));
    if (face.certificate().isEmpty() && !face.plainLoopbackPages()) {
      terminal.error(
          "vigil: browsers refuse passkeys on pages whose certificate they do not trust, and "
              + face.browser()
              + " shows Vigil's own");
      terminal.error(
          "  next  give `public.certificate` and `public.key` of an authority that browsers trust");
    }
  }

  /// Waits for SIGTERM or SIGINT, and ends the process once the drain has: with 0, for it did what
  /// it was told.
  private static void untilTold(Assembly server) {
    var never = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(() -> {
                  server.close();
                  Runtime.getRuntime().halt(0);
                }));
    try {
      never.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
