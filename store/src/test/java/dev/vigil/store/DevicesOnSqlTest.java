// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.FactsJson;
import dev.vigil.admission.FactsSink;
import dev.vigil.admission.administration.Mandate;
import dev.vigil.admission.administration.Reason;
import dev.vigil.admission.device.Attestations;
import dev.vigil.admission.device.Enrolment;
import dev.vigil.admission.device.PostureReports;
import dev.vigil.admission.device.Renewal;
import dev.vigil.admission.device.Revocation;
import dev.vigil.identity.Population;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.SubjectId;
import dev.vigil.posture.Report;
import dev.vigil.posture.attestation.Statement;
import dev.vigil.testkit.CollectedFacts;
import dev.vigil.testkit.ManualTime;
import dev.vigil.testkit.SeededEntropy;
import dev.vigil.testkit.SoftwareKey;
import dev.vigil.testkit.TestAuthorities;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The life of a phone on the real store, the largest attestation included, and what is loaded
/// after a restart.
class DevicesOnSqlTest {

  private final ManualTime time = ManualTime.atNoon();
  private final SeededEntropy entropy = new SeededEntropy(9);
  private final SoftwareKey phone = SoftwareKey.generate();

  @Test
  void a_phone_lives_and_dies_on_disk_and_a_restart_knows_it(@TempDir Path folder) {
    try (var open = OpenStore.sqlite(folder)) {
      var sink = new CollectedFacts();
      var changes = new Changes(open.store(), sink, time, entropy);
      changes.load();
      var authorities = new TestAuthorities(time.now(), entropy);
      var session = signedIn(changes);
      var enrolment = new Enrolment(changes, authorities, Attestations.NONE, Duration.ofHours(24));
      var challenge = OpenStore.done(enrolment.challenge(session.id())).value();
      var report = new Report(List.of(new Report.Claim("os_version", "17.1", Optional.empty())));
      var attestation =
          Optional.of(
              new Statement("android-key", List.of(Bytes.of(entropy.bytes(99))), List.of()));
      var issued =
          OpenStore.done(
              enrolment.enrol(
                  new Enrolment.Request(
                      session.id(),
                      phone.certificateRequest(challenge.toString()),
                      challenge,
                      "Alice's phone",
                      report,
                      attestation)));
      OpenStore.done(
          new Renewal(changes, authorities, Duration.ofHours(24))
              .renew(phone.thumbprint(), phone.certificateRequest()));
      OpenStore.done(new PostureReports(changes).report(issued.device().id(), report));
      var before = sink.last(FactsSink.Change.OfDevice.class);
      var again = new CollectedFacts();
      new Changes(open.store(), again, time, entropy).load();
      var after = again.last(FactsSink.Change.OfDevice.class);
      assertThat(FactsJson.write(after.facts())).isEqualTo(FactsJson.write(before.facts()));
      assertThat(after.certificates()).isEqualTo(before.certificates()).hasSize(2);
      OpenStore.done(
          new Revocation(changes)
              .revokeDevice(new Mandate(Actor.SYSTEM, new Reason("lost")), issued.device().id()));
      assertThat(sink.last(FactsSink.Change.OfDevice.class).certificates()).isEmpty();
      assertThat(sink.last(FactsSink.Change.OfSession.class).ended()).isTrue();
    }
  }

  @Test
  void commits_that_share_a_sync_reach_the_sink_in_order(@TempDir Path folder) {
    try (var open = OpenStore.sqlite(folder)) {
      var sink = new CollectedFacts();
      var changes = new Changes(open.store(), sink, time, entropy);
      changes.load();
      var session = signedIn(changes);
      try (var pool = Executors.newFixedThreadPool(16)) {
        for (int i = 0; i < 400; i++)
          pool.execute(() ->
              changes.commit(
                  Actor.SYSTEM, work -> work.event("test", "test", Map.of(), session.id())));
      }
      assertThat(sink.all().stream().map(FactsSink.Committed::sequence).toList())
          .isSorted()
          .hasSize(402);
    }
  }

  private Session signedIn(Changes changes) {
    var alice =
        new Subject(
            SubjectId.random(entropy),
            "alice@bank.example",
            "Alice",
            Population.EMPLOYEE,
            Set.of(),
            Set.of(),
            true,
            time.now());
    var session =
        new Session(
            SessionId.random(entropy),
            alice.id(),
            new Session.Binding.Key(phone.thumbprint()),
            List.of(),
            time.now(),
            time.now().plusSeconds(86_400),
            Optional.empty());
    changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx().put(alice);
          work.tx().put(session);
          return work.event("session-established", "test", Map.of(), alice.id(), session.id());
        });
    return session;
  }
}
