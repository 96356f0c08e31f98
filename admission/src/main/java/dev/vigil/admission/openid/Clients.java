// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.openid;

import dev.vigil.admission.Changes;
import dev.vigil.admission.ClientsView;
import dev.vigil.admission.PlainText;
import dev.vigil.admission.View;
import dev.vigil.admission.Work;
import dev.vigil.admission.administration.Mandate;
import dev.vigil.identity.Population;
import dev.vigil.identity.oauth.ClientAssertions;
import dev.vigil.identity.oauth.Redirects;
import dev.vigil.identity.oauth.RegisteredClient;
import dev.vigil.identity.oauth.RegisteredClient.Kind;
import dev.vigil.identity.oauth.RegisteredClient.Method;
import dev.vigil.identity.oauth.RegisteredClient.Profile;
import dev.vigil.kernel.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Registers clients, and removes them with everything that hangs from them.
public final class Clients {

  private static final int MOST = 32;
  private static final Pattern SCOPE = Pattern.compile("[a-z][a-z0-9._:-]{0,63}");

  private final Changes changes;

  public Clients(Changes changes) {
    this.changes = changes;
  }

  /// Every client, in the order of registration.
  public List<RegisteredClient> list() {
    return changes.read(view -> view.clients().clients());
  }

  /// One client.
  public Outcome<RegisteredClient> show(String id) {
    return known(changes.read(view -> view.clients().client(id)));
  }

  private static Outcome<RegisteredClient> known(Optional<RegisteredClient> found) {
    return found.map(Outcome::done).orElseGet(() -> Outcome.refused(ClientsRefusal.UNKNOWN));
  }

  /// Registers a client, or replaces the one of this id.
  public Outcome<RegisteredClient> put(Mandate mandate, RegisteredClient client) {
    return sound(client)
        .then(one ->
            changes.commit(
                mandate.by(),
                work ->
                    machine(work.tx(), one)
                        .map(_ -> {
                          boolean known = work.tx().clients().client(one.id()).isPresent();
                          work.tx().clients().put(one);
                          note(work, known ? "client-changed" : "client-added", mandate, one);
                          return one;
                        })));
  }

  private static void note(Work work, String type, Mandate mandate, RegisteredClient one) {
    work.note(
        type,
        mandate.reason().text(),
        Map.of("client", one.id(), "app", one.app().value(), "profile", one.profile().label()));
  }

  private static Outcome<RegisteredClient> sound(RegisteredClient one) {
    if (!RegisteredClient.isId(one.id())) return Outcome.refused(ClientsRefusal.ID);
    if (!PlainText.fits(one.name(), 128)) return Outcome.refused(ClientsRefusal.NAME);
    if (one.kind() != Kind.WEB && one.profile() == Profile.PLAIN)
      return Outcome.refused(ClientsRefusal.PROFILE);
    var scope = one.scopes().stream().filter(text -> !SCOPE.matcher(text).matches()).findFirst();
    if (scope.isPresent() || one.scopes().size() > MOST || one.calls().size() > MOST)
      return Outcome.refused(ClientsRefusal.SCOPE, PlainText.shown(scope.orElse("")));
    return addresses(one).then(Clients::method);
  }

  private static Outcome<RegisteredClient> addresses(RegisteredClient one) {
    boolean people = one.kind() != Kind.SERVICE;
    if (people == one.redirects().isEmpty()) return Outcome.refused(ClientsRefusal.EMPTY);
    var all =
        Stream.of(
                one.redirects().stream().map(text -> Map.entry(text, one.kind())),
                one.afterLogout().stream().map(text -> Map.entry(text, one.kind())),
                one.backchannelLogout().stream().map(text -> Map.entry(text, Kind.WEB)))
            .flatMap(entries -> entries)
            .toList();
    var wrong =
        all.stream()
            .filter(entry -> !Redirects.registrable(entry.getKey(), entry.getValue()))
            .findFirst();
    if (wrong.isPresent())
      return Outcome.refused(ClientsRefusal.REDIRECT, PlainText.shown(wrong.get().getKey()));
    return all.size() > MOST ? Outcome.refused(ClientsRefusal.REDIRECT) : Outcome.done(one);
  }

  private static Outcome<RegisteredClient> method(RegisteredClient one) {
    boolean proof = one.method() instanceof Method.Proof;
    if (proof != (one.kind() == Kind.NATIVE)) return Outcome.refused(ClientsRefusal.METHOD);
    return switch (one.method()) {
      case Method.Keys(String jwks) ->
          jwks.length() <= 16_384 && ClientAssertions.registrable(jwks)
              ? Outcome.done(one)
              : Outcome.refused(ClientsRefusal.KEYS);
      case Method.Certificates(var all) ->
          all.isEmpty() || all.size() > MOST
              ? Outcome.refused(ClientsRefusal.METHOD)
              : Outcome.done(one);
      case Method.Proof _ -> Outcome.done(one);
    };
  }

  /// A service is a machine, so that policies know it; nobody else is one.
  private static Outcome<RegisteredClient> machine(View view, RegisteredClient one) {
    boolean machine =
        one.machine()
            .flatMap(view::subject)
            .filter(subject ->
                subject.population() == Population.PARTNER
                    || subject.population() == Population.WORKLOAD)
            .isPresent();
    return machine == (one.kind() == Kind.SERVICE) && machine == one.machine().isPresent()
        ? Outcome.done(one)
        : Outcome.refused(ClientsRefusal.MACHINE);
  }

  /// Removes a client; its tokens and sign-ins are worth nothing from then on.
  public Outcome<RegisteredClient> remove(Mandate mandate, String id) {
    return changes.commit(
        mandate.by(),
        work -> {
          ClientsView clients = work.tx().clients();
          return known(clients.client(id))
              .map(one -> {
                work.tx().clients().remove(id);
                note(work, "client-removed", mandate, one);
                return one;
              });
        });
  }
}
