// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.federation;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.OneTime;
import dev.vigil.admission.Work;
import dev.vigil.admission.signin.BrowserVisits;
import dev.vigil.admission.signin.SignIn;
import dev.vigil.admission.signin.Visits;
import dev.vigil.identity.federation.AuthorizationCall;
import dev.vigil.identity.federation.FederationRefusal;
import dev.vigil.identity.federation.Identity;
import dev.vigil.identity.federation.Provider;
import dev.vigil.identity.federation.ProviderId;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Signs people in through other providers. The way out and back is two changes with the provider's
/// answer between them: the state is spent before anything is asked, so that it counts once.
public final class FederatedSignIn {

  private static final Duration LIFE = Duration.ofMinutes(10);

  private final Changes changes;
  private final SignIn signIn;
  private final Map<ProviderId, Upstream> upstreams;

  public FederatedSignIn(Changes changes, SignIn signIn, List<Upstream> upstreams) {
    this.changes = changes;
    this.signIn = signIn;
    var byId = new LinkedHashMap<ProviderId, Upstream>();
    upstreams.forEach(one -> byId.put(one.provider().id(), one));
    this.upstreams = byId;
  }

  /// The providers that a page can offer, as configured.
  public List<Provider> offered() {
    return upstreams.values().stream().map(Upstream::provider).toList();
  }

  /// Sends the browser of this visit to a provider.
  public Outcome<URI> begin(Secret visit, String provider) {
    var upstream = find(provider);
    if (upstream.isEmpty()) return Outcome.refused(FederationRefusal.PROVIDER);
    return changes
        .commit(Actor.SYSTEM, work -> keep(work, visit, upstream.get().provider()))
        .then(state ->
            noted(
                upstream.get().provider(),
                upstream.get().authorize(new AuthorizationCall(visit, state))));
  }

  private Optional<Upstream> find(String provider) {
    return ProviderId.parse(provider).map(upstreams::get);
  }

  private static Outcome<Secret> keep(Work work, Secret visit, Provider provider) {
    return Visits.came(work, visit)
        .map(_ -> {
          var state = Secret.random(work.entropy());
          work.tx()
              .put(
                  new OneTime(
                      OneTime.Kind.FEDERATION,
                      key(state),
                      visit.digest() + " " + provider.id(),
                      work.now().plus(LIFE)));
          return state;
        });
  }

  private static Sha256 key(Secret state) {
    return Sha256.of(("state " + state.digest()).getBytes(StandardCharsets.UTF_8));
  }

  /// What came of a sign-in through a provider.
  public sealed interface Finished {

    /// The app gets its code: where to send the browser.
    record ForApp(URI redirect) implements Finished {}

    /// The browser itself is signed in: where it goes on, and its session's secret.
    record ForBrowser(URI redirect, Secret cookie) implements Finished {}

    /// The account is linked to the person who was invited.
    record Linked(SubjectId subject, String userName) implements Finished {}
  }

  /// A browser with a visit under way.
  ///
  /// @param session the secret of the session that it has already, if it has one
  public record Browser(Secret visit, Optional<Secret> session) {}

  /// Takes what the browser brought back. A refusal leaves the visit open for another try; the
  /// state is spent either way.
  ///
  /// @param provider by whose callback address the browser came back
  public Outcome<Finished> finish(
      Browser browser, String provider, Secret state, AuthorizationCall.Answer answer) {
    var visit = browser.visit();
    var upstream = find(provider);
    if (upstream.isEmpty()) return Outcome.refused(FederationRefusal.PROVIDER);
    var known = upstream.get().provider();
    return noted(known, spent(visit, known.id(), state))
        .then(
            _ -> noted(known, upstream.get().arrived(new AuthorizationCall(visit, state), answer)))
        .then(identity -> noted(known, settle(browser, known, identity)));
  }

  /// The state counts once, in the browser that began, on the way back from the provider that was
  /// asked.
  private Outcome<Secret> spent(Secret visit, ProviderId provider, Secret state) {
    var kept =
        changes.commit(
            Actor.SYSTEM, work -> work.tx().spend(OneTime.Kind.FEDERATION, key(state), work.now()));
    var same = kept.filter(value -> value.content().startsWith(visit.digest() + " "));
    if (same.isEmpty()) return Outcome.refused(FederationRefusal.STATE);
    return same.get().content().equals(visit.digest() + " " + provider)
        ? Outcome.done(state)
        : Outcome.refused(FederationRefusal.MIX_UP);
  }

  private Outcome<Finished> settle(Browser browser, Provider provider, Identity identity) {
    var visit = browser.visit();
    return changes.commit(
        Actor.SYSTEM,
        work ->
            Visits.came(work, visit)
                .then(came ->
                    switch (came) {
                      case Visits.Came.ForApp _ -> forApp(work, visit, provider, identity);
                      case Visits.Came.ForBrowser _ ->
                          forBrowser(work, browser, provider, identity);
                      case Visits.Came.Invited(SubjectId subject) ->
                          linked(work, visit, provider, identity, subject);
                    }));
  }

  private Outcome<Finished> forApp(Work work, Secret visit, Provider provider, Identity identity) {
    var links = new Links(work, provider);
    return links
        .arrive(identity)
        .then(subject -> {
          String reference = links.signedOn(identity, subject);
          return signIn
              .federated(work, visit, subject, identity.authentication(provider, reference))
              .map(Finished.ForApp::new);
        });
  }

  private static Outcome<Finished> forBrowser(
      Work work, Browser browser, Provider provider, Identity identity) {
    var links = new Links(work, provider);
    return links
        .arrive(identity)
        .then(subject ->
            BrowserVisits.federated(
                work,
                browser.visit(),
                subject,
                identity.authentication(provider, links.signedOn(identity, subject)),
                browser.session()))
        .map(arrived -> new Finished.ForBrowser(arrived.next(), arrived.cookie()));
  }

  private static Outcome<Finished> linked(
      Work work, Secret visit, Provider provider, Identity identity, SubjectId subject) {
    return new Links(work, provider)
        .link(identity, subject)
        .then(person -> Visits.accept(work, visit).map(_ -> person))
        .map(person -> new Finished.Linked(person.id(), person.userName()));
  }

  /// Every refusal leaves an event; it names the provider and the code, and nothing that came from
  /// outside.
  private <T> Outcome<T> noted(Provider provider, Outcome<T> outcome) {
    if (outcome instanceof Outcome.Refused<T>(Refusal refusal, String _))
      changes.refused("sign-in-refused", refusal, "provider", provider.id().value());
    return outcome;
  }
}
