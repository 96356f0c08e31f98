// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.signin;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.OneTime;
import dev.vigil.admission.Work;
import dev.vigil.admission.federation.SignOn;
import dev.vigil.identity.Authentication;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.identity.federation.ProviderId;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.SubjectId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Links with which people register passkeys. Administration says who is invited; this keeps the
/// secrets.
public final class Invitations {

  private static final Duration LIFE = Duration.ofHours(24);
  private static final Duration OWN_LIFE = Duration.ofMinutes(10);

  private final Changes changes;
  private final Set<ProviderId> trusted;

  public Invitations(Changes changes) {
    this(changes, Set.of());
  }

  /// @param trusted other providers whose word is enough for somebody's first passkey
  public Invitations(Changes changes, Set<ProviderId> trusted) {
    this.changes = changes;
    this.trusted = Set.copyOf(trusted);
  }

  /// An invitation.
  ///
  /// @param secret for the link `/invite#...`; known to nobody else
  public record Invited(SubjectId subject, Secret secret, Duration life) {}

  /// A further passkey for the person who asks, in a session of their own, for ten minutes.
  public Outcome<Invited> another(Actor.Person actor) {
    return changes.commit(
        actor,
        work ->
            vouchedFor(work, actor)
                ? Outcome.refused(SignInRefusal.ONLY_VOUCHED_FOR)
                : work.tx().subject(actor.subject()).filter(Subject::active).isPresent()
                    ? Outcome.done(keep(work, actor.subject(), OWN_LIFE))
                    : Outcome.refused(SignInRefusal.NOT_ACTIVE));
  }

  /// Whether nothing but another provider's word says who this is: that word must not become a
  /// passkey, which would outlive it; unless it is the first, and the provider is trusted with
  /// that.
  private boolean vouchedFor(Work work, Actor.Person actor) {
    var made = work.tx().session(actor.session()).map(Session::authentications).orElse(List.of());
    return !made.isEmpty()
        && made.stream().allMatch(one -> one.strength() == Authentication.Strength.FEDERATED)
        && !(work.tx().passkeysOf(actor.subject()).isEmpty()
            && made.stream().anyMatch(one -> trusted(work, one)));
  }

  private boolean trusted(Work work, Authentication made) {
    return work.tx()
        .federation()
        .signOn(made.credentialId())
        .map(SignOn::provider)
        .filter(trusted::contains)
        .isPresent();
  }

  /// A link for somebody whom this very change creates or knows, for 24 hours.
  public Invited within(Work work, SubjectId subject) {
    return keep(work, subject, LIFE);
  }

  private static Invited keep(Work work, SubjectId subject, Duration life) {
    var secret = Secret.random(work.entropy());
    work.tx()
        .put(
            new OneTime(
                OneTime.Kind.INVITATION, secret.digest(), subject.value(), work.now().plus(life)));
    work.note(
        "passkey-invited",
        "a link was made",
        Map.of("hours", Long.toString(life.toHours())),
        subject);
    return new Invited(subject, secret, life);
  }
}
