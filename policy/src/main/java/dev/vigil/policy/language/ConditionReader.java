// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.language;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.vigil.policy.condition.Condition;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Reads conditions: CEL in a YAML scalar.
final class ConditionReader {

  private final Names names;
  private final Report report;
  private final Map<String, CelAbstractSyntaxTree> sound = new HashMap<>();

  ConditionReader(Names names, Report report) {
    this.names = names;
    this.report = report;
  }

  /// The condition; empty if there is a problem, which has been reported.
  Optional<Condition> read(Yaml.Scalar written, Purpose purpose) {
    return readWithUses(written, purpose)
        .filter(read -> inPlace(read, purpose))
        .map(Read::condition);
  }

  /// The condition of a level, for a purpose.
  Optional<Condition> level(String name, Place from, Purpose purpose) {
    return names
        .level(name, from, this::readWithUses)
        .map(read ->
            new Read(
                read.condition(),
                read.uses().stream()
                    .map(use -> new Read.EvidenceUse(use.predicate(), use.side(), from))
                    .toList()))
        .filter(read -> inPlace(read, purpose))
        .map(read -> new Condition.Named(name, read.condition()));
  }

  Optional<Read> readWithUses(Yaml.Scalar written, Purpose purpose) {
    var text = written.text();
    if (text.isBlank()) {
      report.problem(
          written.place(),
          "the condition is empty",
          "nothing says when it holds",
          "write `true` if it always does");
      return Optional.empty();
    }
    if (text.codePointCount(0, text.length()) > CelEnvironment.LONGEST_CONDITION) {
      report.problem(
          written.place(),
          "the condition is longer than " + CelEnvironment.LONGEST_CONDITION + " characters",
          "nobody can review that",
          "name its parts as levels");
      return Optional.empty();
    }
    return compiled(written).flatMap(tree -> read(tree, written));
  }

  /// Large policies say the same again and again; a text that was sound once is not compiled anew.
  private Optional<CelAbstractSyntaxTree> compiled(Yaml.Scalar written) {
    var known = sound.get(written.text());
    if (known != null) return Optional.of(known);
    var result = names.environment().compiler().compile(written.text());
    try {
      var tree = result.getAst();
      sound.put(written.text(), tree);
      return Optional.of(tree);
    } catch (CelValidationException e) {
      var problems = new CelProblems(names, written, report);
      result.getErrors().forEach(problems::report);
      return Optional.empty();
    }
  }

  private Optional<Read> read(CelAbstractSyntaxTree tree, Yaml.Scalar written) {
    try {
      return new AstReader(tree, written, names, this, report)
          .read()
          .filter(read -> notTooLarge(read, written));
    } catch (AstReader.Refused reported) {
      return Optional.empty();
    }
  }

  private boolean notTooLarge(Read read, Yaml.Scalar written) {
    if (!names.isTooLarge(read.condition())) return true;
    report.problem(
        written.place(),
        "the condition has more than "
            + Weight.MOST
            + " parts, with everything that its levels bring in",
        "what a decision costs is bounded",
        "let levels build on each other less");
    return false;
  }

  private boolean inPlace(Read read, Purpose purpose) {
    boolean sound = true;
    for (var use : read.uses()) {
      boolean allowed =
          switch (purpose) {
            case GRANTS -> use.side() == Read.Side.POSITIVE;
            case LIMITS -> use.side() == Read.Side.NEGATIVE;
            case NAMED -> true;
          };
      if (allowed) continue;
      sound = false;
      report.problem(
          use.place(),
          "`" + use.predicate() + "` cannot stand here",
          "knowing less could grant more",
          purpose == Purpose.GRANTS
              ? "in permits and requirements use it without `!`, `age` with `<`, and outside the"
                  + " test of `?:` and `==`"
              : "in guards and forbids use it behind `!`, or `age` with `>=`, so that they match"
                  + " when nothing is known");
    }
    return sound;
  }
}
