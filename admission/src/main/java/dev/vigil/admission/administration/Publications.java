// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import static dev.vigil.admission.administration.AdministrationRefusal.POLICY_CHANGED;
import static dev.vigil.admission.administration.AdministrationRefusal.POLICY_LOCKOUT;

import dev.vigil.admission.Changes;
import dev.vigil.admission.PendingPolicy;
import dev.vigil.admission.PolicyText;
import dev.vigil.admission.View;
import dev.vigil.admission.administration.PublicationChecks.Check;
import dev.vigil.kernel.ChangeId;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import dev.vigil.policy.language.Problem;
import dev.vigil.policy.language.Warning;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// How policies come to decide: read, checked against their cases and properties, looked at for
/// lock-outs, approved by a second person where that is demanded, and published whole as one
/// version. What does not pass is not published, and what was in force stays in force.
public final class Publications {

  private final Changes changes;
  private final Publishing publishing;
  private final Policies policies;
  private final Approvals approvals;

  public Publications(Changes changes, Publishing publishing) {
    this.changes = changes;
    this.publishing = publishing;
    this.policies = new Policies(changes);
    this.approvals = new Approvals(changes);
  }

  /// What came of wanting to publish.
  public sealed interface Applied {

    /// It decides now.
    ///
    /// @param differences against the version that was in force
    record Published(PolicyText text, List<Difference> differences, List<Warning> warnings)
        implements Applied {
      public Published {
        differences = List.copyOf(differences);
        warnings = List.copyOf(warnings);
      }
    }

    /// It waits for a second person.
    record Waiting(PendingPolicy pending, List<Difference> differences) implements Applied {
      public Waiting {
        differences = List.copyOf(differences);
      }
    }

    /// It cannot be read, nothing was changed; every problem is listed.
    record Unsound(List<Problem> problems) implements Applied {
      public Unsound {
        problems = List.copyOf(problems);
      }
    }

    /// Some checks did not pass, nothing was changed.
    record Failed(List<Check> checks) implements Applied {
      public Failed {
        checks = List.copyOf(checks);
      }
    }
  }

  /// What came of planning.
  public sealed interface Planned {

    /// These files can be read; what else would happen.
    record Plannable(Plan plan) implements Planned {}

    /// They cannot; every problem is listed.
    record Unsound(List<Problem> problems) implements Planned {
      public Unsound {
        problems = List.copyOf(problems);
      }
    }
  }

  /// What is to be published.
  ///
  /// @param basedOn the version it was written against; if another is in force by now, nothing is
  ///   published
  public record Wish(Map<String, String> files, OptionalLong basedOn, OnLockout onLockout) {
    public Wish {
      files = Map.copyOf(files);
    }
  }

  /// What to do with policies that lock people out.
  public enum OnLockout {
    REFUSE,
    /// Somebody says that it is meant.
    ALLOW
  }

  /// What publishing these files would mean; changes nothing.
  public Outcome<Planned> plan(Map<String, String> files) {
    return PolicyFiles.of(files).map(this::planned);
  }

  private Planned planned(PolicyFiles files) {
    return switch (Draft.of(files, changes.read(View::policy))) {
      case Draft.Drafted.Unsound(var problems) -> new Planned.Unsound(problems);
      case Draft.Drafted.Sound(var draft) ->
          new Planned.Plannable(
              new Plan(
                  draft.basedOn(),
                  files.digest(),
                  draft.differences(),
                  draft.loaded().warnings(),
                  publishing.checks().run(files, draft.loaded().set()),
                  lockout(draft),
                  publishing.approval()));
    };
  }

  private Optional<Lockout> lockout(Draft draft) {
    var now = changes.time().now();
    return changes.read(
        view -> new Reach(view, now).lockout(draft.inForce(), draft.loaded().set()));
  }

  /// Publishes files as the next version, or proposes them if a second person must approve.
  public Outcome<Applied> apply(Mandate mandate, Wish wish) {
    return PolicyFiles.of(wish.files())
        .then(
            files -> apply(mandate, new Asked(files, wish.basedOn(), wish.onLockout(), Map.of())));
  }

  /// The same with the files of an earlier version.
  public Outcome<Applied> rollback(Mandate mandate, long version, OnLockout onLockout) {
    return earlier(version, onLockout).then(asked -> apply(mandate, asked));
  }

  /// Publishes the files of an earlier version at once: no checks, nobody to approve. It must still
  /// be readable. An event of its own says that this was done.
  public Outcome<Applied> rollbackInEmergency(Mandate mandate, long version) {
    return earlier(version, OnLockout.ALLOW)
        .map(asked -> asked.with(Map.of("emergency", "true")))
        .then(asked ->
            switch (Draft.of(asked.files(), changes.read(View::policy))) {
              case Draft.Drafted.Unsound(var problems) ->
                  Outcome.done(new Applied.Unsound(problems));
              case Draft.Drafted.Sound(var draft) ->
                  new Publish(changes, draft).alone(mandate, asked.details());
            });
  }

  private Outcome<Asked> earlier(long version, OnLockout onLockout) {
    return policies
        .show(version)
        .map(text ->
            new Asked(
                PolicyFiles.kept(text.files()),
                OptionalLong.empty(),
                onLockout,
                Map.of("rolled_back_to", Long.toString(version))));
  }

  /// What is to be published, its form known.
  ///
  /// @param details of the event
  private record Asked(
      PolicyFiles files, OptionalLong basedOn, OnLockout onLockout, Map<String, String> details) {

    Asked with(Map<String, String> more) {
      var all = new TreeMap<>(details);
      all.putAll(more);
      return new Asked(files, basedOn, onLockout, Map.copyOf(all));
    }
  }

  private Outcome<Applied> apply(Mandate mandate, Asked asked) {
    var before = changes.read(View::policy);
    long inForce = Draft.versionOf(before);
    if (asked.basedOn().isPresent() && asked.basedOn().getAsLong() != inForce)
      return Outcome.refused(POLICY_CHANGED, "version " + inForce + " is in force");
    return switch (Draft.of(asked.files(), before)) {
      case Draft.Drafted.Unsound(var problems) -> Outcome.done(new Applied.Unsound(problems));
      case Draft.Drafted.Sound(var draft) -> checked(draft, asked, go -> go(mandate, draft, go));
    };
  }

  private Outcome<Applied> go(Mandate mandate, Draft draft, Asked asked) {
    return switch (publishing.approval()) {
      case NONE -> new Publish(changes, draft).alone(mandate, asked.details());
      case SECOND_PERSON -> approvals.propose(mandate, draft, asked.details());
    };
  }

  private interface Going {
    Outcome<Applied> on(Asked asked);
  }

  /// Goes on if every check passes and nobody is locked out who should not be.
  private Outcome<Applied> checked(Draft draft, Asked asked, Going going) {
    var failed =
        publishing.checks().run(draft.files(), draft.loaded().set()).stream()
            .filter(check -> !check.passed())
            .toList();
    if (!failed.isEmpty()) return Outcome.done(new Applied.Failed(failed));
    var lockout = lockout(draft);
    if (lockout.isEmpty()) return going.on(asked);
    return switch (asked.onLockout()) {
      case REFUSE -> Outcome.refused(POLICY_LOCKOUT, lockout.get().says());
      case ALLOW -> going.on(asked.with(Map.of(Approvals.LOCKOUT, lockout.get().name())));
    };
  }

  /// Publishes what another person proposed: exactly these files, on exactly the version that they
  /// were proposed for. Everything is checked again.
  ///
  /// @param digest of the files that the second person has looked at
  public Outcome<Applied> approve(Mandate mandate, ChangeId id, Sha256 digest) {
    return approvals.approvable(mandate, id, digest).then(pending -> approve(mandate, pending));
  }

  private Outcome<Applied> approve(Mandate mandate, PendingPolicy pending) {
    var before = changes.read(View::policy);
    if (Draft.versionOf(before) != pending.basedOn())
      return Outcome.refused(
          POLICY_CHANGED,
          "it was proposed for version " + pending.basedOn() + " and another is in force");
    var onLockout =
        pending.details().containsKey(Approvals.LOCKOUT) ? OnLockout.ALLOW : OnLockout.REFUSE;
    var asked =
        new Asked(
            PolicyFiles.kept(pending.files()), OptionalLong.empty(), onLockout, pending.details());
    return switch (Draft.of(asked.files(), before)) {
      case Draft.Drafted.Unsound(var problems) -> Outcome.done(new Applied.Unsound(problems));
      case Draft.Drafted.Sound(var draft) ->
          checked(draft, asked, go -> new Publish(changes, draft).approved(mandate, pending));
    };
  }

  /// Takes a proposal back.
  public Outcome<PendingPolicy> withdraw(Mandate mandate, ChangeId id) {
    return approvals.withdraw(mandate, id);
  }

  /// What waits for a second person, oldest first.
  public List<PendingPolicy> pending() {
    return approvals.waiting();
  }

  /// One proposal, with what it would change if it were approved now.
  public Outcome<Proposal> pending(ChangeId id) {
    return approvals
        .find(id)
        .map(pending -> new Proposal(pending, planned(PolicyFiles.kept(pending.files()))));
  }

  /// A proposal and what it means.
  public record Proposal(PendingPolicy pending, Planned plan) {}
}
