// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import dev.vigil.workbench.baseline.Baseline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `vigil policy baseline`: ready-made rules for phones.
@Command(
    name = "baseline",
    description = "print ready-made rules for phones, or list them; needs no server",
    footer = {"", "Example:", "  vigil policy baseline android-strict --to policies/"})
final class PolicyBaseline extends PolicyLeaf {

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "android-moderate, android-strict, ios-moderate or ios-strict; none to list")
  Optional<String> name = Optional.empty();

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "write it into this folder instead, as NAME.yaml")
  Optional<Path> to = Optional.empty();

  PolicyBaseline(Context context) {
    super(context);
  }

  @Override
  protected Exit perform() {
    if (name.isEmpty()) return list();
    var baseline =
        Baseline.find(name.get())
            .orElseThrow(() ->
                Failure.usage(
                    "`" + name.get() + "` is no baseline",
                    "say one of " + String.join(", ", Baseline.labels())));
    if (to.isPresent()) write(baseline, to.get());
    else if (json) print(Api.object().put("name", baseline.label()).put("text", baseline.text()));
    else context.terminal().line(baseline.text().stripTrailing());
    return Exit.DONE;
  }

  private Exit list() {
    var document = Api.object();
    for (var one : Baseline.values()) {
      document
          .withArray("baselines")
          .addObject()
          .put("name", one.label())
          .put("asks", one.summary());
      if (!json) context.terminal().line("%-18s %s".formatted(one.label(), one.summary()));
    }
    if (json) print(document);
    return Exit.DONE;
  }

  private void write(Baseline baseline, Path folder) {
    var file = folder.resolve(baseline.label() + ".yaml");
    try {
      Files.createDirectories(folder);
      Files.writeString(file, baseline.text(), StandardOpenOption.CREATE_NEW);
    } catch (IOException e) {
      throw new Failure(
          Exit.REFUSED,
          "nothing was written",
          "`" + file + "` is there already, or the folder cannot be written",
          "give another folder");
    }
    if (json) print(Api.object().put("file", file.toString()));
    else
      context.terminal().line("wrote " + file + "; look at it, then `vigil plan " + folder + "`");
  }
}
