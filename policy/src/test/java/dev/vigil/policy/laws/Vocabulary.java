// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.laws;

import dev.vigil.policy.Entity;
import dev.vigil.policy.Fact;
import dev.vigil.policy.FactType;
import dev.vigil.policy.IpAddress;
import dev.vigil.policy.Version;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// The facts that generated policies and worlds speak of. Few values each, so that things meet.
final class Vocabulary {

  static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  static final List<Duration> AGES =
      List.of(Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofHours(8));

  /// How long ago a day or time may lie.
  static final List<Duration> AGO =
      List.of(Duration.ofHours(1), Duration.ofHours(36), Duration.ofDays(30), Duration.ofDays(90));

  static final List<String> WAYS = List.of("certificate", "passkey", "passkey-hardware");
  static final List<String> PATHS = IntStream.range(0, 12).mapToObj(i -> "/p" + i).toList();
  static final List<String> GROUPS = IntStream.range(0, 12).mapToObj(i -> "g" + i).toList();
  static final List<String> APPS = List.of("a", "b", "c", "d");

  /// Of these there are ages, tiers and `known`.
  static final List<String> TIMED =
      List.of(
          "authentication.strength",
          "device.rooted",
          "device.managed",
          "subject.attributes.branch");

  /// What policies declare beside the standard facts.
  static final Map<String, Attribute> ATTRIBUTES =
      Map.of(
          "subject.attributes.branch",
          new Attribute(Entity.SUBJECT, "branch", FactType.STRING, Set.of("zurich", "geneva")),
          "subject.attributes.clearance",
          new Attribute(Entity.SUBJECT, "clearance", FactType.INTEGER, Set.of()),
          "subject.attributes.hired",
          new Attribute(Entity.SUBJECT, "hired", FactType.TIMESTAMP, Set.of()),
          "request.attributes.channels",
          new Attribute(Entity.REQUEST, "channels", FactType.STRINGS, Set.of()),
          "device.attributes.checked",
          new Attribute(Entity.DEVICE, "checked", FactType.DATE, Set.of()));

  /// The values that worlds choose from.
  static final Map<String, List<Object>> VALUES = values();

  private Vocabulary() {}

  /// An attribute as policies declare it.
  record Attribute(Entity of, String name, FactType type, Set<String> allowed) {

    boolean fits(Object value) {
      return type.accepts(value)
          && (allowed.isEmpty() || (value instanceof String text && allowed.contains(text)));
    }

    /// The attribute as whoever sent this value declared it.
    Fact sent(Object value) {
      var its =
          List.of(
                  FactType.STRING,
                  FactType.INTEGER,
                  FactType.TIMESTAMP,
                  FactType.STRINGS,
                  FactType.DATE)
              .stream()
              .filter(t -> t.accepts(value))
              .findFirst()
              .orElseThrow();
      return Fact.attribute(of, name, its, new Fact.Meaning("", Set.of(), ""));
    }
  }

  private static Map<String, List<Object>> values() {
    var values = new TreeMap<String, List<Object>>();
    values.put("subject.id", List.of("s1", "s2", "s3", "s4", "s5", "s6"));
    values.put("subject.population", List.of("employee", "customer", "partner"));
    values.put(
        "subject.groups",
        List.of(
            List.of(),
            List.of("g0"),
            List.of("g0", "g1"),
            List.of("g1", "g1", "g5", "g1"),
            List.of("g7", "g2", "g3", "g11", "g4")));
    values.put("authentication.methods", List.of(List.of(), List.of("pwd"), List.of("hwk", "pin")));
    values.put(
        "authentication.strength", List.of("none", "certificate", "passkey", "passkey-hardware"));
    for (var flag :
        List.of(
            "authentication.user_verified",
            "authentication.phishing_resistant",
            "authentication.transaction_approved",
            "device.rooted",
            "device.managed",
            "device.encrypted",
            "device.screen_lock")) values.put(flag, List.of(true, false));
    values.put("device.platform", List.of("android", "ios"));
    values.put("device.model", List.of("Phone 7", "phone", ""));
    values.put(
        "device.os_version",
        List.of(Version.parse("16"), Version.parse("17.1"), Version.parse("18.0.1")));
    values.put(
        "device.patch_date",
        List.of(
            LocalDate.parse("2026-01-01"),
            LocalDate.parse("2026-06-01"),
            LocalDate.parse("2026-10-24"),
            LocalDate.parse("2026-11-22")));
    values.put(
        "network.address",
        List.of(
            IpAddress.parse("127.0.66.7"), IpAddress.parse("127.0.0.1"), IpAddress.parse("::1")));
    values.put("risk.session", List.of("none", "low", "high"));
    values.put("risk.device", List.of("none", "low", "high"));
    values.put("risk.session_score", List.of(0.0, -0.0, 0.5, 1.0, Double.NaN));
    values.put("app.id", List.copyOf(APPS));
    values.put("app.tags", List.of(List.of(), List.of("red"), List.of("red", "blue", "red")));
    values.put("app.sensitivity", List.of("low", "normal", "critical"));
    values.put("request.method", List.of("GET", "POST"));
    values.put("request.path", List.copyOf(PATHS));
    values.put("request.body_bytes", List.of(0L, 10L, 1000L));
    values.put("subject.attributes.branch", List.of("zurich", "geneva", "bern", 7L));
    values.put("subject.attributes.clearance", List.of(1L, 2L, 3L, "2"));
    values.put(
        "subject.attributes.hired",
        List.of(NOW.minusSeconds(3000), NOW.minus(Duration.ofDays(40)), "yesterday"));
    values.put(
        "request.attributes.channels", List.of(List.of("web"), List.of("web", "atm"), "web"));
    values.put(
        "device.attributes.checked",
        List.of(LocalDate.parse("2026-11-21"), LocalDate.parse("2026-02-02"), 20261121L));
    return values;
  }
}
