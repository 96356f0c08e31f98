// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench;

import dev.vigil.bench.Rounds.Round;
import dev.vigil.bench.load.Load;
import dev.vigil.bench.load.Upstream;
import dev.vigil.bench.load.Wish;
import dev.vigil.demo.bank.Premises;
import dev.vigil.kernel.TimeSource;
import dev.vigil.server.cli.Exit;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/// `vigil bench gateway`: what a request through the gateway costs, beside nginx in the same run.
@Command(
    name = "gateway",
    description = "requests through the gateway: rate, delay and processor time, beside nginx",
    footer = {
      "",
      "Server, app behind and load are processes of their own; only the server's processor time",
      "counts. Every request is 1 KiB there and back, over mutual TLS, is decided by the bank's",
      "policies and recorded. nginx, if it is installed, takes turns with Vigil: it checks the"
          + " same",
      "client certificate and decides nothing.",
      "",
      "Example:",
      "  vigil bench gateway --seconds 5 --connections 64 --json"
    })
final class GatewayCommand implements Callable<Integer> {

  private static final int TURNS = 2;
  private static final int WARM_UP_SECONDS = 8;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Report report;
  private final TimeSource time;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  boolean help;

  @Option(names = "--seconds", paramLabel = "N", description = "length of a round (default: 5)")
  int seconds = 5;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description =
          "requests under way at a time, each on its own HTTP/1.1 connection, or eight to an HTTP/2"
              + " connection (default: 64)")
  int connections = 64;

  @Option(names = "--json", description = "the figures as one JSON object in the last line")
  boolean json;

  GatewayCommand(Report report, TimeSource time) {
    this.report = report;
    this.time = time;
  }

  @Override
  public Integer call() throws Exception {
    try (var folder = new Workplace()) {
      var path = folder.path();
      var premises = new Premises(path, Premises.examples(), Premises.Doors.ANY);
      var configuration = premises.furnish();
      report.progress("starting a server, an app and a phone");
      try (var upstream = Child.java(path.resolve("upstream.log"), Upstream.class.getName());
          var server =
              Child.java(
                  path.resolve("server.log"),
                  "dev.vigil.server.Vigil",
                  "server",
                  "--config",
                  premises.file().toString())) {
        int port = Integer.parseInt(upstream.await("port ").substring(5));
        server.await("  first administrator");
        var app = URI.create("http://127.0.0.1:" + port);
        try (var stage = Stage.open(premises, configuration, app, time)) {
          withPeer(path, server, stage, port);
        }
      }
    }
    return Exit.DONE.code();
  }

  private void withPeer(Path folder, Child server, Stage stage, int upstream) throws Exception {
    var program = Nginx.installed();
    if (program.isEmpty()) {
      report.progress("skipped: nginx, the peer, is not installed");
      answer(measure(folder, server, stage, Optional.empty()));
      return;
    }
    try (var nginx =
        Nginx.start(
            program.get(),
            folder.resolve("nginx"),
            new Nginx.Between(stage.peer(), upstream),
            time.now())) {
      answer(measure(folder, server, stage, Optional.of(nginx)));
    }
  }

  /// Rounds by protocol and server.
  private SequencedMap<String, Rounds> measure(
      Path folder, Child server, Stage stage, Optional<Nginx> peer) throws Exception {
    var all = new LinkedHashMap<String, Rounds>();
    var plain = stage.wish(connections, seconds);
    for (boolean http2 : new boolean[] {false, true}) {
      String protocol = http2 ? "http2" : "http1";
      var wish = plain.over(http2);
      report.progress(protocol + ": warming up");
      load(folder, server, wish.lasting(WARM_UP_SECONDS));
      if (peer.isPresent()) load(folder, peer.get().child(), toPeer(wish, peer.get()).lasting(1));
      var ours = new Rounds();
      var theirs = new Rounds();
      for (int turn = 1; turn <= TURNS; turn++) {
        report.progress(protocol + ": round " + turn + " of " + TURNS);
        ours.add(load(folder, server, wish.with(stage.token())));
        if (peer.isPresent())
          theirs.add(load(folder, peer.get().child(), toPeer(wish, peer.get())));
      }
      all.put("vigil_" + protocol, ours);
      if (peer.isPresent()) all.put("nginx_" + protocol, theirs);
    }
    return all;
  }

  private static Wish toPeer(Wish wish, Nginx nginx) {
    return wish.to(nginx.port(), nginx.anchor());
  }

  private static Round load(Path folder, Child measured, Wish wish) throws IOException {
    try (var load = Child.java(folder.resolve("load.log"), Load.class.getName())) {
      load.feed(wish.write());
      var before = measured.cpu();
      var result = JSON.readTree(load.await("{"));
      double cpu = measured.cpu().minus(before).toNanos() / 1e9;
      if (result.has("trouble"))
        throw new IOException("the load went wrong: " + result.path("trouble").asString());
      double requests = result.path("requests").asDouble();
      return new Round(
          requests / result.path("seconds").asDouble(),
          result.path("p50_us").asDouble() / 1e3,
          result.path("p99_us").asDouble() / 1e3,
          cpu / requests * 10_000);
    }
  }

  private void answer(SequencedMap<String, Rounds> all) {
    all.forEach(
        (name, rounds) -> report.line("%-12s %s".formatted(name.replace('_', ' '), rounds.text())));
    var figures = new LinkedHashMap<String, Object>();
    figures.put("bench", "gateway");
    figures.put("seconds", seconds);
    figures.put("connections", connections);
    all.forEach((name, rounds) -> figures.put(name, rounds.json()));
    for (String protocol : new String[] {"http1", "http2"}) {
      var theirs = all.get("nginx_" + protocol);
      var ours = all.get("vigil_" + protocol);
      if (theirs == null || ours == null) continue;
      double ratio = ours.median(Round::cpu) / theirs.median(Round::cpu);
      report.line(protocol + ": %.1f times the processor time of nginx".formatted(ratio));
      figures.put("cpu_ratio_" + protocol, Figures.rounded(ratio));
    }
    if (json) report.json(figures);
  }
}
