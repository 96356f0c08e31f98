// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.administration;

import static dev.vigil.api.administration.AdministrationRoutes.BASE;
import static dev.vigil.api.administration.AdministrationRoutes.mandate;
import static dev.vigil.api.administration.Stop.answered;

import dev.vigil.admission.administration.UserName;
import dev.vigil.admission.provisioning.NewProvider;
import dev.vigil.admission.provisioning.Provider;
import dev.vigil.admission.provisioning.ProviderToken;
import dev.vigil.admission.provisioning.Providers;
import dev.vigil.api.http.Body;
import dev.vigil.api.http.Caller;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.identity.Population;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// Identity platforms that keep people and groups here: `/provisioning`. For administrators only,
/// because who holds a provider's token decides who exists.
public final class ProvisioningRoutes {

  private static final Map<String, Provider.Kind> KINDS = new LinkedHashMap<>();
  private static final Map<String, Population> POPULATIONS = new LinkedHashMap<>();

  static {
    Arrays.stream(Provider.Kind.values()).forEach(kind -> KINDS.put(kind.label(), kind));
    List.of(Population.EMPLOYEE, Population.PARTNER, Population.CUSTOMER)
        .forEach(one -> POPULATIONS.put(one.label(), one));
  }

  private final Caller<Doors.Person> administrators;
  private final Providers providers;
  private final URI base;

  /// @param issuer the address of the port where providers come to
  public ProvisioningRoutes(Doors doors, Providers providers, URI issuer) {
    this.administrators = doors.administrator();
    this.providers = providers;
    this.base = issuer.resolve("/scim/v2");
  }

  /// For a listener's `Routes`.
  public List<Route<?>> routes() {
    return List.of(
        Route.get(BASE + "/provisioning", administrators, (_, _) -> all()),
        Route.post(BASE + "/provisioning", administrators, Body.json(), answered(this::add)),
        Route.post(
            BASE + "/provisioning/{provider}/rotate",
            administrators,
            Body.json(),
            answered(this::rotate)),
        Route.post(
            BASE + "/provisioning/{provider}/remove",
            administrators,
            Body.json(),
            answered(this::remove)));
  }

  private Response all() {
    var answer = Shown.object();
    var items = answer.putArray("items");
    providers.all().forEach(known -> items.add(shown(known)));
    return Response.json(200, answer);
  }

  private Response add(Request request, Doors.Person person) {
    var members =
        Members.of(
            request, "kind", "name", "population", "adopt", "machine", "token_days", "reason");
    var mandate = mandate(person, members.reason());
    var wanted =
        new NewProvider(
            members.choice("kind", KINDS, Provider.Kind.OTHER),
            members.text("name").orElse(""),
            members.choice("population", POPULATIONS, Population.EMPLOYEE),
            members.flag("adopt") ? Provider.Adoption.BY_USER_NAME : Provider.Adoption.REFUSED,
            members.text("machine").map(typed -> Stop.unless(UserName.of(typed))),
            life(members));
    return Response.of(
        providers.add(mandate, wanted), granted -> Response.json(201, shown(granted)));
  }

  /// Bounded here only against overflow; what is too long is refused further in.
  private static Duration life(Members members) {
    return Duration.ofDays(
        Math.min(members.number("token_days").orElse(Providers.USUAL_LIFE.toDays()), 100_000));
  }

  private Response rotate(Request request, Doors.Person person) {
    var members = Members.of(request, "token_days", "only", "reason");
    var others = members.flag("only") ? Providers.Others.END : Providers.Others.STAY;
    return Response.of(
        providers.rotate(
            mandate(person, members.reason()), request.segment("provider"), life(members), others),
        granted -> Response.json(201, shown(granted)));
  }

  private Response remove(Request request, Doors.Person person) {
    return Response.of(
        providers.remove(
            mandate(person, Members.of(request, "reason").reason()), request.segment("provider")),
        provider -> Response.json(200, shown(provider)));
  }

  private ObjectNode shown(Provider provider) {
    return Shown.object()
        .put("id", provider.id().value())
        .put("name", provider.name())
        .put("kind", provider.kind().label())
        .put("population", provider.population().label())
        .put("adopt", provider.adoption() == Provider.Adoption.BY_USER_NAME)
        .put("url", base.toString())
        .put("created_at", provider.createdAt().toString());
  }

  private ObjectNode shown(Providers.Granted granted) {
    var node = shown(granted.provider());
    node.put("token", new String(granted.secret().reveal(), StandardCharsets.US_ASCII));
    return node.put("token_expires_at", granted.token().expiresAt().toString());
  }

  private ObjectNode shown(Providers.Known known) {
    var node = shown(known.provider());
    known.machine().ifPresent(machine -> node.put("machine", machine));
    var tokens = node.putArray("tokens");
    known.tokens().forEach(token -> tokens.add(shown(token)));
    return node.put("users", known.users()).put("groups", known.groups());
  }

  private static ObjectNode shown(ProviderToken token) {
    var node =
        Shown.object()
            .put("label", token.label())
            .put("created_at", token.createdAt().toString())
            .put("expires_at", token.expiresAt().toString());
    token.lastUsedAt().ifPresent(at -> node.put("last_used_at", at.toString()));
    return node;
  }
}
