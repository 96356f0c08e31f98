// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import dev.vigil.workbench.proof.Words.Model;
import java.time.Instant;
import java.util.Map;

/// Asks whether there is a request, among all there could be, of which a term holds.
final class Inquiry {

  private final Solver solver;
  private final Premises premises;
  private final Instant now;

  /// @param now about when requests are preferred to be
  Inquiry(Solver solver, Premises premises, Instant now) {
    this.solver = solver;
    this.premises = premises;
    this.now = now;
    solver.suppose(premises.script());
  }

  /// What came of it.
  sealed interface Finding {

    /// There is no such request.
    record None() implements Finding {}

    /// Here is one.
    record Some(Model model) implements Finding {}

    /// It could not be found out.
    record Unanswered(String why) implements Finding {}
  }

  private sealed interface Verdict {
    record Sat() implements Verdict {}

    record Unsat() implements Verdict {}

    record Lost(String why) implements Verdict {}
  }

  /// Whether there is such a request, without a model of it.
  Finding any(String term) {
    return switch (verdict("(push 1)\n(assert " + term + ")\n(check-sat)\n(pop 1)")) {
      case Verdict.Unsat ignored -> new Finding.None();
      case Verdict.Sat ignored -> new Finding.Some(new Model(Map.of()));
      case Verdict.Lost(String why) -> new Finding.Unanswered(why);
    };
  }

  /// A request of which the term holds, one that people can read if there is one.
  Finding find(String term) {
    if (term.equals(Smt.FALSE)) return new Finding.None();
    return switch (verdict("(push 1)\n(assert " + term + ")\n(check-sat)")) {
      case Verdict.Unsat ignored -> {
        solver.ask("(pop 1)");
        yield new Finding.None();
      }
      case Verdict.Sat ignored -> model();
      case Verdict.Lost(String why) -> {
        solver.close();
        yield new Finding.Unanswered(why);
      }
    };
  }

  private Finding model() {
    var plausible = RequestInSmt.plausible(premises.vocabulary(), now);
    if (verdict("(push 1)\n(assert " + plausible + ")\n(check-sat)") instanceof Verdict.Sat)
      return values(2);
    return switch (verdict("(pop 1)\n(check-sat)")) {
      case Verdict.Sat ignored -> values(1);
      case Verdict.Unsat ignored -> lost("the solver contradicts itself");
      case Verdict.Lost(String why) -> lost(why);
    };
  }

  private Finding values(int depth) {
    var symbols = String.join(" ", premises.symbols());
    return switch (solver.ask("(get-value (" + symbols + "))\n(pop " + depth + ")")) {
      case Solver.Answer.Words(String text) ->
          Words.model(text)
              .<Finding>map(Finding.Some::new)
              .orElseGet(() -> lost("the solver's model cannot be read"));
      case Solver.Answer.Nothing(String why) -> lost(why);
    };
  }

  private Finding lost(String why) {
    solver.close();
    return new Finding.Unanswered(why);
  }

  private Verdict verdict(String question) {
    return switch (solver.ask(question)) {
      case Solver.Answer.Nothing(String why) -> new Verdict.Lost(why);
      case Solver.Answer.Words(String text) ->
          switch (text.strip()) {
            case "sat" -> new Verdict.Sat();
            case "unsat" -> new Verdict.Unsat();
            case "unknown" -> new Verdict.Lost("the solver gave up, perhaps for want of time");
            default -> new Verdict.Lost("the solver's answer cannot be read");
          };
    };
  }
}
