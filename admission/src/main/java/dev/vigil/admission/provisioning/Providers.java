// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.provisioning;

import static dev.vigil.admission.provisioning.ProvidersRefusal.NAME_FORM;
import static dev.vigil.admission.provisioning.ProvidersRefusal.NAME_TAKEN;
import static dev.vigil.admission.provisioning.ProvidersRefusal.NOT_A_MACHINE;
import static dev.vigil.admission.provisioning.ProvidersRefusal.NOT_PEOPLE;
import static dev.vigil.admission.provisioning.ProvidersRefusal.NO_SUCH_PROVIDER;
import static dev.vigil.admission.provisioning.ProvidersRefusal.TOKEN_LIFE;
import static dev.vigil.admission.provisioning.ProvidersRefusal.TOO_MANY_TOKENS;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.PlainText;
import dev.vigil.admission.View;
import dev.vigil.admission.Work;
import dev.vigil.admission.administration.Mandate;
import dev.vigil.admission.administration.UserName;
import dev.vigil.identity.Population;
import dev.vigil.identity.scim.ScimRefusal;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The identity platforms that may keep people and groups here, and their tokens. A token has 256
/// random bits, is shown once and stored as a digest; several are valid at a time, so that one can
/// be replaced without a gap.
public final class Providers {

  /// How long a token lives if nobody says otherwise.
  public static final Duration USUAL_LIFE = Duration.ofDays(180);

  private static final String PREFIX = "vigil-scim-";
  private static final int MOST_TOKENS = 3;
  private static final Duration LONGEST_LIFE = Duration.ofDays(366);
  private static final Duration NOTED_EVERY = Duration.ofMinutes(5);
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

  private final Changes changes;

  public Providers(Changes changes) {
    this.changes = changes;
  }

  /// A provider with a new token, which is shown now and never again.
  public record Granted(Provider provider, ProviderToken token, Secret secret) {}

  /// A provider with its tokens and how much it keeps here.
  public record Known(
      Provider provider,
      List<ProviderToken> tokens,
      Optional<String> machine,
      int users,
      int groups) {
    public Known {
      tokens = List.copyOf(tokens);
    }
  }

  /// Which of a provider's tokens stay valid beside a new one.
  public enum Others {
    STAY,
    END
  }

  /// All of them.
  public List<Known> all() {
    return changes.read(
        view -> view.provisioning().providers().stream().map(one -> known(view, one)).toList());
  }

  private static Known known(View view, Provider provider) {
    return new Known(
        provider,
        view.provisioning().tokensOf(provider.id()),
        provider.machine().flatMap(view::subject).map(subject -> subject.userName()),
        view.provisioning().users(provider.id()).size(),
        view.provisioning().groups(provider.id()).size());
  }

  /// Adds a provider and gives it its first token.
  public Outcome<Granted> add(Mandate mandate, NewProvider wanted) {
    if (!NAME.matcher(wanted.name()).matches())
      return Outcome.refused(NAME_FORM, PlainText.shown(wanted.name()) + " is not such a name");
    if (wanted.population() == Population.WORKLOAD || wanted.population() == Population.AGENT)
      return Outcome.refused(NOT_PEOPLE);
    return changes.commit(mandate.by(), work -> added(work, mandate, wanted));
  }

  private static Outcome<Granted> added(Work work, Mandate mandate, NewProvider wanted) {
    if (named(work.tx(), wanted.name()).isPresent()) return Outcome.refused(NAME_TAKEN);
    Outcome<Optional<SubjectId>> machine =
        wanted
            .machine()
            .map(name -> machine(work.tx(), name).<Optional<SubjectId>>map(Optional::of))
            .orElseGet(() -> Outcome.done(Optional.empty()));
    return machine.then(subject -> {
      var provider =
          new Provider(
              ProviderId.random(work.entropy()),
              wanted.kind(),
              wanted.name(),
              wanted.population(),
              wanted.adoption(),
              subject,
              work.now());
      work.tx().provisioning().put(provider);
      note(work, mandate, "provisioning-provider-added", provider);
      return granted(work, provider, wanted.tokenLife());
    });
  }

  private static Optional<Provider> named(View view, String name) {
    return view.provisioning().providers().stream()
        .filter(one -> one.name().equals(name))
        .findFirst();
  }

  private static Outcome<SubjectId> machine(View view, UserName name) {
    return view.subjectNamed(name.value())
        .filter(subject ->
            switch (subject.population()) {
              case WORKLOAD -> true;
              case PARTNER -> view.passkeysOf(subject.id()).isEmpty();
              case EMPLOYEE, CUSTOMER, AGENT -> false;
            })
        .filter(subject -> provider(view, subject.id()).isEmpty())
        .map(subject -> Outcome.done(subject.id()))
        .orElseGet(() -> Outcome.refused(NOT_A_MACHINE));
  }

  private static Optional<Provider> provider(View view, SubjectId machine) {
    return view.provisioning().providers().stream()
        .filter(one -> one.machine().filter(machine::equals).isPresent())
        .findFirst();
  }

  private static void note(Work work, Mandate mandate, String type, Provider provider) {
    work.note(
        type,
        mandate.reason().text(),
        Map.of(
            "provider", provider.name(),
            "kind", provider.kind().label(),
            "population", provider.population().label(),
            "adoption", provider.adoption().name().toLowerCase(java.util.Locale.ROOT)));
  }

  private static Outcome<Granted> granted(Work work, Provider provider, Duration life) {
    if (life.compareTo(Duration.ofDays(1)) < 0 || life.compareTo(LONGEST_LIFE) > 0)
      return Outcome.refused(TOKEN_LIFE);
    var secret = token(work.entropy().bytes(32));
    var token =
        new ProviderToken(
            secret.digest(), provider.id(), work.now(), work.now().plus(life), Optional.empty());
    work.tx().provisioning().put(token);
    return Outcome.done(new Granted(provider, token, secret));
  }

  private static Secret token(byte[] random) {
    String text = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    return Secret.of(text.getBytes(StandardCharsets.US_ASCII));
  }

  /// Gives a provider one more token. Expired ones are forgotten.
  public Outcome<Granted> rotate(Mandate mandate, String name, Duration life, Others others) {
    return changes.commit(
        mandate.by(),
        work ->
            named(work.tx(), name)
                .map(provider -> rotated(work, mandate, provider, life, others))
                .orElseGet(() -> unknown(name)));
  }

  private static <T> Outcome<T> unknown(String name) {
    return Outcome.refused(NO_SUCH_PROVIDER, PlainText.shown(name) + " is no provider");
  }

  private static Outcome<Granted> rotated(
      Work work, Mandate mandate, Provider provider, Duration life, Others others) {
    var tokens = work.tx().provisioning().tokensOf(provider.id());
    for (var token : tokens)
      if (others == Others.END || !work.now().isBefore(token.expiresAt()))
        work.tx().provisioning().removeToken(token.digest());
    if (work.tx().provisioning().tokensOf(provider.id()).size() >= MOST_TOKENS)
      return Outcome.refused(TOO_MANY_TOKENS);
    note(work, mandate, "provisioning-token-rotated", provider);
    return granted(work, provider, life);
  }

  /// Removes a provider: its tokens end at once. Its people stay as they are, kept by
  /// administrators from now on, and stay in their groups.
  public Outcome<Provider> remove(Mandate mandate, String name) {
    return changes.commit(
        mandate.by(),
        work ->
            named(work.tx(), name)
                .map(provider -> {
                  work.tx().provisioning().remove(provider.id());
                  note(work, mandate, "provisioning-provider-removed", provider);
                  return Outcome.done(provider);
                })
                .orElseGet(() -> unknown(name)));
  }

  /// The provider of a bearer token, if it is valid now. Its use is noted.
  public Optional<Provider> byToken(Secret token) {
    var now = changes.time().now();
    var digest = token.digest();
    var known =
        changes
            .read(view -> view.provisioning().token(digest))
            .filter(one -> now.isBefore(one.expiresAt()));
    known.filter(one -> stale(one, now)).ifPresent(_ -> used(digest));
    return known.flatMap(one -> changes.read(view -> view.provisioning().provider(one.provider())));
  }

  private static boolean stale(ProviderToken token, Instant now) {
    return token.lastUsedAt().filter(at -> now.isBefore(at.plus(NOTED_EVERY))).isEmpty();
  }

  private void used(Sha256 digest) {
    changes.commit(
        Actor.SYSTEM,
        work ->
            work.tx()
                .provisioning()
                .token(digest)
                .map(token -> {
                  work.tx()
                      .provisioning()
                      .put(
                          new ProviderToken(
                              token.digest(),
                              token.provider(),
                              token.createdAt(),
                              token.expiresAt(),
                              Optional.of(work.now())));
                  return token;
                }));
  }

  /// The provider whose machine this is.
  public Optional<Provider> byMachine(SubjectId machine) {
    return changes.read(view -> provider(view, machine));
  }

  /// Records that somebody came with a token or certificate that proves no provider.
  ///
  /// @param source where from, such as an address
  public void refused(String source) {
    changes.refused("provisioning-refused", ScimRefusal.TOKEN, "source", source);
  }

  /// Records that a provider sent what was refused unread because of its size or shape.
  public void refused(String source, Provider provider, Refusal refusal) {
    changes.commit(
        Actor.SYSTEM,
        work ->
            work.note(
                "provisioning-refused",
                refusal.says(),
                Map.of(
                    "code", refusal.code(), "provider", provider.id().value(), "source", source)));
  }
}
