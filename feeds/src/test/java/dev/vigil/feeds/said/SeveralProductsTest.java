// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.said;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.feed.FeedLink;
import dev.vigil.admission.feed.FeedRules;
import dev.vigil.admission.feed.FeedState;
import dev.vigil.admission.feed.FeedStates;
import dev.vigil.admission.feed.PostureSource;
import dev.vigil.admission.feed.Synchronisation;
import dev.vigil.feeds.lookout.Lookout;
import dev.vigil.feeds.said.StandIn.Answer;
import dev.vigil.feeds.web.Web;
import dev.vigil.feeds.web.WebSender;
import dev.vigil.feeds.zimperium.Zimperium;
import dev.vigil.identity.Population;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import dev.vigil.posture.Device;
import dev.vigil.posture.Posture;
import dev.vigil.posture.Signal;
import dev.vigil.posture.SignalName;
import dev.vigil.testkit.CollectedFacts;
import dev.vigil.testkit.ManualTime;
import dev.vigil.testkit.MemoryStore;
import dev.vigil.testkit.SeededEntropy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// One phone, two threat defence products, and a day on which one of them fails.
class SeveralProductsTest {

  private final ManualTime time = ManualTime.atNoon();
  private final SeededEntropy entropy = new SeededEntropy(5);
  private final Changes changes =
      new Changes(new MemoryStore(time), new CollectedFacts(), time, entropy);
  private final DeviceId phone = DeviceId.random(entropy);
  private final StandIn lookout = new StandIn().tokensAt("/oauth2/token", "access_token");
  private final StandIn zimperium =
      new StandIn().tokensAt("/api/auth/v1/api_keys/login", "accessToken");
  private final Web web = new Web(Duration.ofSeconds(5), 1 << 20);
  private final Synchronisation first = asked(lookout());
  private final Synchronisation second = asked(zimperium());
  private String security = "SECURE";

  @AfterEach
  void close() {
    lookout.close();
    zimperium.close();
    web.close();
  }

  @Test
  void both_are_heard_and_the_one_that_saw_the_phone_last_is_believed() {
    enrolled();
    answering();
    assertThat(first.run().counts().matched()).isEqualTo(1);
    assertThat(second.run().counts().matched()).isEqualTo(1);
    assertThat(posture().value(SignalName.THREAT_LEVEL)).contains("high");
    assertThat(posture().find(SignalName.THREAT_LEVEL).orElseThrow().source())
        .isEqualTo("zimperium");
    assertThat(posture().value(SignalName.ROOTED)).contains("true");
    assertThat(changes.<List<Signal>>read(view -> view.signals().of(phone)))
        .filteredOn(signal -> signal.name() == SignalName.THREAT_LEVEL)
        .extracting(signal -> signal.source() + "=" + signal.value())
        .containsExactlyInAnyOrder("lookout=none", "zimperium=high");
  }

  @Test
  void one_that_fails_is_seen_falls_silent_and_what_it_said_runs_out() {
    enrolled();
    answering();
    first.run();
    second.run();
    zimperium.at("/api/auth/v1/api_keys/login", _ -> Answer.status(401));
    for (int hour = 0; hour < 25; hour++) {
      time.pass(Duration.ofHours(1));
      security = hour == 10 ? "THREATS_MEDIUM" : security;
      first.run();
      if (!second.due().isAfter(time.now())) second.run();
      watch("zimperium");
    }
    var state = new FeedStates(changes).of("zimperium");
    assertThat(state.failure().orElseThrow().reason()).isEqualTo(PostureSource.Reason.CREDENTIAL);
    assertThat(state.silent()).isPresent();
    assertThat(posture().value(SignalName.ROOTED)).isEmpty();
    assertThat(posture().find(SignalName.THREAT_LEVEL).orElseThrow().value()).isEqualTo("medium");
    assertThat(events("feed-silent")).isEqualTo(1);
    assertThat(events("feed-failed")).isEqualTo(1);
  }

  @Test
  void one_that_is_throttled_is_left_alone_as_long_as_it_wishes() {
    enrolled();
    answering();
    lookout.at("/mra/api/v2/devices", _ -> new Answer(429, "", Map.of("Retry-After", "600")));
    var state = first.run();
    assertThat(state.failure().orElseThrow().reason()).isEqualTo(PostureSource.Reason.THROTTLED);
    assertThat(first.due()).isAfterOrEqualTo(time.now().plusSeconds(600));
    assertThat(state.silent()).isEmpty();
  }

  private void enrolled() {
    var owner =
        new Subject(
            SubjectId.random(entropy),
            "jana@bank.example",
            "Jana",
            Population.EMPLOYEE,
            Set.of(),
            Set.of(),
            true,
            time.now());
    var device =
        new Device(
            phone,
            Device.Kind.PHONE,
            owner.id(),
            Sha256.of(new byte[] {1}),
            "Jana's phone",
            time.now(),
            Optional.empty());
    changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx().put(owner);
          work.tx().put(device);
          for (String feed : new String[] {"lookout", "zimperium"})
            work.tx()
                .feeds()
                .put(
                    new FeedLink(
                        feed,
                        feed + "-7",
                        Optional.of(phone),
                        FeedLink.How.ADMINISTRATOR,
                        work.now()));
          return work.event("device-enrolled", "enrolled", Map.of(), owner.id(), phone);
        });
  }

  private void answering() {
    lookout.at(
        "/mra/api/v2/devices",
        _ ->
            Answer.ok(
                """
                {"devices": [{"guid": "lookout-7", "oid": "1", "security_status": "%s",
                  "activation_status": "ACTIVATED", "protection_status": "PROTECTED",
                  "checkin_time": "%s"}]}
                """
                    .formatted(security, time.now().minusSeconds(600))));
    zimperium.at(
        "/api/devices/public/v2/devices/start-scroll",
        _ ->
            Answer.ok(
                """
                {"content": [{"id": "zimperium-7", "riskPostureName": "CRITICAL",
                  "isJailbroken": true, "lastSeen": %d}]}
                """
                    .formatted(time.now().minusSeconds(60).toEpochMilli())));
  }

  private Posture posture() {
    return Posture.merge(changes.read(view -> view.signals().of(phone)), time.now());
  }

  private FeedState watch(String feed) {
    return new FeedStates(changes).watch(rules(feed));
  }

  private long events(String type) {
    return changes.<Long>read(view ->
        view.eventsAfter(0, 10_000).stream()
            .filter(event -> event.type().equals(type))
            .filter(event -> event.details().containsValue("zimperium"))
            .count());
  }

  private Synchronisation asked(PostureSource source) {
    return new Synchronisation(changes, source, rules(source.id()), entropy);
  }

  private static FeedRules rules(String id) {
    return new FeedRules(
        id, Duration.ofHours(1), FeedRules.USUAL_LIFETIME, FeedRules.Claims.REFUSED);
  }

  private Lookout lookout() {
    var api = Lookout.api(lookout.base(), secret("key"), new WebSender(web), time);
    return new Lookout("lookout", lookout.base(), api);
  }

  private Zimperium zimperium() {
    var key = new Zimperium.Key("vigil", secret("secret"));
    var api = Zimperium.api(zimperium.base(), key, new WebSender(web), time);
    return new Zimperium("zimperium", zimperium.base(), api);
  }

  private static Secret secret(String text) {
    return Secret.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
