// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import static dev.vigil.admission.administration.AdministrationScene.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.Actor;
import dev.vigil.admission.App;
import dev.vigil.admission.PendingPolicy;
import dev.vigil.admission.PolicyText;
import dev.vigil.admission.administration.Publications.Applied;
import dev.vigil.admission.administration.Publications.OnLockout;
import dev.vigil.admission.administration.Publications.Wish;
import dev.vigil.identity.Role;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;

/// A bank with two administrators, who publish alone or with four eyes.
abstract class PublicationsScene {

  static final String SOUND =
      """
      permit:
        staff:
          app: mobile-bank
          who: subject.population == "employee"
      """;
  static final Map<String, String> FIRST = Map.of("base.yaml", SOUND);
  static final Map<String, String> SECOND =
      Map.of(
          "base.yaml",
          SOUND.replace("\"employee\"", "\"employee\" && level(\"active\")"),
          "more.yaml",
          "level: {active: subject.active}\n");

  final AdministrationScene scene = new AdministrationScene();
  final Publications alone = scene.publications;
  final Publications four = scene.publications(Publishing.Approval.SECOND_PERSON);
  Subject alice = scene.registered("alice", Role.POLICY_AUTHOR);
  final Subject bob = scene.registered("bob", Role.ADMINISTRATOR);

  @BeforeEach
  void mobileBank() {
    app("mobile-bank", Set.of());
  }

  final void app(String id, Set<String> tags) {
    scene.changes.commit(
        Actor.SYSTEM,
        work -> {
          var app =
              new App(
                  new AppId(id),
                  id + ".example",
                  URI.create("http://127.0.0.1:1"),
                  "normal",
                  tags,
                  List.of());
          work.tx().put(app);
          return work.event("app-changed", "test", Map.of(), app.id());
        });
  }

  final Mandate by(Subject subject) {
    return new Mandate(
        new Actor.Person(subject.id(), scene.session(subject).id()),
        new Reason("because " + subject.userName() + " says so"));
  }

  static Wish wish(Map<String, String> files) {
    return new Wish(files, OptionalLong.empty(), OnLockout.REFUSE);
  }

  static Wish meant(Map<String, String> files) {
    return new Wish(files, OptionalLong.empty(), OnLockout.ALLOW);
  }

  static Applied.Published published(Outcome<Applied> applied) {
    var done = done(applied);
    assertThat(done).isInstanceOf(Applied.Published.class);
    return (Applied.Published) done;
  }

  final PendingPolicy proposed(Subject author, Map<String, String> files) {
    return ((Applied.Waiting) done(four.apply(by(author), wish(files)))).pending();
  }

  static Sha256 digest(Map<String, String> files) {
    return done(PolicyFiles.of(files)).digest();
  }

  final long inForce() {
    return scene.policies.history(1).stream().mapToLong(PolicyText::version).findFirst().orElse(0);
  }

  final List<String> events(String type) {
    return scene.events().stream()
        .filter(event -> event.type().equals(type))
        .map(event -> event.actor() + " " + event.cause())
        .toList();
  }
}
