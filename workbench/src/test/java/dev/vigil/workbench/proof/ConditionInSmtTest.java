// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.policy.condition.Truth;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Every kind of condition means the same to the solver and to the engine: tried on requests of its
/// own constants, their neighbours and unknowns.
class ConditionInSmtTest {

  private static final int REQUESTS = 40;
  private static final int MOST = 1000;
  private static final Solver SOLVER = Solver.within(Scenes.LIMITS);
  private static final String NAMES =
      """
      location:
        embargoed: [127.0.66.0/24, 10.0.0.0/8, "2001:db8::/32", 192.0.2.1]
        everywhere: [0.0.0.0/0]
      window:
        office: {days: [mon, tue, wed, thu, fri], from: "08:00", to: "18:00", zone: Europe/Zurich}
        night: {from: "22:00", to: "06:00", zone: Asia/Kolkata}
        winter: {days: [sun], zone: UTC, starts: "2026-11-01", ends: "2026-12-15"}
      attribute:
        limit: {of: subject, type: decimal}
        until: {of: subject, type: timestamp}
        notice: {of: subject, type: duration}
        region: {of: app, type: string, allowed: [north, south]}
      strength:
        good: {any_of: [passkey, passkey-hardware], user_verified: true, methods: [hwk]}
      level:
        corporate: device.managed && device.compliant
        deep: level("corporate") || device.rooted
        grouped: subject.groups.exists(g, g == "a")
      permit:
        all: {app: any, who: "true"}
      """;

  /// Conditions that come out all three ways.
  private static final List<String> CONDITIONS =
      """
      device.rooted
      !device.rooted
      device.rooted && device.managed
      device.rooted || device.managed
      device.rooted && device.managed && !device.encrypted
      device.rooted ? device.managed : device.encrypted
      device.rooted ? device.managed : device.managed
      device.rooted == device.managed
      device.rooted != device.managed
      device.rooted == (device.managed && device.encrypted)
      device.rooted in [true]
      subject.population == "employee"
      subject.population != "employee"
      subject.population in ["employee", "customer"]
      request.method == "GET"
      request.method in ["GET", "POST"]
      request.path == request.method
      request.path == subject.population
      device.id == subject.id
      request.path.startsWith("/admin")
      request.path.endsWith(".txt")
      request.path.contains("..")
      request.path.startsWith("/a") && request.path != "/admin" && !request.path.endsWith("x")
      request.path.startsWith(request.method)
      request.path.contains("\\"") || request.path.contains("\\\\")
      request.path.contains("Æ") || request.path == "Æ\\"\\\\u{1}"
      subject.population.startsWith("emp")
      size(request.path) > 3
      request.path.size() == size(request.method)
      request.body_bytes < 10
      request.body_bytes <= 10
      request.body_bytes > 10
      request.body_bytes >= 10
      request.body_bytes == 10
      request.body_bytes != 10
      request.body_bytes in [1, 10]
      request.body_bytes < size(request.path)
      10 > request.body_bytes
      device.os_version < version("17.1")
      device.os_version <= version("17.1.0")
      device.os_version >= version("17")
      device.os_version == version("17.0")
      device.os_version in [version("17"), version("18.0.0.0.0.1")]
      device.patch_date < date("2026-06-01")
      device.patch_date >= date("2026-06-01")
      device.patch_date == date("2026-06-01")
      network.address == address("127.0.0.1")
      network.address in [address("2001:db8::1"), address("::ffff:127.0.0.1")]
      in_location("embargoed")
      risk.session_score < 0.5
      risk.session_score <= 0.0
      risk.session_score == 0.0
      risk.session_score != 0.0
      risk.session_score > risk.device_score
      risk.session_score in [0.0, 0.5]
      subject.attributes.limit >= 1.5
      subject.attributes.until < timestamp("2026-11-22T10:00:00Z")
      subject.attributes.notice > duration("1h")
      app.attributes.region == "north"
      since(device.patch_date) < duration("90d")
      since(subject.attributes.until) >= duration("1h")
      during("office") && device.rooted
      during("night") || device.rooted
      during("winter") ? device.rooted : device.managed
      time < timestamp("2026-11-22T10:00:00Z") || device.rooted
      time >= timestamp("2026-11-22T10:00:00Z") && device.rooted
      "a" in subject.groups
      "a" in subject.groups && !("b" in subject.groups)
      request.method in subject.groups
      subject.groups.exists(g, g == "a")
      subject.groups.all(g, g == "a" || g == "b")
      subject.groups.exists(g, g.startsWith("ad"))
      subject.groups.all(g, g.contains("x"))
      subject.groups.exists(g, g in ["a", "b"])
      subject.groups.exists(g, g in app.tags)
      subject.groups.exists(g, app.tags.exists(t, t == g))
      subject.groups.all(g, app.tags.exists(t, t == g) || g == "a")
      subject.groups.exists(g, g == request.method)
      subject.groups.exists(g, g == "a" && device.rooted)
      subject.groups.all(g, g != "a" || device.rooted)
      subject.groups.exists(g, size(g) > 2)
      ["a", "b"].exists(g, g in subject.groups)
      ["a", "b"].all(g, g in subject.groups)
      [10, 20].exists(n, request.body_bytes < n)
      size(subject.groups) > 1
      size(subject.groups) == 0
      size(subject.groups) == 1 && "a" in subject.groups
      level("corporate")
      level("deep") && !level("corporate")
      level("grouped")
      strength("good")
      """
          .lines()
          .toList();

  /// Conditions that are never unknown, or never true.
  private static final List<String> CERTAIN =
      """
      known(device.rooted)
      known(subject.groups)
      attested(device.rooted)
      tier(device.rooted) >= "managed"
      tier(device.rooted) >= "reported"
      age(authentication.strength) < duration("8h")
      during("office")
      during("night")
      during("winter")
      time <= timestamp("2026-11-22T10:00:00Z")
      age(device.rooted) < duration("1s") && age(device.managed) < duration("3660d")
      """
          .lines()
          .toList();

  @AfterAll
  static void end() {
    SOLVER.close();
  }

  private static EnumSet<Truth> compare(String condition, int outcomes) {
    var policy = NAMES;
    var property = "it: {never: allow, when: '" + condition + "'}";
    var conditions = Scenes.properties(policy, property).stream().map(Property::condition).toList();
    var agreement = new Agreement(SOLVER, Scenes.policy(policy), conditions);
    var requests = agreement.requests(new Random(condition.hashCode()));
    var seen = EnumSet.noneOf(Truth.class);
    for (int i = 0; i < MOST && (i < requests(condition) || seen.size() < outcomes); i++) {
      var given = requests.next();
      var at = requests.at();
      seen.add(Agreement.truth(conditions.getFirst(), given.at(at)));
      assertThat(agreement.difference(given, at))
          .as(() -> condition + "\n" + agreement.shrunk(given, at) + "\n" + at)
          .isEmpty();
    }
    return seen;
  }

  /// What is about time has an end of time too, which is seldom met with.
  private static int requests(String condition) {
    return condition.contains("age(") || condition.contains("since(") ? 4 * REQUESTS : REQUESTS;
  }

  @Test
  void the_solver_reads_every_kind_of_condition_as_the_engine_does() {
    for (var condition : CONDITIONS)
      assertThat(compare(condition, 3))
          .as("%s comes out every way", condition)
          .containsExactlyInAnyOrder(Truth.values());
  }

  @Test
  void the_solver_reads_evidence_as_the_engine_does() {
    for (var condition : CERTAIN)
      assertThat(compare(condition, 2))
          .as("%s comes out both ways", condition)
          .containsExactlyInAnyOrder(Truth.TRUE, Truth.FALSE);
  }

  @Test
  void few_processes_answer_many_questions() {
    compare("device.rooted", 3);
    compare("device.managed", 3);
    assertThat(SOLVER.starts()).isEqualTo(1);
  }
}
