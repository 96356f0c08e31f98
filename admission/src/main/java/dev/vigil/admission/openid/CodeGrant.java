// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.openid;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.ClientsView.Seen;
import dev.vigil.admission.ClientsView.SignOn;
import dev.vigil.admission.Ending;
import dev.vigil.admission.OneTime;
import dev.vigil.admission.Work;
import dev.vigil.admission.openid.ClientAuthentication.Known;
import dev.vigil.admission.signin.AppDecisions;
import dev.vigil.admission.signin.Settled;
import dev.vigil.identity.Session;
import dev.vigil.identity.oauth.AppRequest;
import dev.vigil.identity.oauth.OAuthRefusal;
import dev.vigil.identity.oauth.OpenIdRefusal;
import dev.vigil.identity.oauth.Pkce;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.SessionId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Redeems a code of a registered client, once. A code that comes twice ends the session (RFC 9700
/// section 4.5).
public final class CodeGrant {

  private static final Duration REUSE_WATCH = Duration.ofHours(1);

  private final Changes changes;
  private final AppDecisions decisions;
  private final OpenIdTokens tokens;

  public CodeGrant(Changes changes, AppDecisions decisions, OpenIdTokens tokens) {
    this.changes = changes;
    this.decisions = decisions;
    this.tokens = tokens;
  }

  /// What stands in the request.
  public record Given(String code, String verifier, String redirectUri) {
    @Override
    public String toString() {
      return "Given(hidden)";
    }
  }

  private record Checked(Held.Code code, AppRequest request, Session session) {

    Optional<String> address() {
      return Optional.of(code.address()).filter(text -> !text.isEmpty());
    }
  }

  /// Redeems: the code is spent whatever comes of it, the policies decide anew, and only then is
  /// anything issued.
  public Outcome<Grants.Issued> redeem(Known known, Given given) {
    return Grants.constrained(known)
        .then(_ -> Settled.commit(changes, Actor.SYSTEM, work -> spent(work, known, given)))
        .then(checked -> decided(known, checked));
  }

  private static Outcome<Checked> spent(Work work, Known known, Given given) {
    var key = Held.key("code", given.code());
    var code =
        work.tx().spend(OneTime.Kind.CODE, key, work.now()).map(value -> value.as(Held.Code.class));
    if (code.isEmpty()) return unknown(work, known, given.code());
    work.tx()
        .put(
            new OneTime(
                OneTime.Kind.CODE,
                Held.key("used", given.code()),
                code.get().session(),
                work.now().plus(REUSE_WATCH)));
    return checked(work, known, given, code.get());
  }

  private static Outcome<Checked> checked(Work work, Known known, Given given, Held.Code code) {
    var client = known.client();
    var pushed = code.pending().pushed();
    var session = work.tx().session(new SessionId(code.session()));
    boolean own = pushed.client().equals(client.id());
    if (!own || session.isEmpty()) return Grants.refused(work, client, OpenIdRefusal.GRANT);
    var read = code.pending().request(client);
    if (read.isEmpty()) return Grants.refused(work, client, OpenIdRefusal.GRANT);
    var request = read.get();
    var ids = new Object[] {session.get().id(), session.get().subject()};
    boolean key =
        pushed.key().isEmpty()
            || known.key().filter(one -> one.toString().equals(pushed.key())).isPresent();
    if (!key || !request.redirectUri().equals(given.redirectUri()))
      return Grants.refused(work, client, OpenIdRefusal.GRANT, ids);
    if (!Pkce.fits(given.verifier(), request.challenge()))
      return Grants.refused(work, client, OAuthRefusal.VERIFIER, ids);
    if (Grants.serving(work, session.get()).isEmpty())
      return Grants.refused(work, client, OpenIdRefusal.GRANT, ids);
    return Outcome.done(new Checked(code, request, session.get()));
  }

  private static Outcome<Checked> unknown(Work work, Known known, String code) {
    var session =
        work.tx()
            .peek(OneTime.Kind.CODE, Held.key("used", code), work.now())
            .flatMap(value -> work.tx().session(new SessionId(value.content())));
    if (session.isEmpty()) return Grants.refused(work, known.client(), OpenIdRefusal.GRANT);
    Ending.end(work, session.get(), "an authorization code came twice");
    return Grants.refused(
        work,
        known.client(),
        OpenIdRefusal.GRANT_REUSED,
        session.get().id(),
        session.get().subject());
  }

  private Outcome<Grants.Issued> decided(Known known, Checked checked) {
    var session = checked.session();
    var device =
        Optional.of(checked.code().device()).filter(id -> !id.isEmpty()).map(DeviceId::new);
    var asked =
        new AppDecisions.Asked(
            known.client().id(),
            known.client().app(),
            session.subject(),
            session.id(),
            device,
            checked.address());
    if (!(decisions.decide(asked) instanceof AppDecisions.Allowed))
      return Grants.refused(changes, known.client(), OpenIdRefusal.GRANT, session);
    return changes
        .commit(Actor.SYSTEM, work -> issue(work, known, checked, device))
        .map(draft -> draft.issued(tokens));
  }

  private static Outcome<Grants.Draft> issue(
      Work work, Known known, Checked checked, Optional<DeviceId> device) {
    var session = work.tx().session(checked.session().id()).orElseThrow();
    var subject = Grants.serving(work, session);
    if (subject.isEmpty()) return Outcome.refused(OpenIdRefusal.GRANT);
    var client = known.client();
    var request = checked.request();
    var scopes = request.scopes().stream().filter(one -> !one.isEmpty()).sorted().toList();
    work.tx()
        .clients()
        .put(
            new SignOn(
                session.id(),
                client.id(),
                device,
                known.key(),
                scopes,
                checked.address().map(address -> new Seen(address, work.now())),
                work.now()));
    work.note(
        "app-signed-in",
        checked.code().signed().strength().label(),
        Map.of("client", client.id()),
        session.id(),
        session.subject(),
        client.app());
    var refresh =
        scopes.contains("offline_access")
            ? Optional.of(Grants.refresh(work, session, client))
            : Optional.<dev.vigil.kernel.Secret>empty();
    var id =
        scopes.contains("openid")
            ? Optional.of(
                new OpenIdTokens.IdToken(
                    session.subject(),
                    client.id(),
                    session.id(),
                    request.nonce(),
                    checked.code().signed().how(),
                    Grants.person(subject.get(), scopes)))
            : Optional.<OpenIdTokens.IdToken>empty();
    var access = Grants.access(work, session, known, scopes);
    return Outcome.done(new Grants.Draft(access, work.now(), id, refresh));
  }
}
