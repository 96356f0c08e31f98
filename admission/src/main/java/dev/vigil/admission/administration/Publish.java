// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import static dev.vigil.admission.administration.AdministrationRefusal.NO_SUCH_PENDING;
import static dev.vigil.admission.administration.AdministrationRefusal.POLICY_CHANGED;

import dev.vigil.admission.Changes;
import dev.vigil.admission.FactsSink;
import dev.vigil.admission.PendingPolicy;
import dev.vigil.admission.PolicyText;
import dev.vigil.admission.Work;
import dev.vigil.admission.administration.Publications.Applied;
import dev.vigil.kernel.Outcome;
import java.util.Map;
import java.util.TreeMap;

/// The one commit that makes a draft the version in force, with its event, and drops the proposals
/// that were made for the version before.
final class Publish {

  private final Changes changes;
  private final Draft draft;

  Publish(Changes changes, Draft draft) {
    this.changes = changes;
    this.draft = draft;
  }

  /// Publishes on one person's word.
  Outcome<Applied> alone(Mandate mandate, Map<String, String> details) {
    return changes.commit(
        mandate.by(),
        work -> {
          if (stale(work)) return Outcome.refused(POLICY_CHANGED);
          if (details.containsKey("emergency"))
            work.note("policy-emergency", mandate.reason().text(), details);
          return Outcome.done(published(work, text(work, mandate.by().id(), mandate), details));
        });
  }

  /// Publishes what one person proposed and this one approves. The proposal is spent with it.
  Outcome<Applied> approved(Mandate mandate, PendingPolicy pending) {
    return changes.commit(
        mandate.by(),
        work -> {
          if (!work.tx().pendingPolicies().contains(pending))
            return Outcome.refused(NO_SUCH_PENDING);
          if (stale(work)) return Outcome.refused(POLICY_CHANGED);
          var details = new TreeMap<>(pending.details());
          details.put("change", pending.id().value());
          details.put("author", pending.author().value());
          details.put("approved_because", mandate.reason().text());
          work.tx().removePending(pending.id());
          var because = new Mandate(mandate.by(), new Reason(pending.reason()));
          return Outcome.done(
              published(work, text(work, pending.author().value(), because), details));
        });
  }

  private boolean stale(Work work) {
    return Draft.versionOf(work.tx().policy()) != draft.basedOn();
  }

  private PolicyText text(Work work, String author, Mandate mandate) {
    return new PolicyText(
        draft.basedOn() + 1, draft.files().all(), author, mandate.reason().text(), work.now());
  }

  private Applied published(Work work, PolicyText text, Map<String, String> details) {
    var differences = draft.differences();
    work.tx().put(text);
    dropSuperseded(work, text);
    var all = new TreeMap<>(details);
    all.put("version", Long.toString(text.version()));
    all.put("files", Integer.toString(text.files().size()));
    all.put("digest", draft.files().digest().toString());
    long files = differences.stream().filter(one -> one.what() == Difference.What.FILE).count();
    all.put("differing", Long.toString(files));
    work.event("policy-published", text.reason(), all);
    work.also(new FactsSink.Change.OfPolicy(draft.loaded().set()));
    return new Applied.Published(text, differences, draft.loaded().warnings());
  }

  /// No other proposal was made for the version that is in force now, so none can be approved.
  private static void dropSuperseded(Work work, PolicyText text) {
    for (var pending : work.tx().pendingPolicies()) {
      work.tx().removePending(pending.id());
      work.note(
          "policy-superseded",
          "version " + text.version() + " was published",
          Map.of("change", pending.id().value(), "author", pending.author().value()));
    }
  }
}
