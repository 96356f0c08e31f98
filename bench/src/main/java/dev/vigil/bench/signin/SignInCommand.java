// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.signin;

import dev.vigil.bench.Figures;
import dev.vigil.bench.Report;
import dev.vigil.bench.Workplace;
import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.TimeSource;
import dev.vigil.server.SystemTime;
import dev.vigil.server.cli.Exit;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `vigil bench signin`: what a sign-in with a passkey costs, beside a password and a one-time code
/// at Keycloak in the same run.
@Command(
    name = "signin",
    description = "sign-ins with passkeys: rate, delay and processor time, beside Keycloak",
    footer = {
      "",
      "A sign-in is whole: the app pushes its request (private_key_jwt, PKCE, DPoP), the browser",
      "loads the page and answers it, the app redeems the code, and the tokens are looked at.",
      "Keycloak, fetched once, has the same app and people with a password and a one-time code",
      "instead. Both servers are processes of their own and take turns; only their processor time",
      "counts. One at a time tells the machine time of a sign-in, without the person's;",
      "`machine_faster` is the part of Keycloak's that Vigil saves. 16 at a time tell the rest.",
      "No limit is lifted: there are many people, each at an address of their own. Whatever does",
      "not end in a token is an error, and the command fails.",
      "",
      "Example:",
      "  vigil bench signin --quick --json"
    })
public final class SignInCommand implements Callable<Integer> {

  private static final int QUICK = 120;
  private static final int FULL = 240;
  private static final int TOLD = 5;

  private final Report report;
  private final TimeSource time;
  private final Entropy entropy = SystemTime.entropy();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  boolean help;

  @Option(
      names = "--quick",
      description = "shorter rounds, within four minutes once the peer is fetched")
  boolean quick;

  @Option(names = "--alone", description = "without Keycloak")
  boolean alone;

  @Option(
      names = "--people",
      paramLabel = "N",
      description = "how many people there are (default: 240; quick: 120)")
  int people;

  @Option(names = "--json", description = "the figures as one JSON object in the last line")
  boolean json;

  public SignInCommand(Report report, TimeSource time) {
    this.report = report;
    this.time = time;
  }

  @Override
  public Integer call() throws Exception {
    int several = people > 0 ? people : quick ? QUICK : FULL;
    var plan = quick ? Plan.quick(several) : Plan.full(several);
    var keys = App.Keys.generate();
    double before = load();
    try (var folder = new Workplace();
        var beside = beside(folder.path());
        var server = VigilSite.start(folder.path(), time, entropy)) {
      var sites = new ArrayList<Site>();
      report.progress("vigil: starting");
      sites.add(server.furnish(plan.people(), keys, report));
      String reason = beside.furnish(plan.people(), keys, report, sites);
      var all = new Turns(new Load(time), plan, report).take(sites);
      sites.forEach(Site::close);
      return answer(plan, all, before, reason);
    }
  }

  /// The peer, which starts while Vigil is furnished.
  private Beside beside(Path folder) throws InterruptedException {
    if (alone) return new Beside(Optional.empty(), "left out by --alone");
    try {
      var installed = new KeycloakFolder(Path.of(System.getProperty("vigil.home", "")));
      installed.prepare(report::progress);
      report.progress("keycloak: starting");
      return new Beside(Optional.of(Keycloak.start(installed, folder, time, entropy)), "");
    } catch (IOException e) {
      return new Beside(Optional.empty(), String.valueOf(e.getMessage()));
    }
  }

  /// Keycloak, or why it is not there.
  private record Beside(Optional<Keycloak> keycloak, String reason) implements AutoCloseable {

    /// Adds it to the sites that are measured; why not, if it cannot be had.
    String furnish(int people, App.Keys keys, Report report, List<Site> sites)
        throws IOException, InterruptedException, GeneralSecurityException {
      if (keycloak.isEmpty()) return reason;
      try {
        sites.add(keycloak.get().furnish(people, keys, report));
        return reason;
      } catch (Keycloak.Absent e) {
        return String.valueOf(e.getMessage());
      }
    }

    @Override
    public void close() {
      keycloak.ifPresent(Keycloak::close);
    }
  }

  /// How many processes the machine was busy with during the last minute.
  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  /// @param all what came of each server, ours first
  /// @param reason why there is no peer
  private int answer(Plan plan, SequencedMap<String, Results> all, double before, String reason) {
    all.forEach((name, results) -> results.text().forEach(line -> report.line(name + ", " + line)));
    var figures = new LinkedHashMap<String, Object>();
    figures.put("bench", "signin");
    figures.put("quick", quick);
    figures.putAll(plan.json());
    figures.put("cores", Runtime.getRuntime().availableProcessors());
    figures.put("load_before", Figures.rounded(before));
    figures.put("load_after", Figures.rounded(load()));
    var ours = all.firstEntry().getValue();
    figures.putAll(ours.headline());
    if (all.size() == 1) {
      report.line("Keycloak was not measured: " + reason);
      for (String name : Results.PEER) figures.put(name, "not measured: " + reason);
    } else {
      var peer = all.lastEntry();
      figures.put("peer", peer.getKey());
      figures.putAll(peer.getValue().asPeer());
      double faster = 1 - ours.wholeMillis() / peer.getValue().wholeMillis();
      figures.put("machine_faster", Figures.rounded(faster));
      report.line(
          "a whole sign-in takes %.0f %% less machine time than there".formatted(100 * faster));
    }
    all.forEach((name, results) -> figures.put(name.replaceAll(" .*", ""), results.json()));
    var errors = all.values().stream().flatMap(results -> results.errors().stream()).toList();
    figures.put("errors", errors.size());
    errors.stream().distinct().limit(TOLD).forEach(error -> report.progress("error: " + error));
    if (json) report.json(figures);
    return (errors.isEmpty() ? Exit.DONE : Exit.REFUSED).code();
  }
}
