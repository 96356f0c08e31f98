// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.access.Adviser;
import dev.vigil.access.World;
import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.administration.Mandate;
import dev.vigil.admission.administration.Reason;
import dev.vigil.admission.saml.SamlProviders;
import dev.vigil.admission.saml.SingleSignOn;
import dev.vigil.admission.signin.AppDecisions;
import dev.vigil.admission.signin.BrowserSessions;
import dev.vigil.identity.Authentication;
import dev.vigil.identity.Authentication.Strength;
import dev.vigil.identity.Population;
import dev.vigil.identity.Subject;
import dev.vigil.identity.saml.Assertions;
import dev.vigil.identity.saml.RegisteredProvider;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.EvidenceTier;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import dev.vigil.keys.Founding;
import dev.vigil.keys.KeyRing;
import dev.vigil.keys.SamlKey;
import dev.vigil.policy.Decision;
import dev.vigil.policy.Decision.Step;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Evidence;
import dev.vigil.policy.Facts;
import dev.vigil.policy.FactsSchema;
import dev.vigil.policy.Sentence;
import dev.vigil.posture.Device;
import dev.vigil.testkit.CollectedFacts;
import dev.vigil.testkit.ManualTime;
import dev.vigil.testkit.MemoryStore;
import dev.vigil.testkit.Policies;
import dev.vigil.testkit.SeededEntropy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A SAML app behind policies that ask for a sound phone: Alice's browser proved which phone is
/// beside it, and what is known of that phone decides.
class SamlDecisionsTest {

  private static final String METADATA =
      """
      <md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://crm.example">
        <md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
          <md:AssertionConsumerService index="0" Location="https://crm.example/acs"
            Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"/>
        </md:SPSSODescriptor>
      </md:EntityDescriptor>
      """;

  private final ManualTime time = ManualTime.atNoon();
  private final SeededEntropy entropy = new SeededEntropy(3);
  private final Changes changes =
      new Changes(new MemoryStore(time), new CollectedFacts(), time, entropy);
  private final BrowserSessions sessions = new BrowserSessions(changes);
  private final DeviceId phone = DeviceId.random(entropy);
  private final Subject alice =
      new Subject(
          SubjectId.random(entropy),
          "alice@bank.example",
          "Alice",
          Population.EMPLOYEE,
          Set.of("staff"),
          Set.of(),
          true,
          time.now());

  @TempDir Path folder = Path.of("");

  /// Alice's browser, with her phone beside it.
  private BrowserSessions.Live signedIn() {
    Secret cookie =
        changes.commit(
            Actor.SYSTEM,
            work -> {
              work.tx().put(alice);
              work.tx()
                  .put(
                      new Device(
                          phone,
                          Device.Kind.PHONE,
                          alice.id(),
                          Sha256.of(new byte[] {1}),
                          "phone",
                          work.now(),
                          Optional.empty()));
              var made =
                  new Authentication(
                      work.now(),
                      Strength.PASSKEY_HARDWARE,
                      Set.of("hwk", "user"),
                      true,
                      true,
                      "c");
              work.event("subject-added", "test", Map.of(), alice.id(), phone);
              return BrowserSessions.enter(
                      work, Optional.empty(), alice.id(), made, Optional.of(phone))
                  .cookie();
            });
    return sessions.find(cookie).orElseThrow();
  }

  private World world(BrowserSessions.Live live, boolean rooted) {
    var fact = FactsSchema.standard().find("device.rooted").orElseThrow();
    var unroot = new Step.Fix("unroot", Sentence.of("Use a sound phone."));
    var world =
        new World(
            Policies.deciding(request ->
                Boolean.FALSE.equals(request.device().value(fact))
                    ? Policies.allow()
                    : new Decision.Remediate(Policies.basis(), List.of(unroot))));
    var seen = new Evidence(EvidenceTier.ATTESTED, time.now());
    world.put(
        new World.DeviceSnapshot(
            phone,
            alice.id(),
            Facts.about(Entity.DEVICE, phone.value(), 1).put("device.rooted", rooted, seen).build(),
            Map.of()));
    world.put(
        new World.SessionSnapshot(
            live.session().id(),
            alice.id(),
            Optional.empty(),
            Facts.unknown(Entity.AUTHENTICATION),
            time.now().plusSeconds(60)));
    return world;
  }

  private SingleSignOn.Next signOn(BrowserSessions.Live live, boolean rooted) {
    var founding = new Founding("Bank", List.of("localhost"));
    var password = Secret.of("a password of tests".getBytes(StandardCharsets.UTF_8));
    var keys = done(KeyRing.open(folder, password, founding, time, entropy));
    var world = world(live, rooted);
    var decisions = new PolicyDecisions(world, new Adviser(world, entropy), (_, _) -> true, time);
    var signOn =
        new SingleSignOn(
            changes,
            decisions,
            new Assertions("https://vigil.example/saml/metadata", new SamlKey(keys), entropy),
            URI.create("https://vigil.example/saml/sso"));
    String handle = done(signOn.unsolicited("crm"));
    return done(signOn.proceed(handle, Optional.of(live), "192.0.2.1"));
  }

  private static <T> T done(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Done<T>(T value) -> value;
      case Outcome.Refused<T> refused -> throw new AssertionError(refused.toString());
    };
  }

  @Test
  void a_saml_app_is_refused_to_a_rooted_phone_and_open_to_a_sound_one() {
    done(
        new SamlProviders(changes)
            .put(
                new Mandate(Actor.SYSTEM, new Reason("a contract")),
                new SamlProviders.Draft(
                    "crm",
                    "CRM",
                    new AppId("crm"),
                    METADATA,
                    Optional.empty(),
                    Map.of(),
                    Set.of(RegisteredProvider.Option.UNSOLICITED))));
    var live = signedIn();
    assertThat(live.device()).contains(phone);
    var refused = signOn(live, true);
    assertThat(refused).isInstanceOf(SingleSignOn.Next.Shown.class);
    assertThat(((SingleSignOn.Next.Shown) refused).what().answer())
        .isInstanceOfSatisfying(
            AppDecisions.Remediate.class,
            answer ->
                assertThat(answer.steps())
                    .containsExactly(new AppDecisions.Fix("unroot", "Use a sound phone.")));
    var sound = signOn(live, false);
    assertThat(sound).isInstanceOf(SingleSignOn.Next.Post.class);
    var form = ((SingleSignOn.Next.Post) sound).form();
    assertThat(new String(Base64.getDecoder().decode(form.base64()), StandardCharsets.UTF_8))
        .contains(
            "rsa-sha256", "nameid-format:persistent", "Destination=\"https://crm.example/acs\"")
        .doesNotContain("alice@bank.example");
  }
}
