// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Decision;
import dev.vigil.policy.Obligations;
import dev.vigil.workbench.proof.Solver;
import dev.vigil.workbench.request.RequestDocument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A command that asks the solver about policies.
abstract class ProofCommand extends PolicyLeaf {

  private static final Pattern TIMEOUT = Pattern.compile("([1-9]\\d{0,4})(ms|s|m)");
  private static final int MEGABYTES = 1024;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "60s",
      description = "how long the solver may think about one question (default: ${DEFAULT-VALUE})")
  String timeout = "60s";

  ProofCommand(Context context) {
    super(context);
  }

  abstract Exit run(Solver solver);

  @Override
  protected final Exit perform() {
    try (var solver = Solver.within(new Solver.Limits(time(), MEGABYTES))) {
      return run(solver);
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

  final void line(String text) {
    context.terminal().line(text);
  }

  /// A request as the document that `vigil policy decide` takes.
  static JsonNode document(AccessRequest request) {
    return JSON.readTree(RequestDocument.write(request));
  }

  final void show(AccessRequest request) {
    RequestDocument.write(request).lines().forEach(text -> line("    " + text));
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
    o.recheck().ifPresent(age -> parts.add("decided anew every " + age.toSeconds() + " s"));
    if (!o.methods().isEmpty())
      parts.add("only " + String.join(", ", o.methods().stream().sorted().toList()));
    return parts.isEmpty() ? "" : ", restricted: " + String.join(", ", parts);
  }
}
