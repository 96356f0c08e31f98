// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.rule;

import dev.vigil.policy.Obligations;
import dev.vigil.policy.condition.Condition;
import dev.vigil.policy.condition.Evaluation;
import java.util.List;

/// One rule of a policy.
public sealed interface Rule {

  /// Its name, unique within the set.
  String name();

  /// Whether it decides or is only reported on.
  Mode mode();

  /// Which apps it is about.
  AppScope apps();

  /// When it applies, apart from the app.
  Written when();

  /// What it requires where it applies; nothing for a forbid.
  List<Requirement> requirements();

  /// How it restricts where it applies; not at all for a forbid.
  Obligations restrictions();

  /// What an unknown condition counts for: permits are skipped, guards and forbids match unless
  /// their author says otherwise.
  Unknown unknown();

  /// Whether it applies, with the app; as unknown counts for this rule.
  default boolean applies(Evaluation on) {
    return switch (apps().truth(on).and(when().condition().truth(on))) {
      case TRUE -> true;
      case FALSE -> false;
      case UNKNOWN -> unknown() == Unknown.MATCHES;
    };
  }

  /// Whether a rule decides.
  enum Mode {
    ENFORCE,
    REPORT
  }

  /// What an unknown condition counts for.
  enum Unknown {
    MATCHES,
    SKIPS
  }

  /// A condition with the text its author wrote.
  record Written(String text, Condition condition) {}

  /// Names who may reach an app and what it requires.
  record Permit(
      String name,
      Mode mode,
      AppScope apps,
      Written when,
      List<Requirement> requirements,
      Obligations restrictions)
      implements Rule {
    public Permit {
      requirements = List.copyOf(requirements);
    }

    @Override
    public Unknown unknown() {
      return Unknown.SKIPS;
    }
  }

  /// Adds requirements and restrictions wherever it applies.
  record Guard(
      String name,
      Mode mode,
      AppScope apps,
      Written when,
      Unknown unknown,
      List<Requirement> requirements,
      Obligations restrictions)
      implements Rule {
    public Guard {
      requirements = List.copyOf(requirements);
    }
  }

  /// Ends the matter.
  record Forbid(String name, Mode mode, AppScope apps, Written when, Unknown unknown)
      implements Rule {

    @Override
    public List<Requirement> requirements() {
      return List.of();
    }

    @Override
    public Obligations restrictions() {
      return Obligations.NONE;
    }
  }
}
