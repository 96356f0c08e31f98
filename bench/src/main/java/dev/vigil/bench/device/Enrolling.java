// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.device;

import dev.vigil.admission.Actor;
import dev.vigil.admission.device.Attestations;
import dev.vigil.admission.device.Enrolment;
import dev.vigil.bench.Figures;
import dev.vigil.identity.Population;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.SubjectId;
import dev.vigil.keys.Founding;
import dev.vigil.keys.KeyRing;
import dev.vigil.pki.KeyThumbprint;
import dev.vigil.posture.attestation.Anchors;
import dev.vigil.posture.attestation.AttestationRefusal;
import dev.vigil.posture.attestation.KnownApps;
import dev.vigil.posture.attestation.Statement;
import dev.vigil.posture.attestation.android.AndroidKeyAttestation;
import dev.vigil.posture.attestation.android.Expected;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/// Enrols phones whose statements, requests and challenges were made before: verify, issue, commit.
final class Enrolling {

  private static final int THREADS = 16;
  private static final int AHEAD = 500;
  private static final Duration LIFE = Duration.ofHours(24);

  private final Stand stand;
  private final Ticker ticker;
  private final KeyPair root = Phone.pair();
  private final Enrolment enrolment;

  Enrolling(Stand stand, Ticker ticker) {
    this.stand = stand;
    this.ticker = ticker;
    ticker.begin("making keys");
    var keys =
        Stand.done(
            KeyRing.open(
                stand.folder().keys(),
                Secret.random(stand.entropy()),
                new Founding("Bench", List.of("localhost")),
                stand.time(),
                stand.entropy()));
    this.enrolment = new Enrolment(stand.changes(), keys::authority, attestations(), LIFE);
  }

  /// As the server is configured with a test root: the statement is about the device's own key.
  private Attestations attestations() {
    var certificate = Phone.root(root, stand.time().now()).certificate();
    var verifier =
        new AndroidKeyAttestation(new Anchors(List.of(), List.of(certificate)), Optional.empty());
    var apps = new KnownApps(Set.of(Phone.APP));
    return (statement, expected, now) ->
        verifier
            .verify(
                statement.parts(), new Expected(expected.challenge(), Optional.empty(), apps), now)
            .then(found ->
                found.key().map(KeyThumbprint::of).filter(expected.key()::equals).isPresent()
                    ? Outcome.done(found)
                    : Outcome.refused(AttestationRefusal.KEY_MISMATCH));
  }

  Map<String, Object> measure(int count) throws InterruptedException {
    alone(requests(count / 2));
    var times = new ArrayList<Double>();
    for (int left = count; left > 0; left -= AHEAD)
      times.addAll(alone(requests(Math.min(AHEAD, left))));
    var alone = new Figures(times);
    together(requests(count / 2));
    double seconds = 0;
    double cpu = 0;
    for (int left = 2 * count; left > 0; left -= AHEAD) {
      var requests = requests(Math.min(AHEAD, left));
      double before = Processor.seconds();
      long began = stand.time().nanos();
      together(requests);
      seconds += (stand.time().nanos() - began) / 1e9;
      cpu += Processor.seconds() - before;
    }
    int cores = Runtime.getRuntime().availableProcessors();
    var all = new LinkedHashMap<String, Object>();
    all.put("p50_ms", Figures.rounded(alone.median()));
    all.put("p99_ms", Figures.rounded(alone.share(0.99)));
    all.put("threads", THREADS);
    all.put("per_second", Figures.rounded(2 * count / seconds));
    all.put("per_second_per_core", Figures.rounded(2 * count / seconds / cores));
    all.put("cpu_ms", Figures.rounded(1000 * cpu / (2 * count)));
    all.put("per_cpu_second", Figures.rounded(2 * count / cpu));
    return all;
  }

  private List<Double> alone(List<Enrolment.Request> requests) {
    ticker.begin("enrolling " + requests.size() + " phones one at a time");
    var millis = new ArrayList<Double>();
    for (var request : requests) {
      long began = stand.time().nanos();
      Stand.done(enrolment.enrol(request));
      millis.add((stand.time().nanos() - began) / 1e6);
      ticker.done(millis.size(), requests.size());
    }
    return millis;
  }

  private void together(List<Enrolment.Request> requests) throws InterruptedException {
    ticker.begin("enrolling " + requests.size() + " phones, " + THREADS + " at a time");
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      var all =
          requests.stream()
              .<Callable<Object>>map(one -> () -> Stand.done(enrolment.enrol(one)))
              .toList();
      for (var one : threads.invokeAll(all)) one.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a phone was not enrolled", e);
    }
  }

  private List<Enrolment.Request> requests(int count) {
    ticker.begin("making phones and their statements");
    var all = new ArrayList<Enrolment.Request>();
    for (int i = 0; i < count; i++) {
      all.add(request(i));
      ticker.done(i, count);
    }
    return all;
  }

  private Enrolment.Request request(int number) {
    var phone = Phone.make();
    var session = signedIn(phone);
    var challenge = Stand.done(enrolment.challenge(session)).value();
    var chain = phone.attest(root, challenge, stand.time().now());
    return new Enrolment.Request(
        session,
        phone.certificateRequest(challenge),
        challenge,
        "phone " + number,
        Fleet.report(number, Fleet.Developer.NO),
        Optional.of(new Statement("android-key", chain, List.of())));
  }

  private SessionId signedIn(Phone phone) {
    var entropy = stand.entropy();
    var now = stand.time().now();
    var id = SubjectId.random(entropy);
    var person =
        new Subject(
            id,
            id.value().toLowerCase(Locale.ROOT) + "@bank.example",
            "Person",
            Population.EMPLOYEE,
            Set.of("staff"),
            Set.of(),
            true,
            now);
    var session =
        new Session(
            SessionId.random(entropy),
            id,
            new Session.Binding.Key(phone.thumbprint()),
            List.of(),
            now,
            now.plus(LIFE),
            Optional.empty());
    return stand
        .changes()
        .commit(
            Actor.SYSTEM,
            work -> {
              work.tx().put(person);
              work.tx().put(session);
              work.event("session-established", "made up", Map.of(), id, session.id());
              return session.id();
            });
  }
}
