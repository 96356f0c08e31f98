// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.access.AccessRefusal;
import dev.vigil.access.Advice;
import dev.vigil.access.Adviser;
import dev.vigil.access.Given;
import dev.vigil.access.Question;
import dev.vigil.access.World;
import dev.vigil.audit.DecisionRecord;
import dev.vigil.audit.DecisionRecord.OwnFact;
import dev.vigil.audit.DecisionRecord.Result;
import dev.vigil.audit.DecisionRecord.Snapshot;
import dev.vigil.audit.RecordDecoder;
import dev.vigil.audit.RecordEncoder;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.DecisionId;
import dev.vigil.kernel.EvidenceTier;
import dev.vigil.kernel.SubjectId;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Fact;
import dev.vigil.policy.FactType;
import dev.vigil.policy.Facts;
import dev.vigil.policy.FactsSchema;
import dev.vigil.testkit.Policies;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What stays of an answer to another enforcement point.
class RecordedAdviceTest {

  private final Scene scene = new Scene(4);
  private final SubjectId alice = SubjectId.random(scene);

  private static Fact fact(String name) {
    return FactsSchema.standard().find(name).orElseThrow();
  }

  private Question question() {
    var said = new HashMap<Fact, Object>();
    said.put(fact("request.method"), "can_read");
    said.put(fact("app.id"), "todo");
    said.put(
        Fact.attribute(Entity.APP, "owners", FactType.STRINGS, new Fact.Meaning("", Set.of(), "")),
        List.of("a", "b"));
    return new Question(
        scene.digest(),
        new Question.About(
            new AppId("todo"), Optional.of(alice), Optional.empty(), Optional.empty()),
        new Given(said),
        Scene.NOON);
  }

  private static DecisionRecord writtenAndRead(DecisionRecord record) {
    var encoder = new RecordEncoder();
    assertThat(encoder.encode(record)).isEqualTo(RecordEncoder.Encoded.DONE);
    var bytes = new byte[encoder.payload().remaining()];
    encoder.payload().get(bytes);
    return ((RecordDecoder.Decoded.Whole) RecordDecoder.decode(bytes)).record();
  }

  @Test
  void the_record_names_the_caller_the_snapshots_and_what_was_only_said() {
    var world = new World(Policies.deciding(7, _ -> Policies.allow()));
    world.put(alice, Facts.about(Entity.SUBJECT, alice.value(), 12).build());
    var question = question();
    var advice = new Adviser(world, scene).consider(question);
    var record = writtenAndRead(RecordedAdvice.record(question, advice));
    assertThat(record.certificate()).isEqualTo(question.caller());
    assertThat(record.id()).isEqualTo(advice.reference());
    assertThat(record.snapshots()).containsExactly(new Snapshot("subject", alice.value(), 12));
    assertThat(record.facts())
        .containsExactly(
            new OwnFact(
                "app.attributes.owners", List.of("a", "b"), EvidenceTier.REPORTED, Scene.NOON),
            new OwnFact("app.id", List.of("todo"), EvidenceTier.REPORTED, Scene.NOON),
            new OwnFact("request.method", List.of("can_read"), EvidenceTier.REPORTED, Scene.NOON));
    assertThat(record.result().outcome()).isEqualTo(DecisionRecord.Outcome.ALLOW);
  }

  @Test
  void an_answer_that_could_not_be_given_is_recorded_as_rejected() {
    var advice = new Advice.Rejected(DecisionId.random(scene), AccessRefusal.NOT_READY);
    var record = writtenAndRead(RecordedAdvice.record(question(), advice));
    assertThat(record.result()).isEqualTo(new Result.Rejected("access.not-ready"));
    assertThat(record.snapshots()).isEmpty();
  }
}
