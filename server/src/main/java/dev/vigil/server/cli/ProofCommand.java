// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Decision;
import dev.vigil.policy.Obligations;
import dev.vigil.policy.language.PolicyReader;
import dev.vigil.policy.language.Problem;
import dev.vigil.policy.language.Reading;
import dev.vigil.policy.rule.CompiledPolicySet;
import dev.vigil.workbench.PolicyFolder;
import dev.vigil.workbench.proof.Solver;
import dev.vigil.workbench.request.RequestDocument;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A command that asks the solver about policies here, without a server.
abstract class ProofCommand implements Callable<Integer> {

  private static final Pattern TIMEOUT = Pattern.compile("([1-9]\\d{0,4})(ms|s|m)");
  private static final int MEGABYTES = 1024;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Context context;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  boolean help;

  @Option(names = "--json", description = "print JSON, for programs")
  boolean json;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "60s",
      description = "how long the solver may think about one question (default: ${DEFAULT-VALUE})")
  String timeout = "60s";

  ProofCommand(Context context) {
    this.context = context;
  }

  /// Policies of a folder that can decide, with all files of it.
  record Policies(PolicyFolder folder, CompiledPolicySet set) {}

  abstract Exit run(Solver solver);

  @Override
  public Integer call() {
    try (var solver = Solver.within(new Solver.Limits(time(), MEGABYTES))) {
      return run(solver).code();
    } catch (Failure failure) {
      failure.show(context.terminal(), json);
      return failure.exit().code();
    }
  }

  private Duration time() {
    var form = TIMEOUT.matcher(timeout);
    if (!form.matches())
      throw Failure.usage("`--timeout` cannot be `" + timeout + "`", "write it like `60s` or `5m`");
    long number = Long.parseLong(form.group(1));
    return switch (form.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      default -> Duration.ofMinutes(number);
    };
  }

  Context context() {
    return context;
  }

  Terminal terminal() {
    return context.terminal();
  }

  static Policies read(Path path) {
    var folder = PolicyFolder.of(dev.vigil.server.cli.PolicyFolder.read(path));
    return switch (PolicyReader.read(folder.policies(), 1)) {
      case Reading.Loaded loaded -> new Policies(folder, loaded.set());
      case Reading.Rejected(List<Problem> problems) -> throw unsound(path, problems);
    };
  }

  static Failure unsound(Path path, List<Problem> problems) {
    return new Failure(
        Exit.USAGE,
        new Failure.Text(
            "what is in `" + path + "` cannot be read",
            "",
            "correct it; `vigil policy check` lists every problem of the policies",
            problems.stream().map(Problem::toString).toList(),
            ""));
  }

  /// A request as the document that `vigil policy decide` takes.
  static JsonNode document(AccessRequest request) {
    return JSON.readTree(RequestDocument.write(request));
  }

  void show(AccessRequest request) {
    RequestDocument.write(request).lines().forEach(line -> terminal().line("    " + line));
  }

  /// What was decided, in one line.
  static String said(Decision decision) {
    var by = String.join(", ", decision.basis().deciding());
    var outcome =
        switch (decision) {
          case Decision.Allow allow -> "allow" + restrictions(allow.obligations());
          case Decision.StepUp ignored -> "step up";
          case Decision.Remediate ignored -> "remediate";
          case Decision.Deny ignored -> "deny";
        };
    return by.isEmpty() ? outcome : outcome + " (" + by + ")";
  }

  private static String restrictions(Obligations o) {
    var parts = new ArrayList<String>();
    if (o.readOnly()) parts.add("read only");
    if (o.noDownload()) parts.add("no download");
    o.maximumAge().ifPresent(age -> parts.add("at most " + age.toSeconds() + " s"));
    if (!o.methods().isEmpty())
      parts.add("only " + String.join(", ", o.methods().stream().sorted().toList()));
    return parts.isEmpty() ? "" : ", restricted: " + String.join(", ", parts);
  }
}
