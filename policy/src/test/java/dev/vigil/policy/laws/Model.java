// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.laws;

import dev.vigil.policy.Obligations;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A policy and what it means, by the definition and nothing else.
record Model(
    Map<String, Expr> levels,
    Map<String, Strength> strengths,
    Map<String, Stretch> windows,
    List<Rule> rules) {

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  enum Kind {
    PERMIT,
    GUARD,
    FORBID
  }

  /// @param ways which values of `authentication.strength` count
  /// @param methods which must all have been used
  /// @param flags facts that must be true
  record Strength(List<String> ways, List<String> methods, List<String> flags) {

    Optional<Boolean> in(World world) {
      return Expr.every(parts().stream().map(part -> part.in(world, NOTHING)).toList());
    }

    private List<Expr> parts() {
      return Stream.of(
              Stream.of(new Atom.In("authentication.strength", List.copyOf(ways))),
              methods.stream().map(m -> new Atom.Has(m, "authentication.methods")),
              flags.stream().map(Atom.Flag::new))
          .<Expr>flatMap(part -> part)
          .toList();
    }

    boolean implies(Strength other) {
      return other.ways.containsAll(ways)
          && methods.containsAll(other.methods)
          && flags.containsAll(other.flags);
    }
  }

  static final Model NOTHING = new Model(Map.of(), Map.of(), Map.of(), List.of());

  /// Which apps; an empty list does not restrict.
  record Apps(List<String> ids, List<String> tags, List<String> sensitivities) {

    static final Apps ANY = new Apps(List.of(), List.of(), List.of());

    Optional<Boolean> in(World world) {
      var parts = new ArrayList<Expr>();
      if (!ids.isEmpty()) parts.add(new Atom.In("app.id", List.copyOf(ids)));
      if (!tags.isEmpty())
        parts.add(new Expr.Or(tags.stream().<Expr>map(t -> new Atom.Has(t, "app.tags")).toList()));
      if (!sensitivities.isEmpty())
        parts.add(new Atom.In("app.sensitivity", List.copyOf(sensitivities)));
      return new Expr.And(parts).in(world, NOTHING);
    }
  }

  /// @param rollout the share of subjects it is rolled out to, in hundredths of a per cent
  record Rule(
      Kind kind,
      String name,
      Apps apps,
      Expr when,
      Optional<Integer> rollout,
      List<Requirement> requirements,
      Obligations restrict,
      boolean report,
      boolean skip) {

    Rule enforced() {
      return new Rule(kind, name, apps, when, rollout, requirements, restrict, false, skip);
    }
  }

  /// A requirement: a condition or, if that is empty, that what is asked of the session is so. What
  /// satisfies it: a fix, an authentication, or nothing if both are empty.
  record Requirement(Optional<Expr> condition, Optional<String> fix, Optional<Ask> ask) {

    boolean hasRemedy() {
      return fix.isPresent() || ask.isPresent();
    }
  }

  record Ask(Optional<String> strength, Optional<Duration> maxAge, boolean transaction) {}

  Model with(List<Rule> others) {
    return new Model(levels, strengths, windows, others);
  }

  /// The same with some rules that were only reported on enforced.
  Model enforcing(Set<String> names) {
    return with(rules.stream().map(r -> names.contains(r.name) ? r.enforced() : r).toList());
  }

  Stream<Rule> enforced(Kind kind) {
    return rules.stream().filter(rule -> rule.kind == kind && !rule.report);
  }

  boolean applies(Rule rule, World world) {
    return Expr.every(List.of(rule.apps.in(world), cohort(rule, world), rule.when.in(world, this)))
        .orElse(rule.kind != Kind.PERMIT && !rule.skip);
  }

  /// The first eight bytes of the SHA-256 digest of the rule's name, a new line and the subject's
  /// id, as an unsigned number, modulo 10,000, are less than the share.
  private static Optional<Boolean> cohort(Rule rule, World world) {
    if (rule.rollout.isEmpty()) return Expr.TRUE;
    var subject = world.value("subject.id");
    if (subject == null) return Expr.UNKNOWN;
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((rule.name + "\n" + subject).getBytes(StandardCharsets.UTF_8));
      var number = new BigInteger(1, Arrays.copyOf(digest, 8));
      return Optional.of(number.mod(BigInteger.valueOf(10_000)).intValue() < rule.rollout.get());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean met(Requirement requirement, World world) {
    return requirement
        .condition
        .map(condition -> condition.in(world, this).equals(Expr.TRUE))
        .orElseGet(() -> met(requirement.ask.orElseThrow(), world));
  }

  private boolean met(Ask ask, World world) {
    if (ask.strength.isPresent()
        && !Objects.requireNonNull(strengths.get(ask.strength.get())).in(world).equals(Expr.TRUE))
      return false;
    var known = world.known("authentication.strength");
    if (ask.maxAge.isPresent()
        && (known == null
            || known.value().equals("none")
            || Duration.between(known.observed(), world.at()).compareTo(ask.maxAge.get()) >= 0))
      return false;
    return !ask.transaction
        || Boolean.TRUE.equals(world.value("authentication.transaction_approved"));
  }

  boolean forbidden(World world) {
    return enforced(Kind.FORBID).anyMatch(rule -> applies(rule, world));
  }

  /// The restrictions under which access would be granted: one for each satisfied permit. Empty
  /// means no.
  List<Obligations> granted(World world) {
    if (forbidden(world)) return List.of();
    var guards = enforced(Kind.GUARD).filter(rule -> applies(rule, world)).toList();
    if (!guards.stream().flatMap(rule -> rule.requirements.stream()).allMatch(r -> met(r, world)))
      return List.of();
    var granted = new ArrayList<Obligations>();
    enforced(Kind.PERMIT)
        .filter(
            rule -> applies(rule, world) && rule.requirements.stream().allMatch(r -> met(r, world)))
        .forEach(permit ->
            together(Stream.concat(Stream.of(permit), guards.stream()).map(Rule::restrict).toList())
                .ifPresent(granted::add));
    return granted;
  }

  /// Whether something stands against a permit, whatever its requirements and those of guards come
  /// to: a forbid, its own condition, or restrictions that leave nothing to do.
  boolean standsAgainst(Rule permit, World world) {
    var guards = enforced(Kind.GUARD).filter(rule -> applies(rule, world));
    return forbidden(world)
        || !applies(permit, world)
        || together(Stream.concat(Stream.of(permit), guards).map(Rule::restrict).toList())
            .isEmpty();
  }

  private static Optional<Obligations> together(List<Obligations> all) {
    var limited =
        all.stream().filter(o -> !o.methods().isEmpty()).map(Obligations::methods).toList();
    Set<String> methods = limited.isEmpty() ? Set.of() : new HashSet<>(limited.getFirst());
    for (var some : limited) methods.retainAll(some);
    boolean readOnly = all.stream().anyMatch(Obligations::readOnly);
    var doable = limited.isEmpty() ? new HashSet<>(SAFE) : new HashSet<>(methods);
    if (readOnly) doable.retainAll(SAFE);
    if (doable.isEmpty()) return Optional.empty();
    return Optional.of(
        new Obligations(
            readOnly,
            all.stream().anyMatch(Obligations::noDownload),
            shortest(all.stream().map(Obligations::maximumAge)),
            methods,
            shortest(all.stream().map(Obligations::recheck))));
  }

  private static Optional<Duration> shortest(Stream<Optional<Duration>> all) {
    return all.flatMap(Optional::stream).min(Comparator.naturalOrder());
  }

  /// Whether the first restricts less in some way and more in none.
  static boolean lessThan(Obligations a, Obligations b) {
    return !a.equals(b) && noMoreThan(a, b);
  }

  static boolean noMoreThan(Obligations a, Obligations b) {
    return (!a.readOnly() || b.readOnly())
        && (!a.noDownload() || b.noDownload())
        && noShorter(a.maximumAge(), b.maximumAge())
        && noShorter(a.recheck(), b.recheck())
        && (a.methods().isEmpty()
            || (!b.methods().isEmpty() && a.methods().containsAll(b.methods())));
  }

  private static boolean noShorter(Optional<Duration> a, Optional<Duration> b) {
    return a.isEmpty() || (b.isPresent() && b.get().compareTo(a.get()) <= 0);
  }
}
