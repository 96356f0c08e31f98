// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.signin;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.OneTime;
import dev.vigil.admission.Work;
import dev.vigil.identity.Authentication;
import dev.vigil.identity.Passkey;
import dev.vigil.identity.Subject;
import dev.vigil.identity.federation.FederationRefusal;
import dev.vigil.identity.oauth.AuthorizationRequest;
import dev.vigil.identity.oauth.OAuthRefusal;
import dev.vigil.identity.passkey.Asserted;
import dev.vigil.identity.passkey.Ceremonies;
import dev.vigil.identity.passkey.PasskeyRefusal;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Signs a person in with a passkey for the app that sent the browser, and answers the app with a
/// code.
public final class SignIn {

  private static final Duration CODE_LIFE = Duration.ofMinutes(1);

  private final Changes changes;
  private final Ceremonies ceremonies;
  private final URI issuer;

  public SignIn(Changes changes, Ceremonies ceremonies, URI issuer) {
    this.changes = changes;
    this.ceremonies = ceremonies;
    this.issuer = issuer;
  }

  /// A challenge for any passkey of this relying party (WebAuthn Level 3, section 7.2 step 1).
  public Outcome<Secret> challenge(Secret visit) {
    return changes.commit(
        Actor.SYSTEM,
        work ->
            Visits.require(work, visit, Kept.Purpose.SIGN_IN, Kept.Purpose.BROWSER)
                .map(_ -> Visits.challenge(work, visit, Visits.SubjectName.NOBODY)));
  }

  /// Whose passkey this is, so that attempts for one person can be counted; empty if it is
  /// nobody's.
  public Optional<SubjectId> owner(String credentialId) {
    return changes.read(view -> view.passkey(credentialId)).map(Passkey::subject);
  }

  /// Verifies the authenticator's answer and issues a code: where to send the browser. A refusal
  /// leaves the visit open for another try; the challenge is spent either way.
  public Outcome<URI> finish(Secret visit, Secret challenge, String credential) {
    return Settled.commit(
        changes,
        Actor.SYSTEM,
        work ->
            Visits.spend(work, visit, challenge)
                .then(_ -> Visits.require(work, visit, Kept.Purpose.SIGN_IN))
                .then(known -> authenticate(work, visit, challenge, known.pushed(), credential)));
  }

  private Outcome<URI> authenticate(
      Work work, Secret visit, Secret challenge, Kept.Pushed pushed, String credential) {
    var request = pushed.request();
    var answer =
        ceremonies
            .authenticate(credential, challenge, work.tx()::passkey, work.now())
            .then(asserted -> mayUse(work, request, asserted));
    return switch (answer) {
      case Outcome.Done<Asserted>(Asserted asserted) ->
          Outcome.done(code(work, visit, pushed, asserted));
      case Outcome.Refused<Asserted>(Refusal refusal, String _) -> {
        record(work, refusal, credential);
        yield answer.then(_ -> Outcome.refused(refusal));
      }
    };
  }

  /// The authenticator is right; now whether this person may use it here.
  private Outcome<Asserted> mayUse(Work work, AuthorizationRequest request, Asserted asserted) {
    var subject = asserted.passkey().subject();
    var person = work.tx().subject(subject).filter(Subject::active);
    if (person.isEmpty()) return Outcome.refused(OAuthRefusal.INACTIVE);
    if (BreakGlass.bars(person.get(), request.client(), asserted.authentication().strength()))
      return Outcome.refused(OAuthRefusal.BREAK_GLASS);
    var wanted = request.strength().orElse(Authentication.Strength.CERTIFICATE);
    if (asserted.authentication().strength().compareTo(wanted) < 0)
      return Outcome.refused(PasskeyRefusal.TOO_WEAK);
    return ceremonies
        .authenticators()
        .admit(asserted.passkey(), person.get().groups(), work.now())
        .then(_ -> Sessions.place(work, request.key(), subject))
        .map(_ -> asserted);
  }

  static void record(Work work, Refusal refusal, String credential) {
    var ids =
        Credentials.id(credential)
            .flatMap(work.tx()::passkey)
            .map(passkey -> new Object[] {passkey.subject()})
            .orElse(new Object[0]);
    String type = refusal == PasskeyRefusal.COUNTER ? "passkey-copy-suspected" : "sign-in-refused";
    work.note(type, refusal.says(), Map.of("code", refusal.code()), ids);
  }

  /// Signs in, within a change, somebody whom another provider vouches for, and issues the same
  /// code. It never stands for a passkey: where the app asks for one, or for the approval of an
  /// action, it is refused.
  ///
  /// @param made of strength [Authentication.Strength#FEDERATED]
  public Outcome<URI> federated(Work work, Secret visit, SubjectId subject, Authentication made) {
    return Visits.require(work, visit, Kept.Purpose.SIGN_IN)
        .then(known -> {
          var request = known.pushed().request();
          var wanted = request.strength().orElse(Authentication.Strength.CERTIFICATE);
          if (made.strength().compareTo(wanted) < 0 || request.details().isPresent())
            return Outcome.refused(FederationRefusal.TOO_WEAK);
          var person = work.tx().subject(subject).filter(Subject::active);
          if (person.isEmpty()) return Outcome.refused(FederationRefusal.INACTIVE);
          if (BreakGlass.bars(person.get(), request.client(), made.strength()))
            return Outcome.refused(OAuthRefusal.BREAK_GLASS);
          return Sessions.place(work, request.key(), subject)
              .map(_ -> code(work, visit, known.pushed(), subject, made));
        });
  }

  private URI code(Work work, Secret visit, Kept.Pushed pushed, Asserted asserted) {
    work.tx().put(asserted.passkey());
    return code(work, visit, pushed, asserted.passkey().subject(), asserted.authentication());
  }

  private URI code(
      Work work, Secret visit, Kept.Pushed pushed, SubjectId subject, Authentication made) {
    Visits.end(work, visit);
    String code = Bytes.of(work.entropy().bytes(32)).toString();
    var kept = new Kept.Code(pushed, subject.value(), Kept.Signed.of(made));
    work.tx()
        .put(
            OneTime.of(
                OneTime.Kind.CODE,
                Sha256.of(code.getBytes(StandardCharsets.UTF_8)),
                kept,
                work.now().plus(CODE_LIFE)));
    var request = pushed.request();
    return URI.create(
        request.redirectUri()
            + "?code="
            + code
            + "&state="
            + encoded(request.state())
            + "&iss="
            + encoded(issuer.toString()));
  }

  /// The person would not: the visit ends and the app learns of it (RFC 6749 section 4.1.2.1).
  public Outcome<URI> decline(Secret visit) {
    return changes.commit(
        Actor.SYSTEM,
        work ->
            Visits.require(work, visit, Kept.Purpose.SIGN_IN)
                .map(known -> {
                  Visits.end(work, visit);
                  var request = known.pushed().request();
                  return URI.create(
                      request.redirectUri()
                          + "?error=access_denied&state="
                          + encoded(request.state())
                          + "&iss="
                          + encoded(issuer.toString()));
                }));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
