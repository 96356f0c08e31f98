// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.administration;

import static dev.vigil.api.administration.AdministrationRoutes.BASE;
import static dev.vigil.api.administration.AdministrationRoutes.mandate;
import static dev.vigil.api.administration.Stop.answered;

import dev.vigil.admission.administration.AdministrationRefusal;
import dev.vigil.admission.device.CertificateRevocation;
import dev.vigil.admission.device.DeviceRefusal;
import dev.vigil.api.http.Body;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.kernel.DeviceId;
import java.util.List;
import java.util.regex.Pattern;

/// Devices: `/devices`.
final class DeviceRoutes {

  private static final Pattern SERIAL = Pattern.compile("[0-9a-f]{1,64}");

  private static final int USUAL = 50;
  private static final int MOST = 1000;

  private final AdministrationRoutes.UseCases useCases;
  private final AdministrationRoutes.Callers callers;

  DeviceRoutes(AdministrationRoutes.UseCases useCases, AdministrationRoutes.Callers callers) {
    this.useCases = useCases;
    this.callers = callers;
  }

  List<Route<?>> routes() {
    return List.of(
        Route.get(BASE + "/devices", callers.readers(), answered((request, _) -> list(request))),
        Route.get(
            BASE + "/devices/{device}", callers.readers(), answered((request, _) -> show(request))),
        Route.get(
            BASE + "/devices/{device}/signals",
            callers.readers(),
            answered((request, _) -> history(request))),
        Route.post(
            BASE + "/devices/{device}/revoke",
            callers.helpers(),
            Body.json(),
            answered(this::revoke)),
        Route.post(
            BASE + "/devices/{device}/certificates/{serial}/revoke",
            callers.helpers(),
            Body.json(),
            answered(this::revokeCertificate)));
  }

  private Response list(Request request) {
    var page = Page.of(request, "subject");
    String subject = request.query().getOrDefault("subject", "");
    var found =
        subject.isEmpty()
            ? useCases.devices().list()
            : useCases.devices().of(Stop.unless(useCases.people().find(subject)).id());
    return page.of(found, device -> device.id().value(), Shown::device);
  }

  private Response show(Request request) {
    return Response.of(
        useCases.devices().show(id(request)),
        known -> Response.json(200, DeviceShown.known(known)));
  }

  private Response history(Request request) {
    long limit = Page.number(Page.known(request), "limit", USUAL, 1, MOST);
    return Response.of(
        useCases.devices().history(id(request), (int) limit),
        signals -> Response.json(200, DeviceShown.history(signals)));
  }

  private Response revoke(Request request, Doors.Person person) {
    var mandate = mandate(person, Members.of(request, "reason").reason());
    return Response.of(
        useCases.revocation().revokeDevice(mandate, id(request)),
        device -> Response.json(200, Shown.device(device)));
  }

  private Response revokeCertificate(Request request, Doors.Person person) {
    var mandate = mandate(person, Members.of(request, "reason").reason());
    String serial = request.segment("serial");
    if (!SERIAL.matcher(serial).matches()) throw new Stop(DeviceRefusal.CERTIFICATE_UNKNOWN, "");
    return Response.of(
        new CertificateRevocation(useCases.changes()).revoke(mandate, id(request), serial),
        certificate -> Response.json(200, Shown.certificate(certificate)));
  }

  private static DeviceId id(Request request) {
    try {
      return new DeviceId(request.segment("device"));
    } catch (IllegalArgumentException e) {
      throw new Stop(AdministrationRefusal.NO_SUCH_DEVICE, "");
    }
  }
}
