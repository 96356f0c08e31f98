// SPDX-License-Identifier: Apache-2.0
package dev.vigil.audit;

import dev.vigil.kernel.AppId;
import dev.vigil.kernel.DecisionId;
import dev.vigil.kernel.EvidenceTier;
import dev.vigil.kernel.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One decision, with references to all it was made of: enough to make it again, bit for bit.
///
/// @param certificate the thumbprint of the connection's client certificate
/// @param snapshots the versioned facts that were used, one per entity
/// @param schemaVersion the version of the facts schema, which gives the facts' texts their types
/// @param facts what was known about this request alone: its method and path, the connection, the
///   address
/// @param action the digest of the transaction it would carry out
public record DecisionRecord(
    DecisionId id,
    Instant at,
    AppId app,
    Sha256 certificate,
    List<Snapshot> snapshots,
    int schemaVersion,
    List<OwnFact> facts,
    Optional<Sha256> action,
    Result result) {

  public DecisionRecord {
    snapshots = List.copyOf(snapshots);
    facts = List.copyOf(facts);
  }

  /// A reference to an entity's facts at a version.
  ///
  /// @param entity `subject`, `authentication` (the session), `device`, `risk` or `app`
  /// @param version the committed sequence that made them so; 0 if they were not read
  public record Snapshot(String entity, String id, long version) {}

  /// A fact of the request itself.
  ///
  /// @param name the qualified name, such as `request.path`
  /// @param values the value in text; a list has any number of them, everything else one
  public record OwnFact(String name, List<String> values, EvidenceTier tier, Instant observed) {
    public OwnFact {
      values = List.copyOf(values);
    }
  }

  /// What came of it.
  public enum Outcome {
    ALLOW,
    RESTRICT,
    STEP_UP,
    REMEDIATE,
    DENY,
    /// It never reached the policies.
    REJECTED
  }

  /// The answer.
  public sealed interface Result {

    Outcome outcome();

    /// The policies answered.
    ///
    /// @param deciding the rules that decided; empty for the default deny
    /// @param validUntil when time alone could change the outcome; empty if never
    record Decided(
        Outcome outcome,
        long policyVersion,
        List<String> deciding,
        List<Reason> reasons,
        Optional<Instant> validUntil)
        implements Result {

      /// @throws IllegalArgumentException if the outcome is [Outcome#REJECTED]
      public Decided {
        if (outcome == Outcome.REJECTED)
          throw new IllegalArgumentException("a rejected request was not decided");
        deciding = List.copyOf(deciding);
        reasons = List.copyOf(reasons);
      }
    }

    /// It was rejected before.
    ///
    /// @param code the refusal's stable code
    record Rejected(String code) implements Result {
      @Override
      public Outcome outcome() {
        return Outcome.REJECTED;
      }
    }
  }

  /// An unmet requirement or a matching forbid, by name; its text stands in the policies.
  public record Reason(String rule, String requirement) {}

  /// The id of an entity that was involved, if it was.
  public Optional<String> idOf(String entity) {
    return snapshots.stream().filter(s -> s.entity().equals(entity)).map(Snapshot::id).findFirst();
  }
}
