// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.federation;

import dev.vigil.admission.Work;
import dev.vigil.admission.administration.DisplayName;
import dev.vigil.admission.administration.UserName;
import dev.vigil.identity.Subject;
import dev.vigil.identity.federation.FederationRefusal;
import dev.vigil.identity.federation.Identity;
import dev.vigil.identity.federation.Provider;
import dev.vigil.identity.federation.SubjectKey;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds, makes and keeps the links of a provider inside a change. A person is found by the
/// immutable key of the account and by nothing else.
final class Links {

  /// Longer than any session lives.
  private static final Duration REMEMBERED = Duration.ofDays(100);

  private static final int LABEL = 16;

  private final Work work;
  private final Provider provider;
  private final FederatedIdentities.Changing store;

  Links(Work work, Provider provider) {
    this.work = work;
    this.provider = provider;
    this.store = work.tx().federation();
  }

  /// Who this is: the person of the link; a new one if the provider may bring any.
  Outcome<SubjectId> arrive(Identity identity) {
    var link = store.linked(provider.id(), identity.key());
    if (link.isPresent()) return returned(identity, link.get());
    return switch (provider.arrivals().provision()) {
      case NEVER -> Outcome.refused(FederationRefusal.NOT_LINKED);
      case ON_FIRST_SIGN_IN -> created(identity);
    };
  }

  private Outcome<SubjectId> returned(Identity identity, FederatedIdentity link) {
    var subject = work.tx().subject(link.subject()).filter(Subject::active);
    if (subject.isEmpty()) return Outcome.refused(FederationRefusal.INACTIVE);
    keep(identity, subject.get(), Optional.of(link));
    return Outcome.done(link.subject());
  }

  /// The user name is a label: whoever has it already is somebody else.
  private Outcome<SubjectId> created(Identity identity) {
    var userName = userName(identity);
    if (work.tx().subjectNamed(userName.value()).isPresent())
      return Outcome.refused(FederationRefusal.NAME_TAKEN);
    var subject =
        new Subject(
            SubjectId.random(work.entropy()),
            userName.value(),
            displayName(identity, userName),
            provider.arrivals().population(),
            Set.of(),
            Set.of(),
            true,
            work.now());
    work.tx().put(subject);
    work.event(
        "subject-created",
        "first sign-in through another provider",
        Map.of("provider", provider.id().value()),
        subject.id());
    keep(identity, subject, Optional.empty());
    return Outcome.done(subject.id());
  }

  private UserName userName(Identity identity) {
    return identity
        .labels()
        .userName()
        .flatMap(label ->
            UserName.of(label) instanceof Outcome.Done<UserName>(UserName name)
                ? Optional.of(name)
                : Optional.empty())
        .orElseGet(() -> generated(identity.key()));
  }

  /// A name for somebody whom the provider calls nothing that could be one.
  private UserName generated(SubjectKey key) {
    String digest =
        Bytes.of(Sha256.of(key.value().getBytes(StandardCharsets.UTF_8)).bytes())
            .toString()
            .toLowerCase(java.util.Locale.ROOT)
            .replaceAll("[^a-z0-9]", "0");
    return new UserName(provider.id() + "-" + digest.substring(0, LABEL));
  }

  private static String displayName(Identity identity, UserName otherwise) {
    return identity
        .labels()
        .displayName()
        .flatMap(label ->
            DisplayName.of(label) instanceof Outcome.Done<DisplayName>(DisplayName name)
                ? Optional.of(name.value())
                : Optional.empty())
        .orElse(otherwise.value());
  }

  /// Links the account to somebody who proved to be that person in another way.
  Outcome<Subject> link(Identity identity, SubjectId id) {
    var subject = work.tx().subject(id).filter(Subject::active);
    if (subject.isEmpty()) return Outcome.refused(FederationRefusal.INACTIVE);
    var link = store.linked(provider.id(), identity.key());
    if (link.filter(one -> !one.subject().equals(id)).isPresent())
      return Outcome.refused(FederationRefusal.LINKED_ELSEWHERE);
    return Outcome.done(keep(identity, subject.get(), link));
  }

  /// Keeps the link and what groups the provider gives now: those it gave before and gives no
  /// longer are taken away, those that others gave stay.
  private Subject keep(Identity identity, Subject subject, Optional<FederatedIdentity> before) {
    var given = identity.mappedGroups(provider);
    store.put(
        new FederatedIdentity(
            provider.id(),
            identity.key(),
            subject.id(),
            given,
            before.map(FederatedIdentity::linkedAt).orElse(work.now()),
            work.now()));
    if (before.isEmpty())
      work.note(
          "identity-linked",
          "an account at another provider was linked",
          Map.of("provider", provider.id().value()),
          subject.id());
    var groups = new HashSet<>(subject.groups());
    before.ifPresent(link -> groups.removeAll(link.groups()));
    groups.addAll(given);
    return groups.equals(subject.groups()) ? subject : regrouped(subject, groups);
  }

  private Subject regrouped(Subject subject, Set<String> groups) {
    var changed = subject.withGroups(groups);
    work.tx().put(changed);
    work.event(
        "subject-changed",
        "groups at another provider",
        Map.of("provider", provider.id().value()),
        subject.id());
    return changed;
  }

  /// Remembers this sign-in; its reference stands in the session's authentication.
  String signedOn(Identity identity, SubjectId subject) {
    store.forget(subject, work.now().minus(REMEMBERED));
    String reference = "fed_" + Bytes.of(work.entropy().bytes(16));
    store.put(
        new SignOn(
            reference, provider.id(), identity.subject(), identity.sid(), subject, work.now()));
    return reference;
  }
}
