// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.authzen;

import dev.vigil.admission.Changes;
import dev.vigil.admission.administration.UserName;
import dev.vigil.identity.Population;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.SubjectId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The subjects that Vigil knows, by AuthZEN's types: `user` is a person, `employee`, `customer`,
/// `partner`, `workload` and `agent` are of that population, `subject` and `identity` are anybody.
/// An id is a user name or Vigil's own. Subjects of other types are not Vigil's.
final class KnownSubjects {

  private static final String OWN_ID = "sub_";

  private final Changes changes;

  KnownSubjects(Changes changes) {
    this.changes = changes;
  }

  /// The subject that is meant; empty if Vigil does not know it.
  Optional<SubjectId> find(Asked.Party asked) {
    var populations = populations(asked.type());
    if (populations.isEmpty()) return Optional.empty();
    return subject(asked.id())
        .filter(subject -> populations.contains(subject.population()))
        .map(Subject::id);
  }

  /// Whether an id looks like one of Vigil's own, which nobody else gives.
  static boolean looksOwn(String id) {
    return id.startsWith(OWN_ID);
  }

  private Optional<Subject> subject(String id) {
    if (looksOwn(id)) return ownId(id).flatMap(own -> changes.read(view -> view.subject(own)));
    return switch (UserName.of(id)) {
      case Outcome.Done<UserName>(UserName name) ->
          changes.read(view -> view.subjectNamed(name.value()));
      case Outcome.Refused<UserName> _ -> Optional.empty();
    };
  }

  private static Optional<SubjectId> ownId(String id) {
    try {
      return Optional.of(new SubjectId(id));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// Every active subject of a type, by user name.
  List<Subject> all(String type) {
    var populations = populations(type);
    return changes.read(view -> view.subjects()).stream()
        .filter(subject -> subject.active() && populations.contains(subject.population()))
        .sorted(Comparator.comparing(Subject::userName))
        .toList();
  }

  private static Set<Population> populations(String type) {
    return switch (type) {
      case "user" -> EnumSet.of(Population.EMPLOYEE, Population.CUSTOMER, Population.PARTNER);
      case "subject", "identity" -> EnumSet.allOf(Population.class);
      default -> {
        var named = EnumSet.noneOf(Population.class);
        Arrays.stream(Population.values())
            .filter(population -> population.label().equals(type))
            .forEach(named::add);
        yield named;
      }
    };
  }
}
