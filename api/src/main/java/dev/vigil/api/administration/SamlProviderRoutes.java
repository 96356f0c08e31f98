// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.administration;

import static dev.vigil.api.administration.AdministrationRoutes.BASE;
import static dev.vigil.api.administration.AdministrationRoutes.mandate;
import static dev.vigil.api.administration.Stop.answered;

import dev.vigil.admission.administration.AdministrationRefusal;
import dev.vigil.admission.saml.SamlProviders;
import dev.vigil.admission.saml.SamlProvidersRefusal;
import dev.vigil.api.http.Body;
import dev.vigil.api.http.Caller;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.identity.saml.NameIdFormat;
import dev.vigil.identity.saml.RegisteredProvider;
import dev.vigil.identity.saml.RegisteredProvider.Attribute;
import dev.vigil.identity.saml.RegisteredProvider.Option;
import dev.vigil.identity.saml.ServiceProvider.Consumer;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// SAML service providers: `/saml/providers`. Administrators only: a provider is told who people
/// are.
public final class SamlProviderRoutes {

  private static final int LARGEST = 128 * 1024;
  private static final Map<String, NameIdFormat> FORMATS =
      Map.of(
          "persistent", NameIdFormat.PERSISTENT,
          "transient", NameIdFormat.TRANSIENT,
          "email", NameIdFormat.EMAIL,
          "user-name", NameIdFormat.UNSPECIFIED);
  private static final Map<String, Attribute> ATTRIBUTES =
      Map.of(
          "user-name", Attribute.USER_NAME,
          "display-name", Attribute.DISPLAY_NAME,
          "groups", Attribute.GROUPS);
  private static final Map<String, Option> OPTIONS =
      Map.of("unsolicited", Option.UNSOLICITED, "password-wording", Option.PASSWORD_WORDING);

  private final Caller<Doors.Person> administrators;
  private final SamlProviders providers;

  public SamlProviderRoutes(Doors doors, SamlProviders providers) {
    this.administrators = doors.administrator();
    this.providers = providers;
  }

  /// For the listener of the administration API.
  public List<Route<?>> routes() {
    return List.of(
        Route.get(
            BASE + "/saml/providers",
            administrators,
            answered((request, _) ->
                Page.of(request)
                    .of(providers.list(), RegisteredProvider::id, SamlProviderRoutes::shown))),
        Route.get(
            BASE + "/saml/providers/{provider}",
            administrators,
            answered((request, _) -> shown(providers.show(request.segment("provider"))))),
        Route.put(
            BASE + "/saml/providers/{provider}",
            administrators,
            Body.json().atMost(LARGEST),
            answered(this::put)),
        Route.post(
            BASE + "/saml/providers/{provider}/remove",
            administrators,
            Body.json(),
            answered((request, person) ->
                shown(
                    providers.remove(
                        mandate(person, Members.of(request, "reason").reason()),
                        request.segment("provider"))))));
  }

  private Response put(Request request, Doors.Person person) {
    var members =
        Members.of(
            request, "name", "app", "metadata", "name_id", "attributes", "options", "reason");
    String id = request.segment("provider");
    var format =
        members.text("name_id").isPresent()
            ? Optional.of(members.choice("name_id", FORMATS, NameIdFormat.PERSISTENT))
            : Optional.<NameIdFormat>empty();
    var draft =
        new SamlProviders.Draft(
            id,
            members.text("name").orElse(id),
            members.required("app", SamlProviderRoutes::app),
            members.required("metadata", Outcome::done),
            format,
            attributes(members.texts("attributes")),
            Set.copyOf(members.all("options", SamlProviderRoutes::option)));
    return shown(providers.put(mandate(person, members.reason()), draft));
  }

  private static Outcome<AppId> app(String text) {
    try {
      return Outcome.done(new AppId(text));
    } catch (IllegalArgumentException e) {
      return Outcome.refused(AdministrationRefusal.APP_NAME_FORM);
    }
  }

  private static Outcome<Option> option(String text) {
    return Optional.ofNullable(OPTIONS.get(text))
        .map(Outcome::done)
        .orElseGet(() ->
            Outcome.refused(
                ContentRefusal.MEMBER_TYPE, "an option is `unsolicited` or `password-wording`"));
  }

  /// Each `name=source`, where the name may hold anything visible.
  private static Map<String, Attribute> attributes(List<String> texts) {
    var all = new LinkedHashMap<String, Attribute>();
    for (String text : texts) {
      int equals = text.lastIndexOf('=');
      var source = equals < 0 ? null : ATTRIBUTES.get(text.substring(equals + 1));
      if (source == null) throw new Stop(SamlProvidersRefusal.ATTRIBUTE, "");
      all.put(text.substring(0, equals), source);
    }
    return all;
  }

  private static Response shown(Outcome<RegisteredProvider> outcome) {
    return Response.of(outcome, one -> Response.json(200, shown(one)));
  }

  private static ObjectNode shown(RegisteredProvider one) {
    var described = one.described();
    var node = Shown.object();
    node.put("id", one.id())
        .put("name", one.name())
        .put("app", one.app().value())
        .put("entity_id", described.entityId())
        .put("name_id", label(FORMATS, one.format()))
        .put("requests_signed", described.requestsSigned())
        .put("certificates", described.certificates().size());
    described.consumers().stream()
        .map(Consumer::location)
        .map(Object::toString)
        .forEach(node.putArray("consumers")::add);
    described.logout().ifPresent(logout -> node.put("logout", logout.location().toString()));
    one.attributes().entrySet().stream()
        .map(entry -> entry.getKey() + "=" + label(ATTRIBUTES, entry.getValue()))
        .sorted()
        .forEach(node.putArray("attributes")::add);
    one.options().stream()
        .map(option -> label(OPTIONS, option))
        .sorted()
        .forEach(node.putArray("options")::add);
    return node;
  }

  private static <T> String label(Map<String, T> labels, T value) {
    return labels.entrySet().stream()
        .filter(entry -> entry.getValue().equals(value))
        .map(Map.Entry::getKey)
        .collect(Collectors.joining())
        .toLowerCase(Locale.ROOT);
  }
}
