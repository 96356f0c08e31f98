// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import static dev.vigil.admission.administration.AdministrationRefusal.NOBODY_TO_APPROVE;
import static dev.vigil.admission.administration.AdministrationRefusal.NO_SUCH_PENDING;
import static dev.vigil.admission.administration.AdministrationRefusal.PENDING_AUTHOR;
import static dev.vigil.admission.administration.AdministrationRefusal.PENDING_EXPIRED;
import static dev.vigil.admission.administration.AdministrationRefusal.PENDING_OTHER_FILES;
import static dev.vigil.admission.administration.AdministrationRefusal.PENDING_OWN;
import static dev.vigil.admission.administration.AdministrationRefusal.POLICY_CHANGED;
import static dev.vigil.admission.administration.AdministrationRefusal.TOO_MANY_PENDING;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.PendingPolicy;
import dev.vigil.admission.View;
import dev.vigil.admission.Work;
import dev.vigil.admission.administration.Publications.Applied;
import dev.vigil.identity.Role;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.ChangeId;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Proposals that wait for a second person: made by one, approved by another with the role, for
/// exactly the files and the version that they were made for, within three days.
final class Approvals {

  /// The detail of a proposal that locks people out on purpose.
  static final String LOCKOUT = "lockout_allowed";

  private static final Duration LIFE = Duration.ofDays(3);
  private static final int MOST = 20;

  private final Changes changes;

  Approvals(Changes changes) {
    this.changes = changes;
  }

  Outcome<Applied> propose(Mandate mandate, Draft draft, Map<String, String> details) {
    if (!(mandate.by() instanceof Actor.Person(SubjectId author, var _)))
      return Outcome.refused(PENDING_AUTHOR);
    return changes.commit(
        mandate.by(),
        work -> {
          if (Draft.versionOf(work.tx().policy()) != draft.basedOn())
            return Outcome.refused(POLICY_CHANGED);
          dropExpired(work);
          if (work.tx().pendingPolicies().size() >= MOST) return Outcome.refused(TOO_MANY_PENDING);
          if (work.tx().subjects().stream().noneMatch(other -> second(work.tx(), author, other)))
            return Outcome.refused(NOBODY_TO_APPROVE);
          var pending = proposal(work, author, draft, mandate.reason(), details);
          work.tx().put(pending);
          work.note("policy-proposed", pending.reason(), described(pending), author);
          return Outcome.done(new Applied.Waiting(pending, draft.differences()));
        });
  }

  private static PendingPolicy proposal(
      Work work, SubjectId author, Draft draft, Reason reason, Map<String, String> details) {
    return new PendingPolicy(
        ChangeId.random(work.entropy()),
        draft.files().all(),
        draft.basedOn(),
        author,
        reason.text(),
        details,
        work.now(),
        work.now().plus(LIFE));
  }

  private static boolean second(View view, SubjectId author, Subject other) {
    return !other.id().equals(author) && mayWrite(other) && !view.passkeysOf(other.id()).isEmpty();
  }

  private static boolean mayWrite(Subject subject) {
    return subject.active()
        && (subject.roles().contains(Role.POLICY_AUTHOR)
            || subject.roles().contains(Role.ADMINISTRATOR));
  }

  private static void dropExpired(Work work) {
    for (var pending : work.tx().pendingPolicies()) {
      if (work.now().isBefore(pending.expiresAt())) continue;
      work.tx().removePending(pending.id());
      work.note("policy-proposal-expired", "nobody approved it in time", described(pending));
    }
  }

  private static Map<String, String> described(PendingPolicy pending) {
    var details = new TreeMap<>(pending.details());
    details.put("change", pending.id().value());
    details.put("based_on", Long.toString(pending.basedOn()));
    details.put("digest", PolicyFiles.kept(pending.files()).digest().toString());
    return details;
  }

  /// What waits, oldest first.
  List<PendingPolicy> waiting() {
    Instant now = changes.time().now();
    return changes.read(View::pendingPolicies).stream()
        .filter(pending -> now.isBefore(pending.expiresAt()))
        .toList();
  }

  Outcome<PendingPolicy> find(ChangeId id) {
    var found = changes.read(view -> find(view, id));
    if (found.isEmpty()) return Outcome.refused(NO_SUCH_PENDING);
    return changes.time().now().isBefore(found.get().expiresAt())
        ? Outcome.done(found.get())
        : Outcome.refused(PENDING_EXPIRED);
  }

  private static Optional<PendingPolicy> find(View view, ChangeId id) {
    return view.pendingPolicies().stream().filter(pending -> pending.id().equals(id)).findFirst();
  }

  /// The proposal, if this person may approve it and has looked at these very files. Who tries to
  /// approve the own proposal, or other files than those proposed, stands in the events.
  Outcome<PendingPolicy> approvable(Mandate mandate, ChangeId id, Sha256 digest) {
    return find(id)
        .then(pending -> {
          if (!(mandate.by() instanceof Actor.Person(SubjectId second, var _))
              || second.equals(pending.author())) return refused(mandate, pending, PENDING_OWN);
          if (!PolicyFiles.kept(pending.files()).digest().equals(digest))
            return refused(mandate, pending, PENDING_OTHER_FILES);
          boolean stands =
              changes
                  .read(view -> view.subject(pending.author()))
                  .map(Approvals::mayWrite)
                  .orElse(false);
          return stands ? Outcome.done(pending) : refused(mandate, pending, PENDING_AUTHOR);
        });
  }

  private Outcome<PendingPolicy> refused(Mandate mandate, PendingPolicy pending, Refusal why) {
    changes.refused(mandate.by(), "policy-approval-refused", why, pending.author());
    return Outcome.refused(why);
  }

  Outcome<PendingPolicy> withdraw(Mandate mandate, ChangeId id) {
    return changes.commit(
        mandate.by(),
        work -> {
          var found = find(work.tx(), id);
          if (found.isEmpty()) return Outcome.refused(NO_SUCH_PENDING);
          work.tx().removePending(id);
          work.note("policy-withdrawn", mandate.reason().text(), described(found.get()));
          return Outcome.done(found.get());
        });
  }
}
