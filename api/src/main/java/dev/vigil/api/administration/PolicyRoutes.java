// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.administration;

import static dev.vigil.api.administration.AdministrationRoutes.BASE;
import static dev.vigil.api.administration.AdministrationRoutes.mandate;
import static dev.vigil.api.administration.Stop.answered;

import dev.vigil.admission.administration.AdministrationRefusal;
import dev.vigil.admission.administration.Policies;
import dev.vigil.admission.administration.PublicationChecks.Check;
import dev.vigil.admission.administration.Publications;
import dev.vigil.admission.administration.Publications.Applied;
import dev.vigil.admission.administration.Publications.OnLockout;
import dev.vigil.admission.administration.Publications.Planned;
import dev.vigil.api.http.Body;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.kernel.ChangeId;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import dev.vigil.policy.language.Problem;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Policies: `/policies`.
final class PolicyRoutes {

  private static final Body FILES = Body.json().atMost(1024 * 1024);
  private static final int USUAL = 20;
  private static final int MOST = 200;

  private final Policies policies;
  private final Publications publications;
  private final AdministrationRoutes.Callers callers;

  PolicyRoutes(Policies policies, Publications publications, AdministrationRoutes.Callers callers) {
    this.policies = policies;
    this.publications = publications;
    this.callers = callers;
  }

  List<Route<?>> routes() {
    return Stream.concat(reading().stream(), changing().stream())
        .<Route<?>>map(one -> one)
        .toList();
  }

  private List<Route<?>> reading() {
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
            BASE + "/policies/plan",
            callers.readers(),
            FILES,
            answered((request, _) -> plan(request))),
        Route.get(
            BASE + "/policies/pending",
            callers.readers(),
            (_, _) -> Response.json(200, PolicyShown.waiting(publications.pending()))),
        Route.get(
            BASE + "/policies/pending/{change}",
            callers.readers(),
            answered((request, _) -> proposal(request))));
  }

  private List<Route<?>> changing() {
    return List.of(
        Route.post(BASE + "/policies/apply", callers.authors(), FILES, answered(this::apply)),
        Route.post(
            BASE + "/policies/rollback", callers.authors(), Body.json(), answered(this::rollback)),
        Route.post(
            BASE + "/policies/rollback/emergency",
            callers.administrators(),
            Body.json(),
            answered(this::emergency)),
        Route.post(
            BASE + "/policies/pending/{change}/approve",
            callers.authors(),
            Body.json(),
            answered(this::approve)),
        Route.post(
            BASE + "/policies/pending/{change}/withdraw",
            callers.authors(),
            Body.json(),
            answered(this::withdraw)));
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

  private Response plan(Request request) {
    var files = Members.of(request, "files").textsByName("files");
    return Response.of(
        publications.plan(files),
        planned ->
            switch (planned) {
              case Planned.Plannable(var plan) -> Response.json(200, PolicyShown.plan(plan));
              case Planned.Unsound(List<Problem> problems) -> rejected(problems);
            });
  }

  private Response proposal(Request request) {
    return Response.of(
        change(request).then(publications::pending),
        proposal -> Response.json(200, PolicyShown.proposal(proposal)));
  }

  private static Outcome<ChangeId> change(Request request) {
    try {
      return Outcome.done(new ChangeId(request.segment("change")));
    } catch (IllegalArgumentException e) {
      return Outcome.refused(AdministrationRefusal.NO_SUCH_PENDING);
    }
  }

  private Response apply(Request request, Doors.Person person) {
    var members = Members.of(request, "files", "based_on", "allow_lockout", "reason");
    var mandate = mandate(person, members.reason());
    var wish =
        new Publications.Wish(
            members.textsByName("files"), members.number("based_on"), onLockout(members));
    return applied(publications.apply(mandate, wish));
  }

  private static OnLockout onLockout(Members members) {
    return members.flag("allow_lockout") ? OnLockout.ALLOW : OnLockout.REFUSE;
  }

  private Response rollback(Request request, Doors.Person person) {
    var members = Members.of(request, "version", "allow_lockout", "reason");
    var version = version(members);
    return applied(
        publications.rollback(mandate(person, members.reason()), version, onLockout(members)));
  }

  private Response emergency(Request request, Doors.Person person) {
    var members = Members.of(request, "version", "reason");
    var version = version(members);
    return applied(publications.rollbackInEmergency(mandate(person, members.reason()), version));
  }

  private static long version(Members members) {
    return members
        .number("version")
        .orElseThrow(() -> new Stop(ContentRefusal.MISSING_MEMBER, "`version` is missing"));
  }

  private Response approve(Request request, Doors.Person person) {
    var members = Members.of(request, "digest", "reason");
    var mandate = mandate(person, members.reason());
    var digest = members.required("digest", PolicyRoutes::digest);
    return applied(change(request).then(id -> publications.approve(mandate, id, digest)));
  }

  private static Outcome<Sha256> digest(String text) {
    try {
      return Outcome.done(Sha256.parse(text));
    } catch (IllegalArgumentException e) {
      return Outcome.refused(
          ContentRefusal.MEMBER_VALUE, "`digest` is one that the change was shown with");
    }
  }

  private Response withdraw(Request request, Doors.Person person) {
    var mandate = mandate(person, Members.of(request, "reason").reason());
    return Response.of(
        change(request).then(id -> publications.withdraw(mandate, id)),
        pending -> Response.json(200, PolicyShown.pending(pending)));
  }

  private static Response applied(Outcome<Applied> outcome) {
    return Response.of(
        outcome,
        applied ->
            switch (applied) {
              case Applied.Published published ->
                  Response.json(200, PolicyShown.published(published));
              case Applied.Waiting waiting -> Response.json(202, PolicyShown.waiting(waiting));
              case Applied.Unsound(List<Problem> problems) -> rejected(problems);
              case Applied.Failed(List<Check> checks) -> failed(checks);
            });
  }

  /// Every problem as `file:line:column: what; why; what to do`.
  private static Response rejected(List<Problem> problems) {
    return refused(
        AdministrationRefusal.POLICY_REJECTED, problems.stream().map(Problem::toString).toList());
  }

  private static Response failed(List<Check> checks) {
    return refused(
        AdministrationRefusal.POLICY_CHECKS, checks.stream().flatMap(Check::problems).toList());
  }

  private static Response refused(AdministrationRefusal refusal, List<String> problems) {
    String detail =
        problems.size() == 1 ? "there is 1 problem" : "there are " + problems.size() + " problems";
    return new Response.Problem(refusal, detail, Map.of("problems", problems), Map.of());
  }
}
