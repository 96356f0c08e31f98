// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.laws;

import dev.vigil.kernel.EvidenceTier;
import dev.vigil.policy.IpAddress;
import dev.vigil.policy.Version;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

/// Makes conditions.
final class Conditions {

  private static final List<String> ORDER = List.of("==", "!=", "<", "<=", ">", ">=");
  private static final List<String> EQUALITY = List.of("==", "!=");

  private final Dice dice;
  private final List<String> levels;
  private final List<String> strengths;
  private final List<String> windows;

  /// What conditions may name.
  Conditions(Dice dice, List<String> levels, List<String> strengths, List<String> windows) {
    this.dice = dice;
    this.levels = levels;
    this.strengths = strengths;
    this.windows = windows;
  }

  /// Where evidence predicates may stand.
  enum Evidence {
    POSITIVE,
    NEGATIVE,
    NONE;

    Evidence opposite() {
      return this == POSITIVE ? NEGATIVE : this == NEGATIVE ? POSITIVE : NONE;
    }
  }

  Expr condition(int depth, Evidence evidence) {
    if (depth == 0) return atom(evidence);
    return switch (dice.below(9)) {
      case 0, 1 -> new Expr.And(some(depth, evidence));
      case 2, 3 -> new Expr.Or(some(depth, evidence));
      case 4 -> new Expr.Not(condition(depth - 1, evidence.opposite()));
      case 5 ->
          new Expr.If(
              condition(depth - 1, Evidence.NONE),
              condition(depth - 1, evidence),
              condition(depth - 1, evidence));
      case 6 ->
          new Expr.Same(
              condition(depth - 1, Evidence.NONE),
              condition(depth - 1, Evidence.NONE),
              dice.coin());
      default -> atom(evidence);
    };
  }

  private List<Expr> some(int depth, Evidence evidence) {
    return IntStream.range(0, 2 + dice.below(2))
        .mapToObj(i -> condition(depth - 1, evidence))
        .toList();
  }

  /// More than is compiled in one piece.
  Expr large() {
    var parts = IntStream.range(0, 40).mapToObj(i -> atom(Evidence.NONE)).toList();
    var nested = new Expr.And(condition(2, Evidence.NONE), condition(1, Evidence.NONE));
    return new Expr.Or(new Expr.And(parts), nested, new Expr.Not(new Expr.Or(parts)));
  }

  /// What a rule could be found by, on its own or beside something else.
  Expr key() {
    var key =
        switch (dice.below(8)) {
          case 0, 1 -> new Atom.Has(dice.of(Vocabulary.GROUPS), "subject.groups");
          case 2 -> new Atom.Cmp("request.path", "==", dice.of(Vocabulary.PATHS), dice.coin());
          case 3 ->
              new Atom.In(
                  "request.path",
                  List.of(dice.of(Vocabulary.PATHS), "/p0", dice.of(Vocabulary.PATHS)));
          case 4 ->
              new Atom.Cmp("subject.population", "==", dice.among("employee", "customer", "agent"));
          case 5 -> new Atom.Cmp("subject.attributes.branch", "==", dice.among("zurich", "geneva"));
          case 6 -> new Atom.Has(dice.among("web", "atm"), "request.attributes.channels");
          default -> new Atom.In("subject.population", dice.oneIn(3) ? List.of() : some());
        };
    return dice.oneIn(3) ? key : new Expr.And(key, condition(1, Evidence.NONE));
  }

  private List<Object> some() {
    return List.of(dice.among("employee", "partner"), "workload");
  }

  private Expr atom(Evidence evidence) {
    if (evidence != Evidence.NONE && dice.oneIn(5)) return behind(evidence);
    return switch (dice.below(7)) {
      case 0 -> textual();
      case 1 -> numeric();
      case 2 -> timed();
      case 3 -> listed();
      case 4 -> named();
      case 5 -> new Atom.Flag(dice.among("device.rooted", "device.managed", "device.encrypted"));
      default -> new Atom.Cmp("subject.population", dice.of(EQUALITY), "employee", dice.coin());
    };
  }

  private Expr behind(Evidence evidence) {
    var fact = dice.of(Vocabulary.TIMED);
    var age = dice.of(Vocabulary.AGES);
    var predicate =
        switch (dice.below(4)) {
          case 0 -> new Atom.Known(fact);
          case 1 -> new Atom.Tier(fact, dice.among(EvidenceTier.ATTESTED, EvidenceTier.MANAGED));
          default -> new Atom.Younger(fact, age);
        };
    if (evidence == Evidence.POSITIVE) return predicate;
    return dice.oneIn(3) ? new Atom.Older(fact, age) : new Expr.Not(predicate);
  }

  private Expr textual() {
    return switch (dice.below(9)) {
      case 0 -> new Atom.In("risk.session", List.of("none", "low"));
      case 1 -> new Atom.Cmp("request.method", dice.of(EQUALITY), "GET", dice.coin());
      case 2 -> new Atom.In("authentication.strength", List.of("passkey", "passkey-hardware"));
      case 3 -> new Atom.Text("device.model", function(), dice.among("Phone", "7", "h", ""));
      case 4 -> new Atom.Text("request.path", function(), dice.among("/p1", "1", "p"));
      case 5 -> new Atom.Both("risk.session", dice.of(EQUALITY), "risk.device");
      case 6 -> new Atom.Cmp("subject.attributes.branch", dice.of(EQUALITY), "zurich");
      case 7 -> new Atom.In("device.platform", dice.oneIn(4) ? List.of() : List.of("ios"));
      default -> new Atom.Cmp("network.address", dice.of(EQUALITY), IpAddress.parse("127.0.0.1"));
    };
  }

  private String function() {
    return dice.among("startsWith", "endsWith", "contains");
  }

  private Expr numeric() {
    return switch (dice.below(8)) {
      case 0 -> new Atom.Cmp("request.body_bytes", dice.of(ORDER), 10L, dice.coin());
      case 1 -> new Atom.Cmp("risk.session_score", dice.of(ORDER), dice.among(0.0, 0.5));
      case 2 -> new Atom.In("risk.session_score", List.of(0.0, 1.0));
      case 3 -> new Atom.Cmp("subject.attributes.clearance", dice.of(ORDER), 2L, dice.coin());
      case 4 -> new Atom.In("subject.attributes.clearance", List.of(1L, 3L));
      case 5 -> new Atom.Size("device.model", dice.of(ORDER), 5);
      case 6 ->
          new Atom.Cmp("device.os_version", dice.of(ORDER), Version.parse("17.1"), dice.coin());
      default -> new Atom.In("device.os_version", List.of(Version.parse("16.0")));
    };
  }

  private Expr timed() {
    return switch (dice.below(6)) {
      case 0, 1 -> new Atom.During(dice.of(windows));
      case 2 ->
          new Atom.Clock(
              dice.among("<", "<=", ">", ">="),
              dice.among(
                  Vocabulary.NOW,
                  Instant.parse("2026-11-23T06:59:59.5Z"),
                  Instant.parse("2026-11-24T00:00:00Z")));
      case 3 -> since("device.patch_date");
      case 4 -> since("subject.attributes.hired");
      default ->
          new Atom.Cmp(
              "device.patch_date", dice.of(ORDER), LocalDate.parse("2026-06-01"), dice.coin());
    };
  }

  private Expr since(String fact) {
    return new Atom.Since(fact, dice.of(Vocabulary.AGO), dice.coin());
  }

  private Expr listed() {
    return switch (dice.below(6)) {
      case 0, 1 -> new Atom.Has(dice.among("g0", "g1", "g7"), "subject.groups");
      case 2 -> new Atom.Size("subject.groups", dice.of(ORDER), 2);
      case 3 -> new Atom.Has("hwk", "authentication.methods");
      case 4 -> new Atom.Has("web", "request.attributes.channels");
      default -> new Atom.Each(dice.coin(), list(), "e", element(1));
    };
  }

  private String list() {
    return dice.among("subject.groups", "app.tags", "request.attributes.channels");
  }

  /// About the element of a list, the element around it, or anything else.
  private Expr element(int deeper) {
    var e = deeper == 1 ? "e" : dice.among("e", "inner");
    return switch (dice.below(7)) {
      case 0, 1 -> new Atom.Cmp(e, dice.of(EQUALITY), dice.among("g1", "red", "web"), dice.coin());
      case 2 -> new Atom.Text(e, function(), dice.among("g", "1", "e"));
      case 3 -> new Atom.In(e, List.of("g0", "g2", "atm"));
      case 4 -> new Expr.Or(element(deeper), atom(Evidence.NONE));
      case 5 ->
          deeper == 0
              ? new Atom.Size(e, dice.of(ORDER), 2)
              : new Atom.Each(dice.coin(), "subject.groups", "inner", element(0));
      default -> new Atom.Flag("device.rooted");
    };
  }

  private Expr named() {
    return switch (dice.below(4)) {
      case 0 -> new Atom.Office();
      case 1 -> new Expr.Strength(dice.of(strengths));
      default -> levels.isEmpty() ? new Expr.Lit(dice.coin()) : new Expr.Level(dice.of(levels));
    };
  }
}
