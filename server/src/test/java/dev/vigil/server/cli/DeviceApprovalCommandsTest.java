// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.Actor;
import dev.vigil.admission.device.EnrolmentRules.Approval;
import dev.vigil.admission.device.PendingEnrolment;
import dev.vigil.admission.device.Showing;
import dev.vigil.identity.Population;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.ChangeId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Phones that wait for an administrator's word, at the command line.
class DeviceApprovalCommandsTest extends CommandsScene {

  private Subject alice() {
    return new Subject(
        SubjectId.random(entropy),
        "alice",
        "Alice",
        Population.EMPLOYEE,
        Set.of(),
        Set.of(),
        true,
        time.now());
  }

  private String waits() {
    var alice = alice();
    changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx().put(alice);
          return work.event("subject-created", "test", Map.of(), alice.id());
        });
    return waits(alice);
  }

  private String waits(Subject owner) {
    var pending =
        new PendingEnrolment(
            ChangeId.random(entropy),
            owner.id(),
            Sha256.ofDigest(entropy.bytes(32)),
            "Alice's phone",
            new Showing("android", "Pixel 9", "hardware", "test"),
            Approval.ADMINISTRATOR,
            time.now().plus(PendingEnrolment.LIFETIME),
            Optional.empty());
    changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx().enrolments().put(pending);
          return work.note("device-enrolment-pending", "test", Map.of(), owner.id());
        });
    return pending.id().value();
  }

  @Test
  void a_phone_that_waits_is_listed_with_what_it_shows_and_approved_once() {
    String id = waits();
    does("device", "pending");
    assertThat(output.toString()).contains(id, "Alice's phone", "android", "test", "waits");
    does("device", "approve", id, "--reason", "asked her");
    assertThat(output.toString()).contains("is approved");
    does("device", "pending");
    assertThat(output.toString()).contains("approved").doesNotContain("waits");
    assertThat(run("device", "approve", id, "--reason", "again")).isEqualTo(Exit.REFUSED.code());
    assertThat(errors.toString()).contains("it was answered");
  }

  @Test
  void a_phone_that_is_refused_waits_no_longer() {
    String id = waits();
    does("device", "refuse", id, "--reason", "not hers");
    does("device", "pending");
    assertThat(output.toString()).doesNotContain(id);
  }

  @Test
  void what_is_no_enrolment_or_ones_own_is_not_approved() {
    var root = changes.read(view -> view.subjectNamed("root")).orElseThrow();
    assertThat(run("device", "approve", "nothing", "--reason", "x")).isEqualTo(Exit.REFUSED.code());
    assertThat(run("device", "approve", waits(root), "--reason", "mine"))
        .isEqualTo(Exit.REFUSED.code());
    assertThat(errors.toString()).contains("not yours to answer");
  }
}
