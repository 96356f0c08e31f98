// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.language;

import dev.cel.common.CelIssue;
import dev.vigil.kernel.Suggestion;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Fact;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// Turns what the CEL parser and type checker complain about into problems with a remedy.
final class CelProblems {

  private static final Pattern UNDECLARED =
      Pattern.compile("undeclared reference to '([^']*)'.*", Pattern.DOTALL);
  private static final Pattern NO_OVERLOAD =
      Pattern.compile(
          "found no matching overload for '([^']*)' applied to '([^']*)'.*", Pattern.DOTALL);
  private static final Pattern NOT_A_CONDITION =
      Pattern.compile("expected type 'bool' but found '([^']*)'.*", Pattern.DOTALL);
  private static final Pattern PATH =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*");

  private final Names names;
  private final Yaml.Scalar written;
  private final Report report;

  CelProblems(Names names, Yaml.Scalar written, Report report) {
    this.names = names;
    this.written = written;
    this.report = report;
  }

  void report(CelIssue issue) {
    int offset =
        offset(
            written.text(),
            issue.getSourceLocation().getLine(),
            issue.getSourceLocation().getColumn());
    var place = written.layout().placeOf(written.text(), nameStart(written.text(), offset));
    var undeclared = UNDECLARED.matcher(issue.getMessage());
    var overload = NO_OVERLOAD.matcher(issue.getMessage());
    var type = NOT_A_CONDITION.matcher(issue.getMessage());
    if (undeclared.matches()) undeclared(undeclared.group(1), offset, place);
    else if (overload.matches()) overload(symbol(overload.group(1)), overload.group(2), place);
    else if (type.matches())
      report.problem(
          place,
          "this is " + named(type.group(1)) + ", not a condition",
          "a condition is true or false",
          "compare it with something");
    else
      report.problem(
          place,
          "this is not CEL: " + issue.getMessage(),
          "the condition cannot be read",
          "see https://cel.dev for the syntax");
  }

  private static int offset(String text, int line, int column) {
    int[] points = text.codePoints().toArray();
    int at = 0;
    for (int seen = 1; seen < line && at < points.length; at++) if (points[at] == '\n') seen++;
    return Math.min(at + Math.max(0, column), points.length);
  }

  /// Calls are reported at their bracket; their name begins before it.
  private static int nameStart(String text, int offset) {
    int[] points = text.codePoints().toArray();
    int at = offset;
    if (at < points.length && points[at] == '(')
      while (at > 0 && Character.isJavaIdentifierPart(points[at - 1])) at--;
    return at;
  }

  private void undeclared(String name, int offset, Place place) {
    var text = written.text();
    if (name.startsWith("_") || name.startsWith("@") || name.startsWith("-")) {
      report.problem(
          place,
          "`" + symbol(name) + "` is not available",
          "conditions compare, they do not calculate",
          "use && || ! ?: == != < <= > >= in");
      return;
    }
    var path = pathAt(text, text.offsetByCodePoints(0, offset), name);
    boolean called = name.equals(path) && text.startsWith("(", text.offsetByCodePoints(0, offset));
    if (called) {
      report.problem(
          place,
          "there is no function `" + name + "`",
          "conditions have a fixed set of functions",
          Instead.next(name, names.environment().functionNames()));
      return;
    }
    report.problem(
        place,
        "there is no fact `" + path + "`",
        "every name in a condition is declared in the facts schema",
        Instead.next(path, near(path)));
  }

  private static String pathAt(String text, int from, String name) {
    var path = PATH.matcher(text);
    return path.find(from) && path.start() == from && path.group().startsWith(name)
        ? path.group()
        : name;
  }

  private List<String> near(String path) {
    var all = names.schema().all();
    var known = all.stream().map(Fact::qualifiedName).toList();
    if (Suggestion.nearest(path, known).isPresent()) return known;
    var sameName =
        all.stream()
            .filter(fact ->
                Suggestion.nearest(path.substring(path.lastIndexOf('.') + 1), List.of(fact.name()))
                    .isPresent())
            .map(Fact::qualifiedName)
            .toList();
    if (!sameName.isEmpty()) return sameName;
    var prefix = path.split("\\.", 2)[0];
    boolean entity = Arrays.stream(Entity.values()).anyMatch(e -> e.prefix().equals(prefix));
    return entity ? known.stream().filter(name -> name.startsWith(prefix + ".")).toList() : known;
  }

  private void overload(String symbol, String types, Place place) {
    var inner =
        types
            .replace("google.protobuf.Duration", "duration")
            .replace("google.protobuf.Timestamp", "timestamp")
            .replace(".(", ", ")
            .replaceAll("^\\(|\\)$", "");
    var sides =
        Arrays.stream(inner.split(", "))
            .map(String::strip)
            .filter(type -> !type.isEmpty())
            .map(CelProblems::named)
            .toList();
    report.problem(
        place,
        "`" + symbol + "` does not take " + String.join(" and ", sides),
        "both sides must fit",
        remedy(symbol, inner));
  }

  private static String remedy(String symbol, String types) {
    if (types.contains("elapsed"))
      return "write `since(x) < duration(\"90d\")` or `since(x) >= duration(\"90d\")`";
    if (types.contains("now"))
      return "compare the time with a constant, as in `time < timestamp(\"2026-09-01T00:00:00Z\")`";
    if (types.contains("age"))
      return "time is compared as `age(x) < duration(\"8h\")` or `age(x) >= duration(\"8h\")`";
    if (types.contains("tier")) return "write `tier(x) >= \"managed\"`";
    if (types.contains("version")) return "write a version as `version(\"17.1\")`";
    if (types.contains("date")) return "write a date as `date(\"2026-09-01\")`";
    if (types.contains("address"))
      return "use `in_location(\"...\")`, or `address(\"...\")` for one address";
    if (types.contains("duration")) return "write a duration as `duration(\"8h\")`";
    if (types.equals("string, string"))
      return "texts have no order; use `"
          + (symbol.startsWith("<") || symbol.startsWith(">") ? "in [...]" : "==")
          + "`";
    if (types.contains("list(")) return "use `\"x\" in list`, or `list.exists(e, ...)`";
    return "compare values of one type";
  }

  private static String named(String type) {
    return switch (type) {
      case "bool" -> "a truth value";
      case "int" -> "a whole number";
      case "double" -> "a decimal number";
      case "string" -> "a text";
      case "address", "age" -> "an " + type;
      default -> type.startsWith("list(") ? "a list" : "a " + type;
    };
  }

  private static String symbol(String function) {
    return function.equals("@in")
        ? "in"
        : function.equals("_?_:_")
            ? "?:"
            : function.matches("[A-Za-z_]*[A-Za-z][A-Za-z_]*")
                ? function
                : function.replace("_", "");
  }
}
