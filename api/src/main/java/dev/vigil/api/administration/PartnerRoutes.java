// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.administration;

import static dev.vigil.api.administration.AdministrationRoutes.BASE;
import static dev.vigil.api.administration.AdministrationRoutes.mandate;
import static dev.vigil.api.administration.Stop.answered;

import dev.vigil.admission.administration.DisplayName;
import dev.vigil.admission.administration.GroupName;
import dev.vigil.admission.administration.UserName;
import dev.vigil.admission.device.Issued;
import dev.vigil.admission.device.Partners;
import dev.vigil.api.http.Body;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.identity.Population;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// Partners' machines and workloads: `/partners`.
final class PartnerRoutes {

  private static final Pattern REQUEST =
      Pattern.compile(
          "\\s*-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----\\s([A-Za-z0-9+/=\\s]{1,16000})-----END"
              + " (?:NEW )?CERTIFICATE REQUEST-----\\s*");
  private static final Map<String, Population> MACHINES =
      Map.of("partner", Population.PARTNER, "workload", Population.WORKLOAD);

  private final Partners partners;
  private final AdministrationRoutes.Callers callers;

  PartnerRoutes(Partners partners, AdministrationRoutes.Callers callers) {
    this.partners = partners;
    this.callers = callers;
  }

  List<Route<?>> routes() {
    return List.of(
        Route.post(
            BASE + "/partners", callers.administrators(), Body.json(), answered(this::register)));
  }

  private Response register(Request request, Doors.Person person) {
    var members =
        Members.of(request, "name", "display_name", "population", "groups", "csr", "reason");
    var mandate = mandate(person, members.reason());
    var name = members.required("name", UserName::of);
    var registration =
        new Partners.Registration(
            members.choice("population", MACHINES, Population.PARTNER),
            name,
            Stop.unless(DisplayName.of(members.text("display_name").orElse(name.value()))),
            Set.copyOf(members.all("groups", GroupName::of)),
            members.required("csr", PartnerRoutes::der),
            Optional.empty());
    return Response.of(
        partners.register(mandate, registration), issued -> Response.json(201, shown(issued)));
  }

  /// The DER of a PKCS #10 request in PEM (RFC 7468 section 7).
  private static Outcome<Bytes> der(String pem) {
    var match = REQUEST.matcher(pem);
    if (pem.length() > 20_000 || !match.matches())
      return Outcome.refused(
          ContentRefusal.MEMBER_TYPE, "`csr` must be a certificate request in PEM");
    try {
      return Outcome.done(Bytes.of(Base64.getMimeDecoder().decode(match.group(1))));
    } catch (IllegalArgumentException e) {
      return Outcome.refused(
          ContentRefusal.MEMBER_TYPE, "`csr` must be a certificate request in PEM");
    }
  }

  private static ObjectNode shown(Issued issued) {
    var node = Shown.object();
    node.set("device", Shown.device(issued.device()));
    node.set("certificate", Shown.certificate(issued.certificate()));
    var pem = new StringBuilder(pem(issued.certificate().der()));
    issued.chain().forEach(der -> pem.append(pem(der)));
    return node.put("certificates", pem.toString());
  }

  private static String pem(Bytes der) {
    var lines =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(der.toArray());
    return "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n";
  }
}
