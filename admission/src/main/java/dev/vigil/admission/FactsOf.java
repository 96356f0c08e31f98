// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import dev.vigil.identity.Authentication;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.EvidenceTier;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Evidence;
import dev.vigil.policy.Facts;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/// What policies may know of each entity, made from what the store holds. What is not known is left
/// out.
public final class FactsOf {

  /// RFC 8176 values that say the verification was biometric.
  private static final Set<String> BIOMETRIC = Set.of("face", "fpt", "iris", "retina", "vbm");

  private FactsOf() {}

  /// Of a subject; its evidence is ours, as of the commit.
  public static Facts subject(Subject subject, long version, Instant now) {
    var ours = new Evidence(EvidenceTier.OBSERVED, now);
    return Facts.about(Entity.SUBJECT, subject.id().value(), version)
        .put("subject.id", subject.id().value(), ours)
        .put("subject.population", subject.population().label(), ours)
        .put("subject.groups", sorted(subject.groups()), ours)
        .put(
            "subject.roles",
            sorted(Set.copyOf(subject.roles().stream().map(role -> role.label()).toList())),
            ours)
        .put("subject.active", subject.active(), ours)
        .build();
  }

  /// Of a session's authentications. Each fact counts from the latest time it was achieved, so that
  /// a weak authentication never freshens a strong one.
  public static Facts authentication(Session session, long version) {
    var facts = Facts.about(Entity.AUTHENTICATION, session.id().value(), version);
    var all = session.authentications();
    var strongest = all.stream().map(Authentication::strength).max(Comparator.naturalOrder());
    if (strongest.isEmpty()) {
      return facts
          .put(
              "authentication.strength",
              "none",
              new Evidence(EvidenceTier.OBSERVED, session.startedAt()))
          .build();
    }
    var methods = all.stream().flatMap(one -> one.methods().stream()).distinct().sorted().toList();
    facts.put(
        "authentication.strength",
        strongest.get().label(),
        latest(all, one -> one.strength() == strongest.get()));
    facts.put("authentication.methods", methods, latest(all, _ -> true));
    putFlag(facts, "authentication.phishing_resistant", all, Authentication::phishingResistant);
    putFlag(facts, "authentication.user_verified", all, Authentication::userVerified);
    putBiometric(facts, all);
    all.stream()
        .filter(one -> one.acr().isPresent())
        .max(Comparator.comparing(Authentication::at))
        .ifPresent(one ->
            facts.put(
                "authentication.acr",
                one.acr().orElseThrow(),
                new Evidence(EvidenceTier.OBSERVED, one.at())));
    return facts.build();
  }

  /// Biometric if some authentication is known to have been; not biometric only if every one is
  /// known not to have been: nobody was verified, or by a PIN. Otherwise it is not known.
  private static void putBiometric(Facts.Builder facts, List<Authentication> all) {
    boolean known =
        all.stream().anyMatch(FactsOf::biometric) || all.stream().allMatch(FactsOf::notBiometric);
    if (known) putFlag(facts, "authentication.biometric", all, FactsOf::biometric);
  }

  /// What another provider says of it does not count.
  private static boolean biometric(Authentication one) {
    return one.strength() != Authentication.Strength.FEDERATED
        && one.methods().stream().anyMatch(BIOMETRIC::contains);
  }

  private static boolean notBiometric(Authentication one) {
    return !one.userVerified() || one.methods().contains("pin");
  }

  private static void putFlag(
      Facts.Builder facts, String name, List<Authentication> all, Predicate<Authentication> has) {
    boolean any = all.stream().anyMatch(has);
    facts.put(name, any, latest(all, any ? has : _ -> true));
  }

  private static Evidence latest(List<Authentication> all, Predicate<Authentication> which) {
    var at =
        all.stream()
            .filter(which)
            .map(Authentication::at)
            .max(Comparator.naturalOrder())
            .orElse(Instant.EPOCH);
    return new Evidence(EvidenceTier.OBSERVED, at);
  }

  /// Of a protected app; its evidence is ours, as of the commit.
  public static Facts app(App app, long version, Instant now) {
    var ours = new Evidence(EvidenceTier.OBSERVED, now);
    return Facts.about(Entity.APP, app.id().value(), version)
        .put("app.id", app.id().value(), ours)
        .put("app.sensitivity", app.sensitivity().toLowerCase(Locale.ROOT), ours)
        .put("app.tags", sorted(app.tags()), ours)
        .build();
  }

  private static List<String> sorted(Set<String> words) {
    return words.stream().sorted().toList();
  }
}
