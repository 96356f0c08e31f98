// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import static dev.vigil.admission.administration.AdministrationRefusal.NO_POLICY;
import static dev.vigil.admission.administration.AdministrationRefusal.NO_SUCH_VERSION;
import static dev.vigil.admission.administration.AdministrationRefusal.POLICY_CHANGED;
import static dev.vigil.admission.administration.AdministrationRefusal.POLICY_FILES;

import dev.vigil.admission.Changes;
import dev.vigil.admission.FactsSink;
import dev.vigil.admission.PlainText;
import dev.vigil.admission.PolicyText;
import dev.vigil.admission.View;
import dev.vigil.admission.Work;
import dev.vigil.kernel.Outcome;
import dev.vigil.policy.PolicySet;
import dev.vigil.policy.language.PolicyReader;
import dev.vigil.policy.language.PolicySource;
import dev.vigil.policy.language.Problem;
import dev.vigil.policy.language.Reading;
import dev.vigil.policy.language.Warning;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The policies: always compiled first, published whole as one version, never changed in place.
/// What has problems is not published, and what was in force stays in force.
public final class Policies {

  private static final int MOST_FILES = 64;
  private static final int MOST_BYTES = 256 * 1024;
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}\\.ya?ml");

  private final Changes changes;

  public Policies(Changes changes) {
    this.changes = changes;
  }

  /// What came of applying or checking.
  public sealed interface Applied {

    /// @param text what is in force now; for a check, what would be
    /// @param differences against the version that was in force
    record Sound(PolicyText text, List<Difference> differences, List<Warning> warnings)
        implements Applied {
      public Sound {
        differences = List.copyOf(differences);
        warnings = List.copyOf(warnings);
      }
    }

    /// Nothing was changed; every problem is listed.
    record Unsound(List<Problem> problems) implements Applied {
      public Unsound {
        problems = List.copyOf(problems);
      }
    }
  }

  /// How one file differs from the version in force.
  public record Difference(String file, Kind kind) {

    /// In which way.
    public enum Kind {
      ADDED,
      CHANGED,
      REMOVED
    }
  }

  /// The state of the policies when the server starts.
  public sealed interface InForce {

    /// These decide.
    record Deciding(PolicySet policies) implements InForce {}

    /// None were published yet: everything is denied.
    record None() implements InForce {}

    /// What was published does not compile with this release; nothing may be decided by it.
    record Broken(long version, List<Problem> problems) implements InForce {
      public Broken {
        problems = List.copyOf(problems);
      }
    }
  }

  /// Reads and compiles what is in force, for the start of the server.
  public InForce inForce() {
    var text = changes.read(View::policy);
    if (text.isEmpty()) return new InForce.None();
    return switch (compile(text.get().files(), text.get().version())) {
      case Reading.Loaded loaded -> new InForce.Deciding(loaded.set());
      case Reading.Rejected(List<Problem> problems) ->
          new InForce.Broken(text.get().version(), problems);
    };
  }

  private static Reading compile(Map<String, String> files, long version) {
    var sources =
        new TreeMap<>(files)
            .entrySet().stream()
                .map(file -> new PolicySource(file.getKey(), file.getValue()))
                .toList();
    return PolicyReader.read(sources, version);
  }

  /// The version in force with its files.
  public Outcome<PolicyText> show() {
    return changes
        .read(View::policy)
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(NO_POLICY));
  }

  /// One version with its files.
  public Outcome<PolicyText> show(long version) {
    return changes
        .read(view -> find(view, version))
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(NO_SUCH_VERSION, "there is no version " + version));
  }

  private static Optional<PolicyText> find(View view, long version) {
    return view.policyHistory(Integer.MAX_VALUE).stream()
        .filter(text -> text.version() == version)
        .findFirst();
  }

  /// Every version, newest first, at most `limit`.
  public List<PolicyText> history(int limit) {
    return changes.read(view -> view.policyHistory(limit));
  }

  /// Whether these files could be applied, and what would change; changes nothing.
  public Outcome<Applied> check(Map<String, String> files) {
    var wrong = wrongFiles(files);
    if (wrong.isPresent()) return Outcome.refused(POLICY_FILES, wrong.get());
    var before = changes.read(View::policy);
    long version = next(before);
    return Outcome.done(
        switch (compile(files, version)) {
          case Reading.Rejected(List<Problem> problems) -> new Applied.Unsound(problems);
          case Reading.Loaded loaded ->
              new Applied.Sound(
                  new PolicyText(version, files, "", "", changes.time().now()),
                  differences(before, files),
                  loaded.warnings());
        });
  }

  private static long next(Optional<PolicyText> before) {
    return before.map(PolicyText::version).orElse(0L) + 1;
  }

  private static Optional<String> wrongFiles(Map<String, String> files) {
    if (files.isEmpty()) return Optional.of("there are no files");
    if (files.size() > MOST_FILES) return Optional.of("there are " + files.size() + " files");
    var badName =
        files.keySet().stream().filter(name -> !FILE.matcher(name).matches()).sorted().findFirst();
    if (badName.isPresent())
      return Optional.of(PlainText.shown(badName.get()) + " is not the name of a policy file");
    long bytes =
        files.values().stream()
            .mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length)
            .sum();
    return bytes > MOST_BYTES
        ? Optional.of("the files have " + bytes + " bytes together")
        : Optional.empty();
  }

  /// Publishes these files as the next version.
  ///
  /// @param basedOn the version they were written against; if another is in force by now, nothing
  ///   is published
  public Outcome<Applied> apply(Mandate mandate, Map<String, String> files, OptionalLong basedOn) {
    var wrong = wrongFiles(files);
    if (wrong.isPresent()) return Outcome.refused(POLICY_FILES, wrong.get());
    return publish(mandate, files, basedOn, Map.of());
  }

  /// Publishes the files of an earlier version once more, as the next version.
  public Outcome<Applied> rollback(Mandate mandate, long version) {
    return show(version)
        .then(text ->
            publish(
                mandate,
                text.files(),
                OptionalLong.empty(),
                Map.of("rolled_back_to", Long.toString(version))));
  }

  private Outcome<Applied> publish(
      Mandate mandate,
      Map<String, String> files,
      OptionalLong basedOn,
      Map<String, String> details) {
    var before = changes.read(View::policy);
    long version = next(before);
    if (basedOn.isPresent() && basedOn.getAsLong() != version - 1)
      return Outcome.refused(POLICY_CHANGED, "version " + (version - 1) + " is in force");
    return switch (compile(files, version)) {
      case Reading.Rejected(List<Problem> problems) -> Outcome.done(new Applied.Unsound(problems));
      case Reading.Loaded loaded ->
          changes.commit(
              mandate.by(),
              work -> {
                if (next(work.tx().policy()) != version) return Outcome.refused(POLICY_CHANGED);
                var text =
                    new PolicyText(
                        version, files, mandate.by().id(), mandate.reason().text(), work.now());
                return Outcome.done(published(work, text, loaded, new Change(before, details)));
              });
    };
  }

  private record Change(Optional<PolicyText> before, Map<String, String> details) {}

  private static Applied published(
      Work work, PolicyText text, Reading.Loaded loaded, Change change) {
    var differences = differences(change.before(), text.files());
    work.tx().put(text);
    var details = new LinkedHashMap<>(change.details());
    details.put("version", Long.toString(text.version()));
    details.put("files", Integer.toString(text.files().size()));
    details.put("differing", Integer.toString(differences.size()));
    work.event("policy-published", text.reason(), details);
    work.also(new FactsSink.Change.OfPolicy(loaded.set()));
    return new Applied.Sound(text, differences, loaded.warnings());
  }

  private static List<Difference> differences(
      Optional<PolicyText> before, Map<String, String> files) {
    Map<String, String> old = before.map(PolicyText::files).orElse(Map.of());
    var all = new TreeMap<String, Difference>();
    files.forEach((name, text) -> {
      if (!old.containsKey(name)) all.put(name, new Difference(name, Difference.Kind.ADDED));
      else if (!text.equals(old.get(name)))
        all.put(name, new Difference(name, Difference.Kind.CHANGED));
    });
    old.keySet().stream()
        .filter(name -> !files.containsKey(name))
        .forEach(name -> all.put(name, new Difference(name, Difference.Kind.REMOVED)));
    return List.copyOf(all.values());
  }
}
