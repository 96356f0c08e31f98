// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.device;

import dev.vigil.admission.device.Approvals;
import dev.vigil.admission.device.DeviceRefusal;
import dev.vigil.admission.device.PendingEnrolment;
import dev.vigil.api.http.Body;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Doors.EnrolledDevice;
import dev.vigil.api.http.Rate;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.kernel.ChangeId;
import dev.vigil.kernel.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where a person's enrolled phone sees and answers enrolments of the person's other phones.
public final class ApprovalRoutes {

  private final Doors doors;
  private final Approvals approvals;

  public ApprovalRoutes(Doors doors, Approvals approvals) {
    this.doors = doors;
    this.approvals = approvals;
  }

  /// For the listener of the issuer.
  public List<Route<?>> routes() {
    return List.of(
        Route.get("/device/pending", doors.device(), (_, caller) -> pending(caller))
            .limited(Rate.perMinute(60)),
        Route.post(
                "/device/approve",
                doors.device(),
                Body.json(),
                (request, caller) -> answer(request, caller, Approvals.Answer.APPROVE))
            .limited(Rate.perMinute(60)),
        Route.post(
                "/device/refuse",
                doors.device(),
                Body.json(),
                (request, caller) -> answer(request, caller, Approvals.Answer.REFUSE))
            .limited(Rate.perMinute(60)));
  }

  private Response pending(EnrolledDevice caller) {
    var waiting = approvals.waitingFor(caller.device().subject());
    return Response.json(
        200, Map.of("items", waiting.stream().map(ApprovalRoutes::shown).toList()));
  }

  private Response answer(Request request, EnrolledDevice caller, Approvals.Answer answer) {
    return Response.of(
        id(request.json().path("id").asString(""))
            .then(id -> approvals.answer(caller.device().id(), id, answer)),
        pending -> Response.json(200, shown(pending)));
  }

  private static Outcome<ChangeId> id(String text) {
    try {
      return Outcome.done(new ChangeId(text));
    } catch (IllegalArgumentException e) {
      return Outcome.refused(DeviceRefusal.NOTHING_PENDING);
    }
  }

  private static Map<String, String> shown(PendingEnrolment pending) {
    var shown = new LinkedHashMap<String, String>();
    shown.put("id", pending.id().value());
    shown.put("name", pending.name());
    shown.put("platform", pending.showing().platform());
    shown.put("model", pending.showing().model());
    shown.put("attestation", pending.showing().attestation());
    shown.put("attestation_root", pending.showing().root());
    shown.put("expires_at", pending.expiresAt().toString());
    return shown;
  }
}
