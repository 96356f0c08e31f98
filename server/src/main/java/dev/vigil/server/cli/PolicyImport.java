// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import dev.vigil.workbench.imports.Import;
import dev.vigil.workbench.imports.Imported;
import dev.vigil.workbench.imports.Importing;
import dev.vigil.workbench.imports.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `vigil policy import`: carries over policies that others' products exported, without a server.
@Command(
    name = "import",
    description = "carry over policies of another product; says what could not be; needs no server",
    footer = {
      "",
      "Exit codes: 0 everything was carried over, 1 something was not, or nothing was written;",
      "2 there was nothing to import.",
      "",
      "Example:",
      "  vigil policy import --from entra export/ --to policies/"
    })
final class PolicyImport extends PolicyLeaf {

  @Option(
      names = "--from",
      required = true,
      paramLabel = "PRODUCT",
      description = "entra (Conditional Access from Microsoft Graph) or google (access levels)")
  String from = "";

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "the folder that the policy files are written to")
  Optional<Path> to = Optional.empty();

  @Option(
      names = "--names",
      paramLabel = "FILE",
      description = "what ids are called here: `groups`, `roles`, `users`, `apps`, `locations`")
  Optional<Path> names = Optional.empty();

  @Option(
      names = "--permit-by-default",
      paramLabel = "GROUP",
      arity = "1..*",
      description = "let these groups pass whatever no rule stops, in `base.yaml`, to be reviewed")
  List<String> groups = new ArrayList<>();

  @Option(names = "--force", description = "overwrite files that are there")
  boolean force;

  @Option(names = "--dry-run", description = "print the policy files and write nothing")
  boolean dry;

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "exported files, or folders of them")
  List<Path> paths = new ArrayList<>();

  PolicyImport(Context context) {
    super(context);
  }

  @Override
  protected Exit perform() {
    var origin = origin();
    if (dry == to.isPresent())
      throw Failure.usage("nothing says where to write", "give either `--to DIR` or `--dry-run`");
    var wishes = new Import.Wishes(names.map(ExportFiles::one), groups());
    return switch (Import.run(origin, ExportFiles.read(paths, origin), wishes)) {
      case Importing.Refused(String what, String next, List<String> files) ->
          throw new Failure(Exit.USAGE, new Failure.Text(what, "", next, files, ""));
      case Importing.Done(Imported imported) -> done(imported);
    };
  }

  private Origin origin() {
    return switch (from.toLowerCase(Locale.ROOT)) {
      case "entra" -> Origin.ENTRA;
      case "google" -> Origin.GOOGLE;
      default ->
          throw Failure.usage(
              "`" + from + "` is not known", "say `--from entra` or `--from google`");
    };
  }

  private List<String> groups() {
    for (var group : groups)
      if (!group.matches("[a-z0-9][a-z0-9._:-]{0,63}"))
        throw Failure.usage(
            "`" + group + "` is not the name of a group",
            "a group's name is 1 to 64 of a-z, 0-9, `.`, `_`, `:` and -");
    return groups;
  }

  private Exit done(Imported imported) {
    to.ifPresent(folder -> write(folder, imported));
    var report = new ImportReport(imported);
    if (json) {
      print(report.json(dry));
    } else {
      if (dry) imported.files().forEach(this::show);
      print(report.lines());
      to.ifPresent(folder ->
          context
              .terminal()
              .line(
                  imported.files().size()
                      + (imported.files().size() == 1 ? " file is" : " files are")
                      + " in "
                      + folder
                      + "; the policy reader finds no problem in them."));
    }
    return imported.whole() ? Exit.DONE : Exit.REFUSED;
  }

  private void show(String name, String text) {
    context.terminal().line("# " + name);
    context.terminal().line(text.stripTrailing());
    context.terminal().line("");
  }

  private void write(Path folder, Imported imported) {
    try {
      Files.createDirectories(folder);
      var there =
          imported.files().keySet().stream()
              .filter(name -> Files.exists(folder.resolve(name)))
              .toList();
      if (!there.isEmpty() && !force)
        throw new Failure(
            Exit.REFUSED,
            "nothing was written",
            "`" + folder + "` has `" + String.join("`, `", there) + "` already",
            "give another folder, or `--force` to overwrite them");
      for (var file : imported.files().entrySet())
        Files.writeString(folder.resolve(file.getKey()), file.getValue());
    } catch (IOException e) {
      throw new Failure(
          Exit.REFUSED,
          "`" + folder + "` cannot be written",
          String.valueOf(e.getMessage()),
          "give a folder that you may write to");
    }
  }
}
