// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.administration;

import static dev.vigil.api.administration.AdministrationRoutes.BASE;
import static dev.vigil.api.administration.AdministrationRoutes.mandate;
import static dev.vigil.api.administration.Stop.answered;

import dev.vigil.admission.device.Approvals;
import dev.vigil.admission.device.Approvals.Answer;
import dev.vigil.admission.device.DeviceRefusal;
import dev.vigil.admission.device.EnrolmentRules.Approval;
import dev.vigil.admission.device.PendingEnrolment;
import dev.vigil.api.http.Body;
import dev.vigil.api.http.Caller;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.kernel.ChangeId;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Enrolments that wait for approval: `/device-enrolments`. Administrators only.
public final class DeviceEnrolmentRoutes {

  private final Caller<Doors.Person> administrators;
  private final Approvals approvals;

  public DeviceEnrolmentRoutes(Doors doors, Approvals approvals) {
    this.administrators = doors.administrator();
    this.approvals = approvals;
  }

  /// For the listener of the administration API.
  public List<Route<?>> routes() {
    return List.of(
        Route.get(
            BASE + "/device-enrolments", administrators, answered((request, _) -> list(request))),
        Route.post(
            BASE + "/device-enrolments/{enrolment}/approve",
            administrators,
            Body.json(),
            answered((request, person) -> answer(request, person, Answer.APPROVE))),
        Route.post(
            BASE + "/device-enrolments/{enrolment}/refuse",
            administrators,
            Body.json(),
            answered((request, person) -> answer(request, person, Answer.REFUSE))));
  }

  private Response list(Request request) {
    return Page.of(request)
        .of(approvals.pending(), one -> one.id().value(), DeviceEnrolmentRoutes::shown);
  }

  private Response answer(Request request, Doors.Person person, Answer answer) {
    var mandate = mandate(person, Members.of(request, "reason").reason());
    return Response.of(
        approvals.answer(mandate, id(request), answer),
        pending -> Response.json(200, shown(pending)));
  }

  private static ChangeId id(Request request) {
    try {
      return new ChangeId(request.segment("enrolment"));
    } catch (IllegalArgumentException e) {
      throw new Stop(DeviceRefusal.NOTHING_PENDING, "");
    }
  }

  private static ObjectNode shown(PendingEnrolment pending) {
    var node =
        Shown.object()
            .put("id", pending.id().value())
            .put("subject", pending.subject().value())
            .put("name", pending.name())
            .put("platform", pending.showing().platform())
            .put("model", pending.showing().model())
            .put("attestation", pending.showing().attestation())
            .put("attestation_root", pending.showing().root())
            .put("approver", approver(pending.approver()))
            .put("expires_at", pending.expiresAt().toString());
    pending
        .approved()
        .ifPresent(how ->
            node.put("approved_at", how.at().toString()).put("approved_by", how.by().value()));
    return node;
  }

  private static String approver(Approval approval) {
    return approval == Approval.OWN_DEVICE ? "own-device" : "administrator";
  }
}
