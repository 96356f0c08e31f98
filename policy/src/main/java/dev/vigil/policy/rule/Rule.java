// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.rule;

import dev.vigil.policy.Obligations;
import dev.vigil.policy.condition.Condition;
import dev.vigil.policy.condition.Evaluation;
import dev.vigil.policy.condition.Truth;
import java.util.ArrayList;
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

  /// Whether it applies, with the app; as unknown counts for this kind of rule.
  boolean applies(Evaluation on);

  /// The same rule in a place where the app's id has been looked at already, or not.
  Rule placed(boolean idSettled);

  /// Whether a rule decides.
  enum Mode {
    ENFORCE,
    REPORT
  }

  /// What an unknown condition counts for in a guard or forbid.
  enum Unknown {
    MATCHES,
    SKIPS
  }

  /// A condition with the text its author wrote.
  record Written(String text, Condition condition) {

    Written within(AppScope apps, boolean idSettled) {
      var parts = new ArrayList<>(apps.conditions(!idSettled));
      parts.add(condition);
      return new Written(text, parts.size() == 1 ? condition : new Condition.And(parts));
    }
  }

  /// Names who may reach an app and what it requires.
  ///
  /// @param full the condition with the app's
  record Permit(
      String name,
      Mode mode,
      AppScope apps,
      Written when,
      Written full,
      List<Requirement> requirements,
      Obligations restrictions)
      implements Rule {
    public Permit {
      requirements = List.copyOf(requirements);
    }

    @Override
    public boolean applies(Evaluation on) {
      return full.condition().truth(on) == Truth.TRUE;
    }

    @Override
    public Permit placed(boolean idSettled) {
      return new Permit(
          name, mode, apps, when, when.within(apps, idSettled), requirements, restrictions);
    }
  }

  /// Adds requirements and restrictions wherever it applies.
  record Guard(
      String name,
      Mode mode,
      AppScope apps,
      Written when,
      Written full,
      Unknown unknown,
      List<Requirement> requirements,
      Obligations restrictions)
      implements Rule {
    public Guard {
      requirements = List.copyOf(requirements);
    }

    @Override
    public boolean applies(Evaluation on) {
      return matches(full, unknown, on);
    }

    @Override
    public Guard placed(boolean idSettled) {
      return new Guard(
          name,
          mode,
          apps,
          when,
          when.within(apps, idSettled),
          unknown,
          requirements,
          restrictions);
    }
  }

  /// Ends the matter.
  record Forbid(String name, Mode mode, AppScope apps, Written when, Written full, Unknown unknown)
      implements Rule {

    @Override
    public boolean applies(Evaluation on) {
      return matches(full, unknown, on);
    }

    @Override
    public Forbid placed(boolean idSettled) {
      return new Forbid(name, mode, apps, when, when.within(apps, idSettled), unknown);
    }
  }

  private static boolean matches(Written full, Unknown unknown, Evaluation on) {
    return switch (full.condition().truth(on)) {
      case TRUE -> true;
      case FALSE -> false;
      case UNKNOWN -> unknown == Unknown.MATCHES;
    };
  }
}
