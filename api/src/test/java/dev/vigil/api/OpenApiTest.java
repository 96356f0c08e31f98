// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.Changes;
import dev.vigil.admission.administration.Apps;
import dev.vigil.admission.administration.Devices;
import dev.vigil.admission.administration.EnforcementPoints;
import dev.vigil.admission.administration.Invitations;
import dev.vigil.admission.administration.People;
import dev.vigil.admission.administration.Policies;
import dev.vigil.admission.administration.Publications;
import dev.vigil.admission.administration.Publishing;
import dev.vigil.admission.administration.Sessions;
import dev.vigil.admission.device.Partners;
import dev.vigil.admission.device.Revocation;
import dev.vigil.admission.passkey.Passkeys;
import dev.vigil.admission.provisioning.Groups;
import dev.vigil.admission.provisioning.Providers;
import dev.vigil.admission.provisioning.Users;
import dev.vigil.api.administration.AdministrationRoutes;
import dev.vigil.api.administration.ProvisioningRoutes;
import dev.vigil.api.authzen.AuthzenRoutes;
import dev.vigil.api.authzen.Point;
import dev.vigil.api.device.DeviceRoutes;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Route;
import dev.vigil.api.http.VisitCookie;
import dev.vigil.api.openid.AuthorizeRoutes;
import dev.vigil.api.saml.SamlRoutes;
import dev.vigil.api.scim.ScimRoutes;
import dev.vigil.api.signin.Addresses;
import dev.vigil.api.signin.OAuthRoutes;
import dev.vigil.api.signin.PageRoutes;
import dev.vigil.api.signin.PasskeyRoutes;
import dev.vigil.api.signin.PersonRoutes;
import dev.vigil.identity.oauth.Proofs;
import dev.vigil.identity.oauth.SeenProofs;
import dev.vigil.identity.passkey.RelyingParty;
import dev.vigil.testkit.CollectedFacts;
import dev.vigil.testkit.ManualTime;
import dev.vigil.testkit.MemoryStore;
import dev.vigil.testkit.SeededEntropy;
import dev.vigil.testkit.TestAuthorities;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// The written API and the real one are the same.
class OpenApiTest {

  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");
  private static final URI ISSUER = URI.create("https://vigil.example");

  @Test
  void every_route_stands_in_the_document_with_its_caller_and_content_and_the_reverse()
      throws IOException {
    var real = new TreeSet<String>();
    routes()
        .forEach(route ->
            real.add(
                String.join(
                    "  ",
                    route.method(),
                    route.path(),
                    route.caller().label(),
                    route.body().mediaType())));
    assertThat(documented()).containsExactlyElementsOf(real);
  }

  @Test
  void every_change_by_an_administrator_asks_for_a_reason() throws IOException {
    Map<?, ?> schemas = map(map(document().get("components")).get("schemas"));
    forEachOperation((path, operation) -> {
      boolean changes =
          path.startsWith("/admin/v1/")
              && operation.containsKey("requestBody")
              && !path.endsWith("/plan");
      if (!changes) return;
      Map<?, ?> content =
          map(map(map(operation.get("requestBody")).get("content")).get("application/json"));
      String schema =
          String.valueOf(map(content.get("schema")).get("$ref")).replaceFirst(".*/", "");
      assertThat(map(schemas.get(schema)).get("required")).as(path).asString().contains("reason");
    });
  }

  private static Set<String> documented() throws IOException {
    var found = new TreeSet<String>();
    for (var path : map(document().get("paths")).entrySet()) {
      for (var operation : map(path.getValue()).entrySet()) {
        if (!METHODS.contains(String.valueOf(operation.getKey()))) continue;
        Map<?, ?> described = map(operation.getValue());
        String type =
            described.containsKey("requestBody")
                ? String.valueOf(
                    map(map(described.get("requestBody")).get("content"))
                        .keySet()
                        .iterator()
                        .next())
                : "";
        found.add(
            String.join(
                "  ",
                String.valueOf(operation.getKey()).toUpperCase(Locale.ROOT),
                String.valueOf(path.getKey()),
                String.valueOf(described.get("x-vigil-caller")),
                type));
      }
    }
    return found;
  }

  private interface Visitor {
    void see(String path, Map<?, ?> operation);
  }

  private static void forEachOperation(Visitor visitor) throws IOException {
    map(document().get("paths"))
        .forEach((path, operations) ->
            map(operations)
                .forEach((method, operation) -> {
                  if (METHODS.contains(String.valueOf(method)))
                    visitor.see(String.valueOf(path), map(operation));
                }));
  }

  private static Map<?, ?> document() throws IOException {
    var root = Path.of(System.getProperty("vigil.root", ".."));
    return map(
        new Yaml(new SafeConstructor(new LoaderOptions()))
            .load(Files.readString(root.resolve("docs/openapi.yaml"))));
  }

  private static Map<?, ?> map(@Nullable Object node) {
    return node instanceof Map<?, ?> map ? map : Map.of();
  }

  /// Every route of the public listeners. Use cases that no list of routes asks for are left out.
  @SuppressWarnings("NullAway") // the list of routes is all that is wanted; nothing is called
  private static Stream<Route<?>> routes() {
    var time = ManualTime.atNoon();
    var entropy = new SeededEntropy(1);
    var changes = new Changes(new MemoryStore(time), new CollectedFacts(), time, entropy);
    var doors =
        new Doors(
            new Proofs(new SeenProofs(time.now())),
            _ -> Optional.empty(),
            changes,
            new VisitCookie(ISSUER));
    var people = new People(changes, (_, _) -> new Invitations.Invitation(ISSUER, time.now()));
    var useCases =
        new AdministrationRoutes.UseCases(
            changes,
            people,
            new Apps(changes, Set.of()),
            new Policies(changes),
            new Publications(
                changes, new Publishing((_, _) -> List.of(), Publishing.Approval.NONE)),
            new EnforcementPoints(changes),
            new Sessions(changes),
            new Devices(changes),
            new Revocation(changes),
            new Partners(changes, new TestAuthorities(time.now(), entropy), Duration.ofDays(1)));
    return Stream.of(
            new AdministrationRoutes(doors, useCases).routes(),
            new ProvisioningRoutes(doors, new Providers(changes), ISSUER).routes(),
            new ScimRoutes(
                    doors,
                    new ScimRoutes.UseCases(
                        new Providers(changes), new Users(changes), new Groups(changes)),
                    time)
                .routes(),
            new OAuthRoutes(
                    doors,
                    new OAuthRoutes.Flows(null, null, null, null),
                    new Addresses(ISSUER, ISSUER, Optional.empty()),
                    () -> "",
                    (_, _, _) -> Optional.empty())
                .issuer(),
            new PageRoutes(
                    doors,
                    new PageRoutes.Flows(null, null, null, null),
                    new RelyingParty("vigil.example", ISSUER, "Vigil"),
                    time)
                .routes(),
            new AuthorizeRoutes(
                    doors,
                    new AuthorizeRoutes.Flows(null, null, null, null, null, null),
                    new PageRoutes(
                        doors,
                        new PageRoutes.Flows(null, null, null, null),
                        new RelyingParty("vigil.example", ISSUER, "Vigil"),
                        time),
                    ISSUER)
                .routes(),
            new SamlRoutes(
                    doors,
                    new SamlRoutes.Flows(null, null, null, null),
                    new PageRoutes(
                        doors,
                        new PageRoutes.Flows(null, null, null, null),
                        new RelyingParty("vigil.example", ISSUER, "Vigil"),
                        time),
                    new SamlRoutes.Published(ISSUER, null),
                    entropy)
                .routes(),
            new PersonRoutes(doors, new dev.vigil.admission.signin.Invitations(changes), ISSUER)
                .routes(),
            new PasskeyRoutes(doors, new Passkeys(changes)).routes(),
            new DeviceRoutes(
                    doors,
                    new DeviceRoutes.UseCases(null, null, null),
                    new DeviceRoutes.Directions(ISSUER, List.of()))
                .routes(),
            new AuthzenRoutes(doors, new Point(changes, null, null, null), ISSUER).mutualTls())
        .flatMap(List::stream);
  }
}
