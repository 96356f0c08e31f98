// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.openid;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.OneTime;
import dev.vigil.admission.Work;
import dev.vigil.admission.signin.AppDecisions;
import dev.vigil.admission.signin.BrowserSessions;
import dev.vigil.admission.signin.BrowserVisits;
import dev.vigil.admission.signin.InTheWay;
import dev.vigil.identity.Authentication;
import dev.vigil.identity.Session;
import dev.vigil.identity.oauth.AppRequest;
import dev.vigil.identity.oauth.OAuthError;
import dev.vigil.identity.oauth.OAuthRefusal;
import dev.vigil.identity.oauth.OpenIdRefusal;
import dev.vigil.identity.oauth.RegisteredClient;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.Sha256;
import dev.vigil.posture.Device;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Authorization requests of registered clients: pushed or brought by a browser, carried through
/// sign-in and decision to a code (RFC 9126, OpenID Connect Core section 3.1.2, RFC 9207).
public final class Authorizations {

  private static final Duration PUSHED_LIFE = Duration.ofSeconds(90);
  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final Duration CODE_LIFE = Duration.ofMinutes(1);
  private static final String PREFIX = "urn:ietf:params:oauth:request_uri:";

  private final Changes changes;
  private final AppDecisions decisions;
  private final Answers answers;

  public Authorizations(Changes changes, AppDecisions decisions, URI issuer) {
    this.changes = changes;
    this.decisions = decisions;
    this.answers = new Answers(issuer);
  }

  /// A request that was taken.
  public record Pushed(String requestUri, Duration life) {}

  /// Checks a pushed request and keeps it.
  public Outcome<Pushed> push(ClientAuthentication.Known known, Map<String, String> form) {
    var client = known.client();
    if (client.kind() == RegisteredClient.Kind.SERVICE)
      return Outcome.refused(OpenIdRefusal.UNAUTHORIZED);
    String key = known.key().map(Sha256::toString).orElse("");
    var jkt = Optional.ofNullable(form.get("dpop_jkt"));
    if (jkt.isPresent() && !key.isEmpty() && !jkt.get().equals(key))
      return Outcome.refused(OAuthRefusal.PARAMETER, "`dpop_jkt` is another key than the proof's");
    return AppRequest.read(form, client)
        .then(_ -> barred(known.key()))
        .map(_ ->
            changes.commit(
                Actor.SYSTEM,
                work -> {
                  String uri = PREFIX + Bytes.of(work.entropy().bytes(32));
                  work.tx()
                      .put(
                          OneTime.of(
                              OneTime.Kind.PUSHED_REQUEST,
                              Held.key("pushed", uri),
                              new Held.Pushed(form, client.id(), jkt.orElse(key)),
                              work.now().plus(PUSHED_LIFE)));
                  return new Pushed(uri, PUSHED_LIFE);
                }));
  }

  /// A revoked device goes no further.
  private Outcome<Optional<Sha256>> barred(Optional<Sha256> key) {
    boolean revoked =
        key.flatMap(one -> changes.read(view -> view.deviceOfKey(one)))
            .filter(device -> !device.active())
            .isPresent();
    return revoked ? Outcome.refused(OAuthRefusal.DEVICE) : Outcome.done(key);
  }

  /// How a browser's request was taken.
  public sealed interface Begun {

    /// It is under way, by this handle.
    record Under(String handle) implements Begun {}

    /// The client is told what is wrong.
    record Back(URI where) implements Begun {}

    /// Nothing may be sent anywhere: the person is told.
    record Nowhere(Refusal refusal) implements Begun {}
  }

  /// Takes the request that a browser brings: a pushed one, once, or for clients of the plain
  /// profile what stands in the query.
  public Begun begin(RegisteredClient client, Map<String, String> query) {
    return changes.commit(
        Actor.SYSTEM,
        work -> {
          var uri = Optional.ofNullable(query.get("request_uri"));
          if (uri.isPresent())
            return work.tx()
                .spend(OneTime.Kind.PUSHED_REQUEST, Held.key("pushed", uri.get()), work.now())
                .map(value -> value.as(Held.Pushed.class))
                .filter(pushed -> pushed.client().equals(client.id()))
                .<Begun>map(pushed -> keep(work, pushed))
                .orElseGet(() -> nowhere(work, client, OAuthRefusal.REQUEST_URI));
          return plain(work, client, query);
        });
  }

  private Begun plain(Work work, RegisteredClient client, Map<String, String> query) {
    return switch (AppRequest.returning(query, client)) {
      case Outcome.Refused<String>(Refusal refusal, String _) -> nowhere(work, client, refusal);
      case Outcome.Done<String>(String uri) -> {
        if (client.kind() != RegisteredClient.Kind.WEB
            || client.profile() != RegisteredClient.Profile.PLAIN)
          yield nowhere(work, client, OpenIdRefusal.NOT_PUSHED);
        yield switch (AppRequest.read(query, client)) {
          case Outcome.Done<AppRequest> _ -> keep(work, new Held.Pushed(query, client.id(), ""));
          case Outcome.Refused<AppRequest>(Refusal refusal, String _) -> {
            note(work, client, refusal);
            yield new Begun.Back(answers.error(uri, AppRequest.state(query), error(refusal)));
          }
        };
      }
    };
  }

  private static String error(Refusal refusal) {
    return refusal instanceof OAuthError known ? known.error() : "invalid_request";
  }

  private static Begun nowhere(Work work, RegisteredClient client, Refusal refusal) {
    note(work, client, refusal);
    return new Begun.Nowhere(refusal);
  }

  private static void note(Work work, RegisteredClient client, Refusal refusal) {
    work.note(
        "authorization-refused",
        refusal.says(),
        Map.of("code", refusal.code(), "client", client.id()));
  }

  private static Begun keep(Work work, Held.Pushed pushed) {
    var handle = Bytes.of(Secret.random(work.entropy()).reveal()).toString();
    work.tx()
        .put(
            OneTime.of(
                OneTime.Kind.CEREMONY,
                Held.key("authorization", handle),
                new Held.Pending(pushed, work.now().toString()),
                work.now().plus(LIFE)));
    return new Begun.Under(handle);
  }

  /// What comes next for the browser.
  public sealed interface Next {

    /// To the client, with a code or an error.
    record Back(URI where) implements Next {}

    /// To the sign-in page.
    record SignIn(BrowserVisits.Wanted wanted) implements Next {}

    /// The person sees what is in the way.
    record Shown(InTheWay what) implements Next {}
  }

  /// Goes on with an authorization: signs in if need be, decides, and issues a code.
  ///
  /// @param live who is signed in in this browser
  /// @param address the browser's
  public Outcome<Next> proceed(String handle, Optional<BrowserSessions.Live> live, String address) {
    return find(handle).then(found -> proceed(found, live, address));
  }

  /// Signs in once more, whoever is signed in already: this time perhaps with a phone beside the
  /// browser.
  public Outcome<Next> again(String handle) {
    return find(handle)
        .map(found ->
            found.signIn(decisions.wanted(found.request().strength(), found.client().app())));
  }

  private Outcome<Next> proceed(Found found, Optional<BrowserSessions.Live> live, String address) {
    var request = found.request();
    var fitting =
        live.flatMap(one ->
            Held.fitting(
                one.session().authentications(),
                request,
                found.pending().began(),
                changes.time().now()));
    boolean silent = request.prompt() == AppRequest.Prompt.NONE;
    if (live.isEmpty() || fitting.isEmpty())
      return Outcome.done(
          silent
              ? refused(found, OpenIdRefusal.LOGIN)
              : found.signIn(decisions.wanted(request.strength(), found.client().app())));
    var asked = asked(found, live.get(), address);
    var answer = decisions.decide(asked);
    if (answer instanceof AppDecisions.Allowed)
      return code(found, live.get().session(), asked, fitting.get());
    return Outcome.done(silent ? refused(found, silence(answer)) : inTheWay(found, answer, asked));
  }

  /// What the client learns where nobody may be asked.
  private static OpenIdRefusal silence(AppDecisions.Answer answer) {
    return answer instanceof AppDecisions.Denied ? OpenIdRefusal.DENIED : OpenIdRefusal.INTERACTION;
  }

  private static Next inTheWay(Found found, AppDecisions.Answer answer, AppDecisions.Asked asked) {
    return answer instanceof AppDecisions.StepUp step
        ? found.signIn(step.strength())
        : new Next.Shown(
            new InTheWay(
                answer,
                found.client().name(),
                URI.create(found.path()),
                asked.device().isPresent()));
  }

  /// The device is that of the key which pushed the request, or what was shown beside the browser.
  private AppDecisions.Asked asked(Found found, BrowserSessions.Live live, String address) {
    var subject = live.subject().id();
    String key = found.pending().pushed().key();
    Optional<DeviceId> pushing =
        key.isEmpty()
            ? Optional.empty()
            : changes
                .read(view -> view.deviceOfKey(Sha256.parse(key)))
                .filter(device -> device.subject().equals(subject))
                .map(Device::id);
    return new AppDecisions.Asked(
        found.client().id(),
        found.client().app(),
        subject,
        live.session().id(),
        pushing.or(live::device),
        Optional.of(address));
  }

  /// One code for one authorization, however often the browser goes on with it.
  private Outcome<Next> code(
      Found found, Session session, AppDecisions.Asked asked, Authentication fitting) {
    var request = found.request();
    Outcome<Secret> code =
        changes.commit(
            Actor.SYSTEM,
            work -> {
              var handle = Held.key("authorization", found.handle());
              if (work.tx().spend(OneTime.Kind.CEREMONY, handle, work.now()).isEmpty())
                return Outcome.refused(OpenIdRefusal.REQUEST);
              var fresh = Secret.random(work.entropy());
              var held =
                  new Held.Code(
                      found.pending(),
                      session.id().value(),
                      asked.device().map(DeviceId::value).orElse(""),
                      asked.address().orElse(""),
                      Held.Signed.of(fitting));
              work.tx()
                  .put(
                      OneTime.of(
                          OneTime.Kind.CODE,
                          Held.key("code", Bytes.of(fresh.reveal()).toString()),
                          held,
                          work.now().plus(CODE_LIFE)));
              return Outcome.done(fresh);
            });
    return code.map(fresh ->
        new Next.Back(
            answers.code(
                request.redirectUri(), request.state(), Bytes.of(fresh.reveal()).toString())));
  }

  private Next refused(Found found, OpenIdRefusal refusal) {
    var request = found.request();
    changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx()
              .spend(OneTime.Kind.CEREMONY, Held.key("authorization", found.handle()), work.now());
          note(work, found.client(), refusal);
          return Optional.empty();
        });
    return new Next.Back(answers.error(request.redirectUri(), request.state(), refusal.error()));
  }

  /// The person would not, or could not: the client learns that access was denied and no more.
  public Outcome<URI> decline(String handle) {
    return find(handle)
        .map(found ->
            refused(found, OpenIdRefusal.DENIED) instanceof Next.Back(URI where)
                ? where
                : URI.create("/"));
  }

  private record Found(
      String handle, Held.Pending pending, RegisteredClient client, AppRequest request) {

    Next signIn(Optional<Authentication.Strength> strength) {
      return new Next.SignIn(new BrowserVisits.Wanted(path(), client.name(), strength));
    }

    String path() {
      return "/oauth/continue?request=" + handle;
    }
  }

  private Outcome<Found> find(String handle) {
    var now = changes.time().now();
    return changes
        .read(view ->
            view.peek(OneTime.Kind.CEREMONY, Held.key("authorization", handle), now)
                .map(value -> value.as(Held.Pending.class))
                .flatMap(pending ->
                    view.clients()
                        .client(pending.pushed().client())
                        .flatMap(client ->
                            pending
                                .request(client)
                                .map(request -> new Found(handle, pending, client, request)))))
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(OpenIdRefusal.REQUEST));
  }
}
