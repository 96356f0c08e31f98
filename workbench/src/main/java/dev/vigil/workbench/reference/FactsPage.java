// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.reference;

import dev.vigil.policy.Entity;
import dev.vigil.policy.Fact;
import dev.vigil.policy.FactType;
import dev.vigil.policy.FactsSchema;
import java.util.stream.Collectors;

/// The reference page of all facts, in Markdown.
public final class FactsPage {

  private static final String START =
      """
      # Facts

      Every name that a condition may use. This page is made from the schema in the code; a test compares them.

      A fact that nobody has observed is unknown, and unknown never helps who asks: a permit does not match, a guard or forbid does, a requirement is unmet. Behind every value stand its evidence tier (`reported` < `observed` < `managed` < `attested`) and the time it was observed; `known(x)`, `tier(x) >= "managed"` and `age(x) < duration("1h")` look at them.

      | type | in a condition | in a request document |
      | --- | --- | --- |
      """;

  private FactsPage() {}

  /// The page.
  public static String of(FactsSchema schema) {
    var page = new StringBuilder(START);
    for (var type : FactType.values())
      page.append("| %s | `%s` | `%s` |%n".formatted(word(type), condition(type), document(type)));
    for (var entity : Entity.values()) {
      page.append(
          "%n## %s%n| name | type | means |%n| --- | --- | --- |%n".formatted(title(entity)));
      for (var fact : schema.of(entity)) page.append(row(fact));
    }
    return page.toString().replace(System.lineSeparator(), "\n");
  }

  private static String row(Fact fact) {
    var allowed =
        fact.allowed().isEmpty()
            ? ""
            : ": "
                + fact.allowed().stream()
                    .sorted()
                    .map(one -> "`" + one + "`")
                    .collect(Collectors.joining(", "));
    var unit = fact.unit().isEmpty() ? "" : ", in " + fact.unit();
    return "| `%s` | %s%s | %s%s |%n"
        .formatted(
            fact.qualifiedName(), word(fact.type()), unit, cell(fact.description()), allowed);
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }

  private static String title(Entity entity) {
    return switch (entity) {
      case SUBJECT -> "The subject: who asks";
      case AUTHENTICATION -> "The authentication: how the session came about";
      case DEVICE -> "The device";
      case CONNECTION -> "The connection";
      case NETWORK -> "The network it comes from";
      case RISK -> "The risk";
      case APP -> "The app that is asked for";
      case REQUEST -> "The request itself";
    };
  }

  private static String word(FactType type) {
    return switch (type) {
      case BOOLEAN -> "flag";
      case STRING -> "text";
      case INTEGER -> "whole number";
      case DECIMAL -> "number";
      case STRINGS -> "list of texts";
      case VERSION -> "version";
      case DATE -> "date";
      case TIMESTAMP -> "time";
      case DURATION -> "duration";
      case ADDRESS -> "address";
    };
  }

  private static String condition(FactType type) {
    return switch (type) {
      case BOOLEAN -> "x";
      case STRING -> "x == \"text\"";
      case INTEGER -> "x < 100";
      case DECIMAL -> "x < 0.5";
      case STRINGS -> "\"text\" in x";
      case VERSION -> "x >= version(\"17.1\")";
      case DATE -> "x >= date(\"2026-06-01\")";
      case TIMESTAMP -> "x < timestamp(\"2026-06-01T00:00:00Z\")";
      case DURATION -> "x < duration(\"8h\")";
      case ADDRESS -> "x == address(\"127.0.0.1\")";
    };
  }

  private static String document(FactType type) {
    return switch (type) {
      case BOOLEAN -> "true";
      case STRING -> "\"text\"";
      case INTEGER -> "100";
      case DECIMAL -> "0.5";
      case STRINGS -> "[\"text\"]";
      case VERSION -> "\"17.1\"";
      case DATE -> "\"2026-06-01\"";
      case TIMESTAMP -> "\"2026-06-01T00:00:00Z\"";
      case DURATION -> "\"8h\"";
      case ADDRESS -> "\"127.0.0.1\"";
    };
  }
}
