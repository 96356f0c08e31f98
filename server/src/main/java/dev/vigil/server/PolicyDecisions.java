// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.access.Advice;
import dev.vigil.access.AdviceRecords;
import dev.vigil.access.Adviser;
import dev.vigil.access.Given;
import dev.vigil.access.Question;
import dev.vigil.access.World;
import dev.vigil.admission.signin.AppDecisions;
import dev.vigil.admission.signin.AppOutlook;
import dev.vigil.admission.signin.BrowserSessions;
import dev.vigil.identity.Authentication.Strength;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.EvidenceTier;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.TimeSource;
import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Decision;
import dev.vigil.policy.Decision.Step;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Evidence;
import dev.vigil.policy.Fact;
import dev.vigil.policy.Facts;
import dev.vigil.policy.FactsSchema;
import dev.vigil.policy.IpAddress;
import dev.vigil.policy.Obligations;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Decides about sign-ins at apps on the same snapshots and policies as the gateway. The question
/// is that of a browser at the app's front door: `GET /`. Who may only read, or not download, is
/// denied, because that cannot be seen to here. An app that no administrator described has no facts
/// but its name.
final class PolicyDecisions implements AppDecisions, AppOutlook {

  private static final Map<String, String> FRONT_DOOR =
      Map.of("request.method", "GET", "request.path", "/");

  private static final int MOST_APPS = 200;

  private final World world;
  private final Adviser adviser;
  private final AdviceRecords records;
  private final TimeSource time;

  PolicyDecisions(World world, Adviser adviser, AdviceRecords records, TimeSource time) {
    this.world = world;
    this.adviser = adviser;
    this.records = records;
    this.time = time;
  }

  @Override
  public Answer decide(Asked asked) {
    return answer(adviser.answer(question(asked), records));
  }

  private Question question(Asked asked) {
    var about =
        new Question.About(
            asked.app(),
            Optional.of(asked.subject()),
            Optional.of(asked.session()),
            asked.device());
    var caller = Sha256.of(("sign-in at " + asked.by()).getBytes(StandardCharsets.UTF_8));
    return new Question(caller, about, given(asked), time.now());
  }

  private static Answer answer(Advice advice) {
    return switch (advice) {
      case Advice.Rejected rejected -> new Denied(rejected.reference().value());
      case Advice.Decided decided -> answer(decided.reference().value(), decided.decision());
    };
  }

  @Override
  public Optional<Strength> weakest(AppId app) {
    return Stream.of(Strength.FEDERATED, Strength.PASSKEY, Strength.PASSKEY_HARDWARE)
        .filter(strength -> world.policies().conceivable(signedIn(app, strength)))
        .findFirst();
  }

  /// Somebody who signed in this way a moment ago, of whom nothing else is known.
  private AccessRequest signedIn(AppId app, Strength strength) {
    var now = time.now();
    var ours = new Evidence(EvidenceTier.OBSERVED, now);
    boolean passkey = strength.compareTo(Strength.PASSKEY) >= 0;
    var authentication =
        Facts.about(Entity.AUTHENTICATION, "nobody yet", 0)
            .put("authentication.strength", strength.label(), ours)
            .put("authentication.phishing_resistant", passkey, ours)
            .put("authentication.user_verified", passkey, ours)
            .build();
    var known =
        world
            .app(app)
            .map(World.AppSnapshot::facts)
            .orElseGet(() ->
                Facts.about(Entity.APP, app.value(), 0).put("app.id", app.value(), ours).build());
    return new AccessRequest(
        Facts.unknown(Entity.SUBJECT),
        authentication,
        Facts.unknown(Entity.DEVICE),
        Facts.unknown(Entity.CONNECTION),
        Facts.unknown(Entity.NETWORK),
        Facts.unknown(Entity.RISK),
        known,
        Facts.unknown(Entity.REQUEST),
        now);
  }

  @Override
  public List<Outlook> of(BrowserSessions.Live live, Optional<DeviceId> device) {
    return world.apps().stream()
        .limit(MOST_APPS)
        .map(app -> new Outlook(app, answer(adviser.consider(question(app, live, device)))))
        .filter(outlook -> !(outlook.answer() instanceof Denied))
        .toList();
  }

  @Override
  public Set<String> factsLookedAt() {
    return world.policies().mentioned().stream()
        .map(Fact::qualifiedName)
        .collect(Collectors.toSet());
  }

  private Question question(AppId app, BrowserSessions.Live live, Optional<DeviceId> device) {
    var asked =
        new Asked(
            "own account",
            app,
            live.subject().id(),
            live.session().id(),
            device.or(live::device),
            Optional.empty());
    return question(asked);
  }

  private static Given given(Asked asked) {
    var facts = new LinkedHashMap<Fact, Object>();
    var schema = FactsSchema.standard();
    FRONT_DOOR.forEach((name, text) -> schema.find(name).ifPresent(fact -> facts.put(fact, text)));
    schema.find("app.id").ifPresent(fact -> facts.put(fact, asked.app().value()));
    schema
        .find("network.address")
        .ifPresent(fact ->
            asked.address().flatMap(PolicyDecisions::address).ifPresent(at -> facts.put(fact, at)));
    return new Given(facts);
  }

  private static Optional<Object> address(String text) {
    try {
      return Optional.of(IpAddress.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Answer answer(String reference, Decision decision) {
    return switch (decision) {
      case Decision.Allow(var _, Obligations asked) ->
          enforceable(asked) ? new Allowed(reference) : new Denied(reference);
      case Decision.StepUp(var _, List<Step.Authenticate> steps) -> stepUp(reference, steps);
      case Decision.Remediate(var _, List<Step> steps) ->
          new Remediate(reference, steps.stream().map(PolicyDecisions::fix).toList());
      case Decision.Deny _ -> new Denied(reference);
    };
  }

  /// Once signed in, the app does what it likes: only limits in time can be kept here.
  private static boolean enforceable(Obligations asked) {
    return !asked.readOnly() && !asked.noDownload() && asked.methods().isEmpty();
  }

  /// A transaction cannot be approved by signing in.
  private static Answer stepUp(String reference, List<Step.Authenticate> steps) {
    if (steps.stream().anyMatch(Step.Authenticate::transaction)) return new Denied(reference);
    var strength =
        steps.stream()
            .flatMap(step -> Strength.named(step.strength()).stream())
            .max(Comparator.naturalOrder());
    var age =
        steps.stream()
            .map(Step.Authenticate::maxAge)
            .filter(one -> one >= 0)
            .min(Comparator.naturalOrder());
    return new StepUp(
        reference, strength, age, steps.stream().map(step -> step.text().toString()).toList());
  }

  private static Fix fix(Step step) {
    return switch (step) {
      case Step.Fix(String code, var text, var _) -> new Fix(code, text.toString());
      case Step.Authenticate one -> new Fix("authenticate", one.text().toString());
    };
  }
}
