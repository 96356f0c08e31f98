// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.administration;

import static dev.vigil.api.administration.AdministrationRoutes.BASE;
import static dev.vigil.api.administration.AdministrationRoutes.mandate;
import static dev.vigil.api.administration.Stop.answered;

import dev.vigil.admission.administration.AdministrationRefusal;
import dev.vigil.admission.openid.Clients;
import dev.vigil.admission.openid.ClientsRefusal;
import dev.vigil.api.http.Body;
import dev.vigil.api.http.Caller;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.identity.oauth.RegisteredClient;
import dev.vigil.identity.oauth.RegisteredClient.Kind;
import dev.vigil.identity.oauth.RegisteredClient.Method;
import dev.vigil.identity.oauth.RegisteredClient.Profile;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Registered clients: `/clients`. Administrators only: a client is told who people are.
public final class ClientRoutes {

  private static final Map<String, Kind> KINDS =
      Map.of("web", Kind.WEB, "native", Kind.NATIVE, "service", Kind.SERVICE);
  private static final Map<String, Profile> PROFILES =
      Map.of("fapi2", Profile.FAPI2, "plain", Profile.PLAIN);

  private final Caller<Doors.Person> administrators;
  private final Clients clients;

  public ClientRoutes(Doors doors, Clients clients) {
    this.administrators = doors.administrator();
    this.clients = clients;
  }

  /// For the listener of the administration API.
  public List<Route<?>> routes() {
    return List.of(
        Route.get(
            BASE + "/clients",
            administrators,
            answered((request, _) ->
                Page.of(request).of(clients.list(), RegisteredClient::id, ClientRoutes::shown))),
        Route.get(
            BASE + "/clients/{client}",
            administrators,
            answered((request, _) -> shown(clients.show(request.segment("client"))))),
        Route.put(BASE + "/clients/{client}", administrators, Body.json(), answered(this::put)),
        Route.post(
            BASE + "/clients/{client}/remove",
            administrators,
            Body.json(),
            answered((request, person) ->
                shown(
                    clients.remove(
                        mandate(person, Members.of(request, "reason").reason()),
                        request.segment("client"))))));
  }

  private Response put(Request request, Doors.Person person) {
    var members =
        Members.of(
            request,
            "name",
            "kind",
            "profile",
            "jwks",
            "certificates",
            "app",
            "redirects",
            "after_logout",
            "backchannel_logout",
            "scopes",
            "calls",
            "machine",
            "reason");
    String id = request.segment("client");
    var kind = members.choice("kind", KINDS, Kind.WEB);
    var scopes = members.texts("scopes");
    var client =
        new RegisteredClient(
            id,
            members.text("name").orElse(id),
            kind,
            members.choice("profile", PROFILES, Profile.FAPI2),
            method(members),
            members.required("app", ClientRoutes::app),
            Set.copyOf(members.texts("redirects")),
            Set.copyOf(members.texts("after_logout")),
            members.text("backchannel_logout"),
            Set.copyOf(scopes.isEmpty() && kind != Kind.SERVICE ? List.of("openid") : scopes),
            Set.copyOf(members.all("calls", ClientRoutes::app)),
            members.text("machine").map(text -> Stop.unless(machine(text))));
    return shown(clients.put(mandate(person, members.reason()), client));
  }

  private static Method method(Members members) {
    var jwks = members.text("jwks");
    var certificates = members.all("certificates", ClientRoutes::thumbprint);
    if (jwks.isPresent() && !certificates.isEmpty()) throw new Stop(ClientsRefusal.METHOD, "");
    if (jwks.isPresent()) return new Method.Keys(jwks.get());
    return certificates.isEmpty()
        ? new Method.Proof()
        : new Method.Certificates(Set.copyOf(certificates));
  }

  private static Outcome<Sha256> thumbprint(String text) {
    try {
      return Outcome.done(Sha256.parse(text));
    } catch (IllegalArgumentException e) {
      return Outcome.refused(
          ContentRefusal.MEMBER_TYPE, "a certificate is named by its `x5t#S256` (RFC 8705)");
    }
  }

  private static Outcome<AppId> app(String text) {
    try {
      return Outcome.done(new AppId(text));
    } catch (IllegalArgumentException e) {
      return Outcome.refused(AdministrationRefusal.APP_NAME_FORM);
    }
  }

  private static Outcome<SubjectId> machine(String text) {
    try {
      return Outcome.done(new SubjectId(text));
    } catch (IllegalArgumentException e) {
      return Outcome.refused(ClientsRefusal.MACHINE);
    }
  }

  private static Response shown(Outcome<RegisteredClient> outcome) {
    return Response.of(outcome, client -> Response.json(200, shown(client)));
  }

  private static ObjectNode shown(RegisteredClient client) {
    var node = Shown.object();
    node.put("id", client.id())
        .put("name", client.name())
        .put("kind", client.kind().label())
        .put("profile", client.profile().label())
        .put("authentication", client.method().label())
        .put("app", client.app().value());
    client.redirects().stream().sorted().forEach(node.putArray("redirects")::add);
    client.afterLogout().stream().sorted().forEach(node.putArray("after_logout")::add);
    client.backchannelLogout().ifPresent(address -> node.put("backchannel_logout", address));
    client.scopes().stream().sorted().forEach(node.putArray("scopes")::add);
    client.calls().stream().map(AppId::value).sorted().forEach(node.putArray("calls")::add);
    client.machine().ifPresent(machine -> node.put("machine", machine.value()));
    if (client.method() instanceof Method.Certificates(var all))
      all.stream().map(Sha256::toString).sorted().forEach(node.putArray("certificates")::add);
    if (client.method() instanceof Method.Keys(String jwks)) node.put("jwks", jwks);
    return node;
  }
}
