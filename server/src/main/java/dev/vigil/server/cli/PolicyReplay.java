// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import dev.vigil.workbench.replay.Change;
import dev.vigil.workbench.replay.RecordLines;
import dev.vigil.workbench.replay.RecordLines.Line;
import dev.vigil.workbench.replay.Recorded;
import dev.vigil.workbench.replay.Replay;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `vigil policy replay`: what other policies would have answered to what really happened.
@Command(
    name = "replay",
    description =
        "decide recorded requests again under other policies and tell what changes, for which app"
            + " and why; needs no server",
    footer = {
      "",
      "Example:",
      "  vigil policy replay --records records.jsonl --with policies/ --max-newly-denied 0"
    })
final class PolicyReplay extends PolicyLeaf {

  private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final int LOOK_EVERY = 4096;

  @Option(
      names = "--records",
      paramLabel = "PATH",
      required = true,
      description = "a file that `vigil records export --facts` wrote, or a folder of `*.jsonl`")
  Path records = Path.of("");

  @Option(
      names = "--with",
      paramLabel = "DIR",
      required = true,
      description = "the folder with the policies that decide again")
  Path policies = Path.of("");

  @Option(
      names = "--max-newly-denied",
      paramLabel = "N",
      description = "fail if more requests than this would be denied newly")
  Optional<Long> most = Optional.empty();

  PolicyReplay(Context context) {
    super(context);
  }

  @Override
  protected Exit perform() {
    var loaded = LoadedPolicies.of(policies);
    var replay = new Replay(loaded.set());
    var told = new ReplayReport();
    for (var file : files()) file(file, replay, told);
    var summary = replay.summary();
    if (json) print(told.document(summary));
    else print(told.lines(summary));
    return verdict(summary.of(Change.NEWLY_DENIED), told);
  }

  private Exit verdict(long newlyDenied, ReplayReport told) {
    var terminal = context.terminal();
    boolean tooMany = most.isPresent() && newlyDenied > most.get();
    if (tooMany)
      terminal.error(
          "vigil: "
              + newlyDenied
              + " would be denied newly, more than "
              + most.get()
              + "; nothing was changed");
    if (told.unusable() > 0)
      terminal.error(
          "vigil: "
              + count(told.unusable(), "line")
              + " could not be decided again; the answer is about the others only");
    return tooMany || told.unusable() > 0 ? Exit.REFUSED : Exit.DONE;
  }

  private List<Path> files() {
    if (!Files.isDirectory(records)) return List.of(records);
    var files = new TreeSet<Path>();
    try (var entries = Files.newDirectoryStream(records, "*.jsonl")) {
      entries.forEach(files::add);
    } catch (IOException | DirectoryIteratorException e) {
      throw unreadable(records);
    }
    if (files.isEmpty())
      throw Failure.usage(
          "`" + records + "` holds no records as lines of JSON",
          "write them with `vigil records export --facts > records.jsonl`");
    return List.copyOf(files);
  }

  private static Failure unreadable(Path path) {
    return Failure.usage(
        "`" + path + "` cannot be read",
        "give a file that `vigil records export --facts` wrote, or a folder of such");
  }

  private void file(Path file, Replay replay, ReplayReport told) {
    try (var in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      var lines = new RecordLines(in);
      long next = context.time().nanos() + TELL_NANOS;
      for (long read = 1; ; read++) {
        switch (lines.next()) {
          case Line.End ignored -> {
            return;
          }
          case Line.Decided(Recorded recorded) -> replay.add(recorded);
          case Line.Rejected ignored -> told.rejected();
          case Line.Unusable(long number, String why) ->
              told.unusable(String.valueOf(file.getFileName()), number, why);
        }
        if (read % LOOK_EVERY == 0 && context.time().nanos() - next > 0) {
          context.terminal().error("vigil: %s: %,d records so far".formatted(file, read));
          next = context.time().nanos() + TELL_NANOS;
        }
      }
    } catch (IOException e) {
      throw unreadable(file);
    }
  }
}
