// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.policy;

import dev.vigil.kernel.EvidenceTier;
import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Evidence;
import dev.vigil.policy.Facts;
import dev.vigil.policy.IpAddress;
import dev.vigil.policy.Version;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Requests of many phones, no two alike: people, groups, versions, patch levels, addresses, paths
/// and the age of what is known differ.
final class Phones {

  /// The time of the first request.
  static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private static final List<String> NETWORKS =
      List.of("10.20.%d.%d", "10.21.%d.%d", "198.18.%d.%d", "2001:db8:1:%d::%d");
  private static final List<String> PATHS =
      List.of("/accounts", "/accounts/4711/limits", "/reports/quarter", "/", "/orders/new");

  private Phones() {}

  /// A request of the phone of this number.
  static AccessRequest request(int number, Situation situation) {
    var now = NOW.plusMillis(number);
    var facts = new TreeMap<String, Object>();
    person(facts, number);
    device(facts, number);
    surroundings(facts, number);
    facts.putAll(different(situation));
    var signedIn =
        situation == Situation.STEP_UP
            ? Duration.ofHours(40)
            : Duration.ofSeconds(60 + 7L * (number % 2000));
    return request(facts, "phone-" + number, now, signedIn);
  }

  private static Map<String, Object> different(Situation situation) {
    return switch (situation) {
      case ALLOWED, STEP_UP -> Map.of();
      case NOT_PERMITTED -> Map.of("subject.population", "partner");
      case FORBIDDEN -> Map.of("network.address", IpAddress.parse("192.0.2.77"));
      case REMEDIATE -> Map.of("device.patch_date", LocalDate.parse("2025-11-01"));
    };
  }

  private static void person(Map<String, Object> facts, int number) {
    var groups = new ArrayList<String>();
    for (int i = 0; i < number % 5; i++) groups.add("team-" + (number + i) % 97);
    groups.addAll(List.of("staff", "treasury"));
    facts.put("subject.id", "person-" + number);
    facts.put("subject.population", "employee");
    facts.put("subject.groups", List.copyOf(groups));
    facts.put("subject.active", true);
    facts.put("authentication.strength", number % 3 == 0 ? "passkey-hardware" : "passkey");
    facts.put("authentication.user_verified", true);
    facts.put("authentication.phishing_resistant", true);
    facts.put("authentication.methods", List.of("hwk", "user"));
  }

  private static void device(Map<String, Object> facts, int number) {
    facts.put("device.id", "device-" + number);
    facts.put("device.platform", number % 2 == 0 ? "ios" : "android");
    facts.put("device.os_version", Version.parse((17 + number % 2) + "." + (4 + number % 3)));
    facts.put("device.patch_date", LocalDate.parse("2026-07-01").plusDays(number % 120));
    facts.put("device.threat_level", number % 4 == 0 ? "low" : "none");
    facts.put("device.rooted", false);
    for (var flag :
        List.of(
            "active",
            "managed",
            "corporate",
            "compliant",
            "encrypted",
            "screen_lock",
            "secure_boot",
            "hardware_key")) facts.put("device." + flag, true);
  }

  private static void surroundings(Map<String, Object> facts, int number) {
    var network = NETWORKS.get(number % NETWORKS.size());
    facts.put(
        "network.address", IpAddress.parse(network.formatted(number / 250 % 250, number % 250)));
    facts.put("network.country", "DE");
    facts.put("network.anonymiser", false);
    facts.put("connection.mutual_tls", true);
    facts.put("connection.tls_version", "TLSv1.3");
    facts.put("connection.binding", "certificate");
    facts.put("risk.session", "none");
    facts.put("risk.subject", "low");
    facts.put("risk.device", number % 2 == 0 ? "none" : "low");
    facts.put("risk.session_score", number % 40 / 100.0);
    facts.put("app.id", Corpus.APP);
    facts.put("app.sensitivity", "high");
    facts.put("app.tags", List.of("finance"));
    facts.put("request.method", number % 5 == 0 ? "POST" : "GET");
    facts.put("request.path", PATHS.get(number % PATHS.size()));
    facts.put("request.protocol", "h2");
  }

  private static AccessRequest request(
      Map<String, Object> facts, String id, Instant now, Duration signedIn) {
    var request =
        new AccessRequest(
            Facts.unknown(Entity.SUBJECT),
            Facts.unknown(Entity.AUTHENTICATION),
            Facts.unknown(Entity.DEVICE),
            Facts.unknown(Entity.CONNECTION),
            Facts.unknown(Entity.NETWORK),
            Facts.unknown(Entity.RISK),
            Facts.unknown(Entity.APP),
            Facts.unknown(Entity.REQUEST),
            now);
    for (var entity : Entity.values()) {
      var about = Facts.about(entity, id, 1);
      var age = entity == Entity.AUTHENTICATION ? signedIn : Duration.ofMinutes(5);
      facts.forEach((name, value) -> {
        if (name.startsWith(entity.prefix() + "."))
          about.put(name, received(value), new Evidence(EvidenceTier.MANAGED, now.minus(age)));
      });
      request = request.with(about.build());
    }
    return request;
  }

  /// Text arrives in requests and is never the very object that a policy holds.
  private static Object received(Object value) {
    return switch (value) {
      case String text -> String.valueOf(text.toCharArray());
      case List<?> many -> many.stream().map(Phones::received).toList();
      default -> value;
    };
  }
}
