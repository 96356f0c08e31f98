// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.administration;

import static dev.vigil.api.administration.AdministrationRoutes.BASE;
import static dev.vigil.api.administration.AdministrationRoutes.mandate;
import static dev.vigil.api.administration.Stop.answered;

import dev.vigil.admission.administration.AdministrationRefusal;
import dev.vigil.admission.administration.Policies;
import dev.vigil.api.http.Body;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.kernel.Outcome;
import dev.vigil.policy.language.Problem;
import java.util.List;
import java.util.Map;

/// Policies: `/policies`.
final class PolicyRoutes {

  private static final Body FILES = Body.json().atMost(1024 * 1024);
  private static final int USUAL = 20;
  private static final int MOST = 200;

  private final Policies policies;
  private final AdministrationRoutes.Callers callers;

  PolicyRoutes(Policies policies, AdministrationRoutes.Callers callers) {
    this.policies = policies;
    this.callers = callers;
  }

  List<Route<?>> routes() {
    return List.of(
        Route.get(
            BASE + "/policies",
            callers.readers(),
            (_, _) -> Response.of(policies.show(), text -> Response.json(200, Shown.policy(text)))),
        Route.get(
            BASE + "/policies/versions",
            callers.readers(),
            answered((request, _) -> history(request))),
        Route.get(
            BASE + "/policies/versions/{version}",
            callers.readers(),
            answered((request, _) -> version(request))),
        Route.post(
            BASE + "/policies/check",
            callers.readers(),
            FILES,
            answered((request, _) -> check(request))),
        Route.post(BASE + "/policies/apply", callers.authors(), FILES, answered(this::apply)),
        Route.post(
            BASE + "/policies/rollback", callers.authors(), Body.json(), answered(this::rollback)));
  }

  private Response history(Request request) {
    var limit = Page.number(Page.known(request), "limit", USUAL, 1, MOST);
    var answer = Shown.object();
    var items = answer.putArray("items");
    policies.history((int) limit).forEach(text -> items.add(Shown.version(text)));
    return Response.json(200, answer);
  }

  private Response version(Request request) {
    String typed = request.segment("version");
    if (!typed.matches("[0-9]{1,18}")) throw new Stop(AdministrationRefusal.NO_SUCH_VERSION, "");
    return Response.of(
        policies.show(Long.parseLong(typed)), text -> Response.json(200, Shown.policy(text)));
  }

  private Response check(Request request) {
    return applied(policies.check(Members.of(request, "files").textsByName("files")));
  }

  private Response apply(Request request, Doors.Person person) {
    var members = Members.of(request, "files", "based_on", "reason");
    var mandate = mandate(person, members.reason());
    return applied(
        policies.apply(mandate, members.textsByName("files"), members.number("based_on")));
  }

  private Response rollback(Request request, Doors.Person person) {
    var members = Members.of(request, "version", "reason");
    var version = members.number("version");
    if (version.isEmpty()) throw new Stop(ContentRefusal.MISSING_MEMBER, "`version` is missing");
    return applied(policies.rollback(mandate(person, members.reason()), version.getAsLong()));
  }

  private static Response applied(Outcome<Policies.Applied> outcome) {
    return Response.of(
        outcome,
        applied ->
            switch (applied) {
              case Policies.Applied.Sound sound -> Response.json(200, Shown.applied(sound));
              case Policies.Applied.Unsound(List<Problem> problems) -> rejected(problems);
            });
  }

  /// Every problem as `file:line:column: what; why; what to do`.
  private static Response rejected(List<Problem> problems) {
    String detail =
        problems.size() == 1 ? "there is 1 problem" : "there are " + problems.size() + " problems";
    return new Response.Problem(
        AdministrationRefusal.POLICY_REJECTED,
        detail,
        Map.of("problems", problems.stream().map(Problem::toString).toList()),
        Map.of());
  }
}
