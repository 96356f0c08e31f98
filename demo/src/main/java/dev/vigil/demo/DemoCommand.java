// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo;

import dev.vigil.demo.bank.Bank;
import dev.vigil.demo.bank.Premises;
import dev.vigil.demo.scene.Player;
import dev.vigil.demo.scene.Show;
import dev.vigil.server.SystemTime;
import dev.vigil.server.cli.Exit;
import dev.vigil.server.cli.Subcommand;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `vigil demo`: plays the bank of the case on real parts, then leaves it running to look around.
@Command(
    name = "demo",
    description = "play the bank: phones reach apps without a VPN, and nobody else does",
    footer = {
      "",
      "Everything is on loopback addresses and in a folder that goes away at the end.",
      "",
      "Example:",
      "  vigil demo --once"
    })
public final class DemoCommand implements Callable<Integer>, Subcommand {

  private static final int MOST_RECORDS = 200;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  boolean help;

  @Option(
      names = "--once",
      description = "end after the scenes; status 0 only if every scene came out as expected")
  boolean once;

  @Option(names = "--json", description = "one JSON object a line, a scene each; implies --once")
  boolean json;

  @Option(
      names = "--policies",
      paramLabel = "FOLDER",
      description = "the bank's policies (default: examples/bank/policies)")
  Optional<Path> policies = Optional.empty();

  @Option(
      names = "--identity",
      paramLabel = "FILE",
      description =
          "a file with the section `identity` of a server's configuration: people then come"
              + " through those providers, which must show mock-oauth2-server's plain form"
              + " (docs/federation.md)")
  Optional<Path> identity = Optional.empty();

  @Option(
      names = "--records",
      paramLabel = "FILE",
      description =
          "write the decision records of the scenes, JSON lines, at most 200; implies --once")
  Optional<Path> records = Optional.empty();

  @Override
  public Object command() {
    return this;
  }

  @Override
  public Integer call() throws Exception {
    var folder = Files.createTempDirectory("vigil-demo");
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> delete(folder)));
    var premises =
        new Premises(
            folder,
            policies.orElseGet(Premises::examples),
            Premises.Doors.USUAL,
            identity.isPresent() ? Files.readString(identity.get()) : "");
    long failures = show(premises);
    if (records.isPresent())
      RecordLines.write(
          premises.data(), Runtime.getRuntime().availableProcessors(), MOST_RECORDS, records.get());
    return failures == 0 ? Exit.DONE.code() : Exit.REFUSED.code();
  }

  /// Plays it; how many scenes came out otherwise than expected.
  private long show(Premises premises) throws Exception {
    var out =
        new PrintStream(
            new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8);
    var time = new SystemTime();
    long began = time.nanos();
    try (var server = premises.start();
        var bank = Bank.open(server, premises, time, SystemTime.entropy())) {
      var player = new Player(out, json ? Player.Form.JSON_LINES : Player.Form.TEXT, time);
      if (!json)
        out.printf(
            "The bank is open after %d ms: a Vigil server, four apps, nobody with a password.%n",
            TimeUnit.NANOSECONDS.toMillis(time.nanos() - began));
      new Show(bank).play(player);
      if (!once && !json && records.isEmpty()) stay(out, bank, premises);
      return player.failures();
    }
  }

  private static void stay(PrintStream out, Bank bank, Premises premises)
      throws InterruptedException {
    var face = bank.server().configuration().face();
    out.printf("%nThe server is still running. Look around, and end it with Ctrl-C:%n");
    out.printf(
        "  pages   %s%n  API     %s%n  apps    %s (mutual TLS)%n",
        face.browser(), face.issuer(), bank.server().configuration().gateway().url());
    out.printf(
        "  XDG_CONFIG_HOME=%s ./vigil events tail%n",
        premises.folder().resolve("desk").getParent());
    new CountDownLatch(1).await();
  }

  private static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
    } catch (IOException e) {
      System.err.println("vigil: `" + folder + "` could not be removed; remove it by hand");
    }
  }
}
