// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.suite;

import dev.vigil.policy.Obligations;
import dev.vigil.policy.language.Place;
import dev.vigil.workbench.Answer;
import java.util.List;
import java.util.Optional;

/// What a case expects; what it does not mention may be anything.
///
/// @param deciding rules that must be among those that decide
/// @param unmet exactly these requirements, `rule/requirement` or `requirement` alone, and forbids
///   by name; empty if the case does not say
/// @param steps exactly these, in any order; empty if the case does not say
/// @param ifEnforced the answer if rules that are only reported on decided too
public record Expectation(
    Answer answer,
    List<Named> deciding,
    Optional<List<Named>> unmet,
    Optional<List<WantedStep>> steps,
    Optional<Obligations> restrictions,
    Optional<Answer> ifEnforced) {

  public Expectation {
    deciding = List.copyOf(deciding);
  }

  /// Nothing but an answer.
  static Expectation of(Answer answer) {
    return new Expectation(
        answer, List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /// A word that a case file uses for something in the policies.
  public record Named(String text, Place place) {}
}
