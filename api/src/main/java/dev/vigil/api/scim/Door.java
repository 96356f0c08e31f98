// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.scim;

import dev.vigil.admission.provisioning.Provider;
import dev.vigil.admission.provisioning.Providers;
import dev.vigil.api.http.Caller;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Rate;
import dev.vigil.api.http.RateLimit;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.identity.scim.ScimRefusal;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Lets in whoever proves to be a provider, as often as it may.
final class Door {

  /// Entra asks a service for 25 requests a second (learn.microsoft.com, "Develop and plan
  /// provisioning for a SCIM endpoint"); twice that.
  private static final Rate REQUESTS = Rate.perMinute(3_000);

  /// What costs more than it can be worth: no provider sends it by accident.
  private static final Set<Refusal> BOMBS =
      Set.of(
          ScimRefusal.FILTER_COMPLEX,
          ScimRefusal.FILTER_LONG,
          ScimRefusal.TOO_MANY_VALUES,
          ScimRefusal.TOO_LARGE);

  private static final Rate NOTES = Rate.perMinute(6);
  private static final Rate NOTES_OF_ALL = Rate.perMinute(60);

  private final Providers providers;
  private final RateLimit requests;
  private final RateLimit notes;
  private final RateLimit notesOfAll;

  Door(Providers providers, TimeSource time) {
    this.providers = providers;
    this.requests = new RateLimit(REQUESTS, time);
    this.notes = new RateLimit(NOTES, time);
    this.notesOfAll = new RateLimit(NOTES_OF_ALL, time);
  }

  Caller<Provider> caller(Doors doors) {
    return doors.provisioner(this::prove);
  }

  private Outcome<Provider> prove(Doors.Shown shown) {
    Optional<Provider> provider =
        shown.bearer().isPresent()
            ? providers.byToken(shown.bearer().get())
            : shown.machine().flatMap(providers::byMachine);
    if (provider.isPresent()) return Outcome.done(provider.get());
    if (noteworthy(shown.source())) providers.refused(shown.source());
    return Outcome.refused(ScimRefusal.TOKEN);
  }

  private boolean noteworthy(Object who) {
    return notes.use(who).isZero() && notesOfAll.use("all").isZero();
  }

  private Response noted(Request request, Provider provider, Response response) {
    if (response instanceof Response.Problem problem
        && BOMBS.contains(problem.refusal())
        && noteworthy(provider.id()))
      providers.refused(request.source(), provider, problem.refusal());
    return response;
  }

  /// A handler that counts the provider's requests.
  Route.Handler<Provider> counted(Route.Handler<Provider> handler) {
    return (request, provider) -> {
      Duration wait = requests.use(provider.id());
      return wait.isZero()
          ? noted(request, provider, handler.handle(request, provider))
          : Response.problem(ScimRefusal.TOO_OFTEN, "")
              .with("Retry-After", Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
    };
  }
}
