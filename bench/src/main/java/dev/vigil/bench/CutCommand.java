// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench;

import dev.vigil.demo.bank.Bank;
import dev.vigil.demo.bank.Premises;
import dev.vigil.demo.phone.Phone;
import dev.vigil.kernel.TimeSource;
import dev.vigil.sdk.StreamResult;
import dev.vigil.sdk.port.StreamListener;
import dev.vigil.server.SystemTime;
import dev.vigil.server.cli.Exit;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `vigil bench cut`: from a phone's posture report to the end of its open streams, as the phone
/// sees it.
@Command(
    name = "cut",
    description = "from the report that a phone is rooted to the end of each of its open streams",
    footer = {
      "",
      "Server, phone and app share this process and this machine. The time counts from before the",
      "phone sends its report to the end of each WebSocket at the phone.",
      "",
      "Example:",
      "  vigil bench cut --streams 200 --json"
    })
final class CutCommand implements Callable<Integer> {

  private static final long PATIENCE_SECONDS = 30;

  private final Report report;
  private final TimeSource time;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  boolean help;

  @Option(names = "--streams", paramLabel = "N", description = "how many streams (default: 200)")
  int streams = 200;

  @Option(names = "--json", description = "the figures as one JSON object in the last line")
  boolean json;

  CutCommand(Report report, TimeSource time) {
    this.report = report;
    this.time = time;
  }

  @Override
  public Integer call() throws Exception {
    try (var folder = new Workplace()) {
      var premises = new Premises(folder.path(), Premises.examples(), Premises.Doors.ANY);
      try (var server = premises.start();
          var bank = Bank.open(server, premises, time, SystemTime.entropy())) {
        var owner = bank.invite("cut@mail.example", "Cut", "customer", "127.0.20.1");
        var phone = bank.phone(owner, "phone", "127.0.20.1");
        phone.enrol();
        report.progress("warming up: " + streams + " streams");
        round(phone);
        report.progress("measuring: " + streams + " streams");
        var figures = round(phone);
        answer(figures);
      }
    }
    return Exit.DONE.code();
  }

  private Figures round(Phone phone) throws IOException, InterruptedException {
    phone.report(Phone.healthy());
    var ends = new AtomicLongArray(streams);
    var open = new CountDownLatch(streams);
    var left = new CountDownLatch(streams);
    for (int i = 0; i < streams; i++) {
      int mine = i;
      var listener =
          new Ending(
              open,
              () -> {
                ends.set(mine, time.nanos());
                left.countDown();
              });
      var opened = phone.open(Bank.BANKING, "/live", listener);
      if (!(opened instanceof StreamResult.Open))
        throw new IOException("stream " + i + " was not opened: " + Phone.outcome(opened));
    }
    if (!open.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
      throw new IOException(open.getCount() + " streams said nothing");
    long began = time.nanos();
    phone.report(Phone.healthy().rooted(true));
    if (!left.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
      throw new IOException(left.getCount() + " streams were still open");
    return Figures.of(
        java.util.stream.IntStream.range(0, streams).mapToDouble(i -> (ends.get(i) - began) / 1e6));
  }

  /// Waits for a stream's first message and its end.
  private record Ending(CountDownLatch open, Runnable ended) implements StreamListener {
    @Override
    public void text(String message) {
      open.countDown();
    }

    @Override
    public void binary(byte[] message) {}

    @Override
    public void closed(CloseReason reason) {
      if (reason.cut()) ended.run();
    }
  }

  private void answer(Figures figures) {
    report.line(
        "%d streams cut after a posture report: p50 %.1f ms, p99 %.1f ms, max %.1f ms"
            .formatted(streams, figures.median(), figures.share(0.99), figures.max()));
    if (!json) return;
    var all = new LinkedHashMap<String, Object>();
    all.put("bench", "cut");
    all.put("streams", streams);
    all.put("p50_ms", Figures.rounded(figures.median()));
    all.put("p99_ms", Figures.rounded(figures.share(0.99)));
    all.put("max_ms", Figures.rounded(figures.max()));
    report.json(all);
  }
}
