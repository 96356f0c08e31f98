// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.administration;

import static dev.vigil.api.administration.AdministrationRoutes.BASE;
import static dev.vigil.api.administration.AdministrationRoutes.mandate;
import static dev.vigil.api.administration.Stop.answered;

import dev.vigil.admission.PlainText;
import dev.vigil.admission.StrictJson;
import dev.vigil.admission.administration.People;
import dev.vigil.admission.device.Grants;
import dev.vigil.admission.device.Grants.Protocol;
import dev.vigil.api.http.Body;
import dev.vigil.api.http.Caller;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.api.profile.AndroidConfiguration;
import dev.vigil.api.profile.AppleProfile;
import dev.vigil.api.profile.AppleProfile.Identity;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.Outcome;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// Rights of devices under management to be enrolled, and the profiles that carry them:
/// `/device-grants` and `/device-profiles`. Each secret is told once.
public final class DeviceGrantRoutes {

  private static final long USUAL_HOURS = 72;
  private static final int LONGEST = 64;
  private static final Pattern PACKAGE =
      Pattern.compile("[a-zA-Z][a-zA-Z0-9_]*(\\.[a-zA-Z][a-zA-Z0-9_]*)+");
  private static final Map<String, Protocol> PROTOCOLS =
      Map.of("acme", Protocol.ACME, "scep", Protocol.SCEP, "est", Protocol.EST);
  private static final Map<String, Protocol> APPLE =
      Map.of("acme", Protocol.ACME, "scep", Protocol.SCEP);

  private final Caller<Doors.Person> administrators;
  private final UseCases useCases;
  private final Published published;

  public DeviceGrantRoutes(Doors doors, UseCases useCases, Published published) {
    this.administrators = doors.administrator();
    this.useCases = useCases;
    this.published = published;
  }

  /// What the routes stand on.
  public record UseCases(People people, Grants grants, Entropy entropy) {}

  /// What devices are told of us.
  ///
  /// @param issuer where phones sign in
  /// @param directory of the ACME server
  /// @param anchors the roots that certificates end at, in DER
  public record Published(URI issuer, URI directory, List<Bytes> anchors) {
    public Published {
      anchors = List.copyOf(anchors);
    }

    /// Where the device asks by this protocol.
    URI server(Protocol protocol) {
      return switch (protocol) {
        case ACME -> directory;
        case SCEP -> URI.create(issuer + "/scep");
        case EST -> URI.create(issuer + "/.well-known/est");
      };
    }
  }

  /// For the listener of the administration API.
  public List<Route<?>> routes() {
    return List.of(
        Route.post(BASE + "/device-grants", administrators, Body.json(), answered(this::grant)),
        Route.post(
            BASE + "/device-profiles/apple", administrators, Body.json(), answered(this::apple)),
        Route.get(
            BASE + "/device-profiles/android",
            administrators,
            answered((request, _) -> android(request.query()))));
  }

  private Response grant(Request request, Doors.Person person) {
    var members =
        Members.of(request, "user", "protocol", "name", "permanent_identifier", "hours", "reason");
    var protocol = members.choice("protocol", PROTOCOLS, Protocol.ACME);
    return Response.of(
        granted(members, person, protocol),
        granted -> Response.json(201, shown(granted).put("secret", granted.secret())));
  }

  private Outcome<Grants.Granted> granted(Members members, Doors.Person person, Protocol protocol) {
    Subject owner = members.required("user", useCases.people()::find);
    var draft =
        new Grants.Draft(
            owner.id(),
            protocol,
            members.text("name").orElse(protocol + " device"),
            members
                .text("permanent_identifier")
                .map(text -> Stop.unless(plain("permanent_identifier", text))),
            Duration.ofHours(Math.min(members.number("hours").orElse(USUAL_HOURS), 10_000)));
    return useCases.grants().grant(mandate(person, members.reason()), draft);
  }

  private static Outcome<String> plain(String member, String text) {
    return PlainText.fits(text, LONGEST)
        ? Outcome.done(text)
        : Outcome.refused(
            ContentRefusal.MEMBER_VALUE,
            "`" + member + "` must be 1 to " + LONGEST + " visible characters");
  }

  private ObjectNode shown(Grants.Granted granted) {
    var grant = granted.grant();
    var node =
        Shown.object()
            .put("protocol", grant.protocol().name().toLowerCase(Locale.ROOT))
            .put("server", published.server(grant.protocol()).toString())
            .put("subject", grant.subject().value())
            .put("name", grant.name())
            .put("expires_at", grant.expiresAt().toString());
    grant.permanentIdentifier().ifPresent(text -> node.put("permanent_identifier", text));
    return node;
  }

  private Response apple(Request request, Doors.Person person) {
    var members =
        Members.of(
            request,
            "user",
            "protocol",
            "name",
            "permanent_identifier",
            "hours",
            "organization",
            "reason");
    var protocol = members.choice("protocol", APPLE, Protocol.ACME);
    String organization = organization(members);
    return Response.of(
        granted(members, person, protocol),
        granted -> {
          var profile =
              new AppleProfile(
                  organization,
                  granted.grant().name(),
                  published.issuer().getHost(),
                  identity(protocol, granted.secret()),
                  published.anchors());
          return Response.json(
              201,
              shown(granted)
                  .put("media_type", "application/x-apple-aspen-config")
                  .put("content", profile.write(useCases.entropy())));
        });
  }

  private static String organization(Members members) {
    return members
        .text("organization")
        .map(text -> Stop.unless(plain("organization", text)))
        .orElse("Vigil");
  }

  private Identity identity(Protocol protocol, String secret) {
    var server = published.server(protocol);
    return protocol == Protocol.ACME
        ? new Identity.Acme(server, secret)
        : new Identity.Scep(server, secret);
  }

  private Response android(Map<String, String> query) {
    String name = query.getOrDefault("package", "");
    if (name.length() > 255 || !PACKAGE.matcher(name).matches())
      throw new Stop(ContentRefusal.PARAMETER, "`package` must be an Android package name");
    Optional<Subject> user =
        Optional.ofNullable(query.get("user"))
            .map(text -> Stop.unless(useCases.people().find(text)));
    var configuration =
        new AndroidConfiguration(
            name, published.issuer(), published.anchors(), user.map(Subject::userName).orElse(""));
    return Response.json(
        200,
        Shown.object()
            .put("media_type", "application/json")
            .put("content", StrictJson.write(configuration.content())));
  }
}
