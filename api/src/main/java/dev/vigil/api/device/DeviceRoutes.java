// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.device;

import dev.vigil.admission.device.Attesting;
import dev.vigil.admission.device.Enrolment;
import dev.vigil.admission.device.Issued;
import dev.vigil.admission.device.PostureReports;
import dev.vigil.admission.device.Renewal;
import dev.vigil.api.http.Body;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Doors.EnrolledDevice;
import dev.vigil.api.http.Doors.KeyHolder;
import dev.vigil.api.http.Doors.Person;
import dev.vigil.api.http.Rate;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.kernel.Bytes;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The routes of enrolment, renewal and posture reports.
public final class DeviceRoutes {

  private final Doors doors;
  private final UseCases useCases;
  private final Directions directions;

  /// What the routes lead to.
  public record UseCases(
      Enrolment enrolment, Renewal renewal, Attesting attesting, PostureReports reports) {}

  /// What an enrolled phone is told of where to go and whom to trust.
  ///
  /// @param gateway how phones reach the gateway
  /// @param anchors the roots that servers' certificates must end at, in DER
  public record Directions(URI gateway, List<Bytes> anchors) {
    public Directions {
      anchors = List.copyOf(anchors);
    }
  }

  public DeviceRoutes(Doors doors, UseCases useCases, Directions directions) {
    this.doors = doors;
    this.useCases = useCases;
    this.directions = directions;
  }

  public List<Route<?>> routes() {
    return List.of(
        Route.post("/device/challenge", doors.newcomer(), Body.json(), this::challenge)
            .limited(Rate.perMinute(60)),
        Route.post("/device/enrol", doors.newcomer(), Body.json(), this::enrol)
            .limited(Rate.perMinute(60)),
        Route.post("/device/renew", doors.keyHolder(), Body.json(), this::renew)
            .limited(Rate.perMinute(60)),
        Route.post("/device/attest/challenge", doors.device(), Body.json(), this::attestChallenge)
            .limited(Rate.perMinute(60)),
        Route.post("/device/attest", doors.device(), Body.json(), this::attest)
            .limited(Rate.perMinute(60)),
        Route.post("/device/posture", doors.device(), Body.json(), this::report)
            .limited(Rate.perMinute(600)));
  }

  private Response challenge(Request request, Person person) {
    return Response.of(
        useCases.enrolment().challenge(person.session().id()), DeviceRoutes::written);
  }

  private static Response written(Enrolment.Challenge challenge) {
    return Response.json(
        200,
        Map.of(
            "nonce", challenge.value().toString(),
            "expires_at", challenge.expiresAt().toString()));
  }

  private Response attestChallenge(Request request, EnrolledDevice caller) {
    return Response.of(useCases.attesting().challenge(caller.device().id()), DeviceRoutes::written);
  }

  private Response attest(Request request, EnrolledDevice caller) {
    var outcome =
        DeviceJson.attestation(request.json())
            .then(sent ->
                useCases
                    .attesting()
                    .attest(caller.device().id(), sent.challenge(), sent.statement()));
    return Response.of(outcome, posture -> Response.json(200, DeviceJson.written(posture)));
  }

  private Response enrol(Request request, Person person) {
    var outcome =
        DeviceJson.enrolment(request.json(), person.session().id())
            .then(useCases.enrolment()::enrol);
    return Response.of(outcome, this::issued);
  }

  private Response renew(Request request, KeyHolder holder) {
    var outcome =
        DeviceJson.renewal(request.json())
            .then(csr -> useCases.renewal().renew(holder.proof().key(), csr));
    return Response.of(outcome, this::issued);
  }

  private Response report(Request request, EnrolledDevice caller) {
    var outcome =
        DeviceJson.report(request.json())
            .then(report -> useCases.reports().report(caller.device().id(), report));
    return Response.of(outcome, posture -> Response.json(200, DeviceJson.written(posture)));
  }

  private Response issued(Issued issued) {
    var chain = new ArrayList<String>();
    chain.add(issued.certificate().der().toString());
    issued.chain().forEach(der -> chain.add(der.toString()));
    return Response.json(
        200,
        Map.of(
            "device_id", issued.device().id().value(),
            "certificate_chain", chain,
            "not_after", issued.certificate().notAfter().toString(),
            "trust_anchors", directions.anchors().stream().map(Bytes::toString).toList(),
            "gateway", directions.gateway().toString()));
  }
}
