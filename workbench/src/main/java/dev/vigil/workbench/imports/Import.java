// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports;

import dev.vigil.policy.language.PolicyReader;
import dev.vigil.policy.language.PolicySource;
import dev.vigil.policy.language.Problem;
import dev.vigil.policy.language.Reading;
import dev.vigil.workbench.imports.entra.EntraImport;
import dev.vigil.workbench.imports.google.GoogleImport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Carries over what others' products exported. The same files give the same policies, to the
/// letter.
public final class Import {

  private Import() {}

  /// What is wanted beside the export.
  ///
  /// @param names what ids are called here
  /// @param groups who is let in by default, as there; nobody if empty
  public record Wishes(Optional<SourceFile> names, List<String> groups) {
    public Wishes {
      groups = List.copyOf(groups);
    }
  }

  /// Imports.
  public static Importing run(Origin origin, List<SourceFile> files, Wishes wishes) {
    var names = wishes.names().map(KnownNames::read).orElseGet(KnownNames::new);
    if (!names.problems().isEmpty())
      return new Importing.Refused(
          "the names cannot be read", "correct the file of names", names.problems());
    var assembly = new Assembly();
    var export = new Export();
    files.stream()
        .sorted(Comparator.comparing(SourceFile::name))
        .forEach(file -> read(file, export));
    if (export.documents().isEmpty())
      return new Importing.Refused(
          "none of the files can be read",
          "give files as they were exported",
          export.unreadable().stream().map(Import::says).toList());
    switch (origin) {
      case ENTRA -> EntraImport.run(export.documents(), names, assembly);
      case GOOGLE -> GoogleImport.run(export.documents(), names, assembly);
    }
    export.unreadable().forEach(assembly::add);
    if (assembly.items().stream().allMatch(item -> item.fate() == Fate.OTHER))
      return new Importing.Refused(
          "there is nothing to import",
          switch (origin) {
            case ENTRA -> "give Conditional Access policies as exported from Microsoft Graph";
            case GOOGLE ->
                "give access levels as `gcloud access-context-manager levels` lists them";
          },
          assembly.items().stream().map(Import::says).toList());
    return finished(origin, assembly, wishes);
  }

  private static String says(Item item) {
    var why = item.findings().isEmpty() ? item.fate().says() : item.findings().getFirst().why();
    return item.source() + ": " + why;
  }

  private static void read(SourceFile file, Export export) {
    switch (TreeReader.read(file)) {
      case TreeReader.Read.Unreadable(String why) -> export.unreadable(file.name(), why);
      case TreeReader.Read.Trees(List<Tree> trees) -> {
        for (int i = 0; i < trees.size(); i++)
          export.document(file.name(), trees.size() == 1 ? "$" : "$" + (i + 1), trees.get(i));
      }
    }
  }

  private static Importing finished(Origin origin, Assembly assembly, Wishes wishes) {
    var layout = new FileLayout(origin, assembly, wishes.groups());
    var files = layout.files();
    var sources =
        files.entrySet().stream()
            .map(file -> new PolicySource(file.getKey(), file.getValue()))
            .toList();
    return switch (PolicyReader.read(sources, 1)) {
      case Reading.Loaded loaded ->
          new Importing.Done(
              new Imported(files, assembly.items(), layout.notes(), loaded.warnings()));
      case Reading.Rejected(List<Problem> problems) ->
          new Importing.Refused(
              "what came of it cannot be loaded together",
              "import the policies in smaller lots, and report this",
              problems.stream().map(Problem::toString).toList());
    };
  }

  /// What was read.
  private static final class Export {
    private final List<ExportedDocument> documents = new ArrayList<>();
    private final List<Item> unreadable = new ArrayList<>();

    void document(String file, String path, Tree tree) {
      documents.add(new ExportedDocument(file, new Part(tree, path, (p, why, next) -> {})));
    }

    void unreadable(String file, String why) {
      var finding =
          new Finding(
              Finding.Kind.REFUSED, "$", why, "export it again, or see what it was by hand");
      unreadable.add(new Item("", "", file, Fate.NOT, List.of(), List.of(finding)));
    }

    List<ExportedDocument> documents() {
      return documents;
    }

    List<Item> unreadable() {
      return unreadable;
    }
  }
}
