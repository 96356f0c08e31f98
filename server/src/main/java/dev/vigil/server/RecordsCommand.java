// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.audit.DecisionJson;
import dev.vigil.audit.DecisionRecord;
import dev.vigil.kernel.DecisionId;
import dev.vigil.kernel.Outcome;
import dev.vigil.server.cli.Context;
import dev.vigil.server.cli.Exit;
import dev.vigil.server.cli.Failure;
import dev.vigil.server.cli.GroupOfCommands;
import dev.vigil.store.FactsHistory;
import dev.vigil.store.SegmentReader;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `vigil records`: what was decided, read from the data folder on the machine itself.
@Command(
    name = "records",
    description = "decision records, read from the data folder on the server's machine",
    footer = {"", "Example:", "  vigil records tail --follow"})
final class RecordsCommand extends GroupOfCommands {

  private final Context context;

  RecordsCommand(Context context) {
    this.context = context;
  }

  @Override
  protected List<Object> commands() {
    return List.of(new Tail(context), new Show(context), new Export(context));
  }

  /// One that reads the log.
  abstract static class OnLog extends LocalCommand {

    @Mixin Place place = new Place();

    private boolean damaged;

    OnLog(Context context, String otherwise) {
      super(context, otherwise);
    }

    abstract void run(DecisionLog log) throws IOException;

    @Override
    final void run() throws IOException {
      var records = place.installed().dataFolder().resolve("records");
      try (var log = new DecisionLog(records, this::damage)) {
        run(log);
      }
      if (damaged)
        throw new Failure(
            Exit.REFUSED,
            "some records cannot be read, see above",
            "their files were changed or damaged after they were written",
            "compare with a backup; everything else was read");
    }

    private void damage(SegmentReader.Place at) {
      damaged = true;
      context
          .terminal()
          .error(
              "vigil: damaged: loop %d, segment %d, from byte %d on"
                  .formatted(at.loop(), at.segment(), at.offset()));
    }

    final void print(DecisionRecord record) {
      context.terminal().line(json ? DecisionJson.line(record) : RecordText.line(record));
    }
  }

  @Command(
      name = "tail",
      description = "the latest decisions",
      footer = {"", "Example:", "  vigil records tail --last 50 --follow"})
  static final class Tail extends OnLog {
    private static final long PAUSE_MILLIS = 200;

    @Option(
        names = "--last",
        paramLabel = "N",
        defaultValue = "20",
        description = "how many of those that were (default: ${DEFAULT-VALUE})")
    int last = 20;

    @Option(names = "--follow", description = "then every new one until interrupted")
    boolean follow;

    Tail(Context context) {
      super(context, "no records can be shown");
    }

    @Override
    void run(DecisionLog log) throws IOException {
      log.last(Math.clamp(last, 0, 1_000_000)).forEach(this::print);
      while (follow && paused()) log.more().forEach(this::print);
    }

    /// Segments tell nobody when they grow, so this looks again after a while.
    private static boolean paused() {
      try {
        return !new CountDownLatch(1).await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }

  @Command(
      name = "show",
      description = "one decision with all that it was made of, by its reference",
      footer = {"", "Example:", "  vigil records show dec_mfrggzdfmztwq2lknnwg23tpoa"})
  static final class Show extends OnLog {

    @Parameters(
        paramLabel = "DECISION-ID",
        description = "the reference that a refused person was shown")
    String reference = "";

    Show(Context context) {
      super(context, "the decision cannot be shown");
    }

    @Override
    void run(DecisionLog log) throws IOException {
      var wanted = wanted();
      var found = new ArrayList<DecisionRecord>(1);
      log.all(record -> {
        if (record.id().equals(wanted)) found.add(record);
        return found.isEmpty();
      });
      if (found.isEmpty())
        throw refused(
            "no record here has the reference `" + wanted + "`",
            "check the reference, and that this is the machine that decided");
      var record = found.getFirst();
      if (json) print(record);
      else RecordText.page(record).forEach(context.terminal()::line);
    }

    private DecisionId wanted() {
      try {
        return new DecisionId(reference);
      } catch (IllegalArgumentException e) {
        throw new Failure(
            Exit.USAGE,
            "`" + reference + "` is not a reference",
            "a reference starts with `dec_`",
            "type it as the refusal showed it");
      }
    }
  }

  @Command(
      name = "export",
      description = "all decisions, the oldest first, one JSON object on each line",
      footer = {"", "Example:", "  vigil records export --facts --after 2026-11-22T12:00:00Z"})
  static final class Export extends OnLog {

    @Option(
        names = "--after",
        paramLabel = "TIME",
        description = "only those after this moment, such as 2026-11-22T12:00:00Z")
    String after = "";

    @Option(
        names = "--facts",
        description =
            "with the facts of people, devices and apps that each was decided on, so that `policy"
                + " replay` can decide again")
    boolean facts;

    Export(Context context) {
      super(context, "no records were exported");
    }

    @Override
    void run(DecisionLog log) throws IOException {
      if (facts) {
        try (var history = history()) {
          export(log, history::facts);
        }
      } else {
        export(log, snapshot -> Optional.empty());
      }
    }

    private void export(DecisionLog log, DecisionJson.SnapshotFacts known) throws IOException {
      var start = start();
      log.all(record -> {
        if (record.at().isAfter(start)) context.terminal().line(DecisionJson.line(record, known));
        return true;
      });
    }

    private FactsHistory history() throws IOException {
      var installed = place.installed();
      return switch (FactsHistory.open(installed.dataFolder(), Foundation.database(installed))) {
        case Outcome.Done<FactsHistory>(FactsHistory open) -> open;
        case Outcome.Refused<FactsHistory>(var refusal, String ignored) ->
            throw refused(refusal.says(), refusal.next());
      };
    }

    private Instant start() {
      try {
        return after.isEmpty() ? Instant.MIN : Instant.parse(after);
      } catch (DateTimeParseException e) {
        throw new Failure(
            Exit.USAGE,
            "`" + after + "` is not a moment",
            "",
            "write it in UTC, such as 2026-11-22T12:00:00Z");
      }
    }
  }
}
