// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.signin;

import dev.vigil.bench.Figures;
import dev.vigil.bench.signin.Load.Round;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// What the rounds at one server came to. Rates and processor time are medians of rounds; delays
/// are of all sign-ins of all rounds.
final class Results {

  /// What says `not measured` if there is no peer.
  static final List<String> PEER =
      List.of(
          "peer",
          "peer_whole_signin_ms",
          "peer_logins_per_second",
          "peer_cpu_ms_per_login",
          "machine_faster");

  private final List<Round> signIns = new ArrayList<>();
  private final List<Round> refreshes = new ArrayList<>();

  void signIn(Round round) {
    signIns.add(round);
  }

  void refresh(Round round) {
    refreshes.add(round);
  }

  List<String> errors() {
    return Stream.concat(signIns.stream(), refreshes.stream())
        .flatMap(round -> round.errors().stream())
        .toList();
  }

  /// What a single sign-in takes from beginning to end.
  double wholeMillis() {
    return millis(signIns(Plan.ALONE)).median();
  }

  /// What is told first.
  Map<String, Object> headline() {
    var many = signIns(Plan.MANY);
    var all = new LinkedHashMap<String, Object>();
    all.put("signins_per_second", Figures.rounded(median(many, Round::perSecond)));
    all.put("cpu_ms_per_signin", Figures.rounded(median(many, Round::cpuMillis)));
    all.put("signins_per_cpu_second", Figures.rounded(1000 / median(many, Round::cpuMillis)));
    all.put("p50_ms", Figures.rounded(millis(many).median()));
    all.put("p99_ms", Figures.rounded(millis(many).share(0.99)));
    all.put("token_requests_per_second", Figures.rounded(median(refreshes, Round::perSecond)));
    all.put("cpu_ms_per_token_request", Figures.rounded(median(refreshes, Round::cpuMillis)));
    all.put("whole_signin_ms", Figures.rounded(wholeMillis()));
    return all;
  }

  /// The same of a peer.
  Map<String, Object> asPeer() {
    var mine = headline();
    var all = new LinkedHashMap<String, Object>();
    all.put("peer_whole_signin_ms", mine.get("whole_signin_ms"));
    all.put("peer_logins_per_second", mine.get("signins_per_second"));
    all.put("peer_cpu_ms_per_login", mine.get("cpu_ms_per_signin"));
    all.put("peer_logins_per_cpu_second", mine.get("signins_per_cpu_second"));
    all.put("peer_p50_ms", mine.get("p50_ms"));
    all.put("peer_p99_ms", mine.get("p99_ms"));
    all.put("peer_token_requests_per_second", mine.get("token_requests_per_second"));
    return all;
  }

  private List<Round> signIns(int concurrency) {
    return signIns.stream().filter(round -> round.concurrency() == concurrency).toList();
  }

  private static Figures millis(List<Round> rounds) {
    return new Figures(rounds.stream().flatMap(round -> round.millis().stream()).toList());
  }

  private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
    return Figures.of(rounds.stream().mapToDouble(figure)).median();
  }

  /// A line for each number of sign-ins under way, and one for refreshes.
  List<String> text() {
    var lines = new ArrayList<String>();
    for (int concurrency : new int[] {Plan.ALONE, Plan.SOME, Plan.MANY})
      lines.add("%2d at a time: %s".formatted(concurrency, text(signIns(concurrency), "sign-ins")));
    lines.add("%2d at a time: %s".formatted(Plan.MANY, text(refreshes, "refreshes")));
    return lines;
  }

  private static String text(List<Round> rounds, String what) {
    var millis = millis(rounds);
    return "%.1f %s/s, p50 %.1f ms, p99 %.1f ms, %.1f CPU ms each, %.1f requests each"
        .formatted(
            median(rounds, Round::perSecond),
            what,
            millis.median(),
            millis.share(0.99),
            median(rounds, Round::cpuMillis),
            median(rounds, Round::requests));
  }

  /// The same for programs.
  Map<String, Object> json() {
    var all = new LinkedHashMap<String, Object>();
    for (int concurrency : new int[] {Plan.ALONE, Plan.SOME, Plan.MANY})
      all.put("signins_" + concurrency + "_at_a_time", json(signIns(concurrency)));
    all.put("refreshes_" + Plan.MANY + "_at_a_time", json(refreshes));
    return all;
  }

  private static Map<String, Object> json(List<Round> rounds) {
    var millis = millis(rounds);
    var all = new LinkedHashMap<String, Object>();
    all.put("done", millis.values().size());
    all.put("per_second", Figures.rounded(median(rounds, Round::perSecond)));
    all.put("p50_ms", Figures.rounded(millis.median()));
    all.put("p99_ms", Figures.rounded(millis.share(0.99)));
    all.put("cpu_ms", Figures.rounded(median(rounds, Round::cpuMillis)));
    all.put("cpu_ms_of_those_who_ask", Figures.rounded(median(rounds, Round::ownMillis)));
    all.put("requests", Figures.rounded(median(rounds, Round::requests)));
    return all;
  }
}
