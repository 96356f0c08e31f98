// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.kernel.EvidenceTier;
import dev.vigil.policy.Decision;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Prints what a decision costs in CPU time with ten applicable rules; run by hand with
/// `-Dvigil.speed=true`. Asserts nothing about time.
class SpeedTest {

  @Test
  void ten_applicable_rules() {
    var rules =
        new StringBuilder(
            "strength:\n"
                + "  passkey: {any_of: [passkey, passkey-hardware], user_verified: true}\n"
                + "location:\n"
                + "  embargoed: [127.0.66.0/24]\n"
                + "permit:\n");
    rules.append(
        "  p1: {app: x, who: subject.population == \"employee\" && \"staff\" in subject.groups,"
            + " require: [{strength: passkey, max_age: 8h, text: Sign in.}, {if: device.managed &&"
            + " device.corporate && device.compliant && device.encrypted}]}\n");
    rules.append("  p2: {app: x, who: subject.population == \"customer\"}\n");
    rules.append("guard:\n");
    var guards =
        List.of(
            "device.active && subject.active",
            "!device.rooted",
            "device.patch_date >= date(\"2026-06-01\")",
            "device.screen_lock",
            "device.threat_level in [\"none\", \"low\"]",
            "connection.mutual_tls && connection.tls_version == \"TLSv1.3\"");
    for (int i = 0; i < guards.size(); i++)
      rules
          .append("  g")
          .append(i)
          .append(": {app: any, when: subject.population == \"employee\", require: [{if: '")
          .append(guards.get(i))
          .append("'}]}\n");
    rules.append(
        "forbid:\n"
            + "  f1: {app: any, when: in_location(\"embargoed\")}\n"
            + "  f2: {app: any, when: request.path.startsWith(\"/internal\")}\n");
    for (int i = 0; i < 200; i++)
      rules
          .append("  other")
          .append(i)
          .append(": {app: other-")
          .append(i)
          .append(", when: device.rooted}\n");
    var policy = Scene.policy(rules.toString());
    var timed = request().request();
    var timeless =
        request()
            .with("authentication.strength", "passkey", EvidenceTier.OBSERVED, Duration.ofHours(9))
            .request();
    assertThat(policy.decide(timed)).isInstanceOf(Decision.Allow.class);
    assertThat(policy.decide(timeless)).isInstanceOf(Decision.StepUp.class);
    if (!Boolean.getBoolean("vigil.speed")) return;
    for (int round = 0; round < 5; round++) {
      System.out.printf(
          "allow with an end in time %d ns, step up %d ns%n",
          nanos(policy, timed), nanos(policy, timeless));
    }
  }

  private static Scene request() {
    return Scene.empty()
        .with("subject.active", true)
        .with("subject.population", "employee")
        .with("subject.groups", List.of("all", "staff"))
        .with("device.active", true)
        .with("device.rooted", false)
        .with("device.patch_date", "2026-09-01")
        .with("device.screen_lock", true)
        .with("device.threat_level", "none")
        .with("device.encrypted", true)
        .with("device.managed", true)
        .with("device.corporate", true)
        .with("device.compliant", true)
        .with("connection.mutual_tls", true)
        .with("connection.tls_version", "TLSv1.3")
        .with("network.address", "127.0.0.9")
        .with("app.id", "x")
        .with("request.path", "/a")
        .with("authentication.user_verified", true)
        .with("authentication.strength", "passkey", EvidenceTier.OBSERVED, Duration.ofHours(1));
  }

  private static long nanos(CompiledPolicySet policy, dev.vigil.policy.AccessRequest request) {
    int times = 300_000;
    long seen = 0;
    var clock = ManagementFactory.getThreadMXBean();
    long start = clock.getCurrentThreadCpuTime();
    for (int i = 0; i < times; i++) seen += policy.decide(request).basis().policyVersion();
    long each = (clock.getCurrentThreadCpuTime() - start) / times;
    assertThat(seen).isPositive();
    return each;
  }
}
