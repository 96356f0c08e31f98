// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.passkey;

import dev.vigil.identity.Attestation;
import dev.vigil.identity.Passkey;
import dev.vigil.kernel.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/// Which authenticators may be used by whom, and what is known of their models.
public final class Authenticators {

  private final List<AuthenticatorRule> rules;
  private final Supplier<Models> models;

  /// @param models what is known when it is asked
  public Authenticators(List<AuthenticatorRule> rules, Supplier<Models> models) {
    this.rules = List.copyOf(rules);
    this.models = models;
  }

  /// Any authenticator for anybody, and nothing is known of any.
  public static Authenticators any() {
    return new Authenticators(List.of(), () -> Models.NONE);
  }

  /// What browsers are asked for (WebAuthn Level 3, section 5.4.7).
  public enum Conveyance {
    /// Nothing: people keep their privacy.
    NONE("none"),
    /// The authenticator's own statement.
    DIRECT("direct");

    private final String label;

    Conveyance(String label) {
      this.label = label;
    }

    /// The value in creation options.
    public String label() {
      return label;
    }
  }

  /// An attestation is asked for only where a rule needs it.
  public Conveyance conveyance(Set<String> groups) {
    return rules.stream().anyMatch(rule -> rule.appliesTo(groups))
        ? Conveyance.DIRECT
        : Conveyance.NONE;
  }

  /// Whether a person of these groups may use this passkey now. A model that is reported as
  /// compromised is nobody's, even if the model is only a claim.
  public Outcome<Passkey> admit(Passkey passkey, Set<String> groups, Instant now) {
    return refusal(passkey.aaguid(), passkey.attestation(), groups, now)
        .<Outcome<Passkey>>map(Outcome::refused)
        .orElseGet(() -> Outcome.done(passkey));
  }

  Optional<PasskeyRefusal> refusal(
      String aaguid, Attestation attestation, Set<String> groups, Instant now) {
    var known = models.get();
    var id = UUID.fromString(aaguid);
    if (known.known(id).flatMap(Model::compromised).isPresent())
      return Optional.of(PasskeyRefusal.COMPROMISED);
    var applying = rules.stream().filter(rule -> rule.appliesTo(groups)).toList();
    if (applying.isEmpty()) return Optional.empty();
    var model = known.current(id, now).filter(_ -> attestation.verified());
    if (model.isEmpty()) return Optional.of(PasskeyRefusal.UNATTESTED);
    return applying.stream().flatMap(rule -> broken(rule, id, model.get()).stream()).findFirst();
  }

  private static Optional<PasskeyRefusal> broken(AuthenticatorRule rule, UUID id, Model model) {
    if (rule.deny().contains(id) || !(rule.allow().isEmpty() || rule.allow().contains(id)))
      return Optional.of(PasskeyRefusal.MODEL);
    boolean certified =
        rule.certified()
            .map(least -> model.certification().filter(l -> l.compareTo(least) >= 0).isPresent())
            .orElse(true);
    return certified ? Optional.empty() : Optional.of(PasskeyRefusal.UNCERTIFIED);
  }

  /// What is known of authenticator models now.
  public Models models() {
    return models.get();
  }
}
