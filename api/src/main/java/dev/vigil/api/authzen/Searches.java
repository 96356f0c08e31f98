// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.authzen;

import dev.vigil.access.AccessRefusal;
import dev.vigil.access.Advice;
import dev.vigil.access.Question;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Response;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.AppId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Who may do this, to what, and what else (Authorization API 1.0 section 8). Candidates are the
/// subjects and apps that Vigil knows, and the actions and paths that its permits name; each is
/// decided, and what passes is told and recorded.
final class Searches {

  private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();
  private static final int MOST_CONSIDERED = 5_000;
  private static final List<String> HTTP = List.of("DELETE", "GET", "PATCH", "POST", "PUT");

  private final Point point;

  Searches(Point point) {
    this.point = point;
  }

  /// One that may be in the result: the question about it, and what is told if it passes.
  private record Candidate(Asked asked, Question question, ObjectNode told) {}

  /// Subjects of a type that may do this.
  Response subjects(Doors.EnforcementPoint caller, ObjectNode content) {
    var asked = Asked.of(content, NOTHING, Asked.Form.SUBJECT_SEARCH);
    var page = Page.of(content, "subject", caller.certificate());
    Questions.appOf(caller, asked.resource());
    Instant now = point.now();
    return result(
        page,
        point.subjects().all(asked.subject().type()),
        subject -> candidate(caller, asked, subject, now));
  }

  private Candidate candidate(
      Doors.EnforcementPoint caller, Asked asked, Subject subject, Instant now) {
    var one =
        new Asked(
            asked.subject().identified(subject.userName()),
            asked.action(),
            asked.resource(),
            asked.context());
    return new Candidate(
        one,
        point.questions().of(caller, one, Optional.of(subject.id()), now),
        party(one.subject()));
  }

  private static ObjectNode party(Asked.Party party) {
    return JsonNodeFactory.instance.objectNode().put("type", party.type()).put("id", party.id());
  }

  /// Resources of a type that this may be done to.
  Response resources(Doors.EnforcementPoint caller, ObjectNode content) {
    var asked = Asked.of(content, NOTHING, Asked.Form.RESOURCE_SEARCH);
    var page = Page.of(content, "resource", caller.certificate());
    Instant now = point.now();
    return result(
        page,
        List.copyOf(ids(caller, asked.resource())),
        id -> {
          var one =
              new Asked(
                  asked.subject(),
                  asked.action(),
                  asked.resource().identified(id),
                  asked.context());
          return new Candidate(one, point.questions().of(caller, one, now), party(one.resource()));
        });
  }

  private SortedSet<String> ids(Doors.EnforcementPoint caller, Asked.Party resource) {
    var ids = new TreeSet<String>();
    if (resource.type().equals("app")) {
      caller.apps().stream()
          .filter(app -> point.world().app(app).isPresent())
          .map(AppId::value)
          .forEach(ids::add);
      return ids;
    }
    var app = Questions.appOf(caller, resource);
    for (String path : Literals.of(point.world().policies(), app, "request.path"))
      if (path.startsWith("/") && path.length() > 1)
        ids.add(resource.type().equals("route") ? path : path.substring(1));
    return ids;
  }

  /// Actions that may be done.
  Response actions(Doors.EnforcementPoint caller, ObjectNode content) {
    var asked = Asked.of(content, NOTHING, Asked.Form.ACTION_SEARCH);
    var page = Page.of(content, "action", caller.certificate());
    var app = Questions.appOf(caller, asked.resource());
    var names = Literals.of(point.world().policies(), app, "request.method");
    if (point.world().app(app).isPresent()) names.addAll(HTTP);
    Instant now = point.now();
    return result(
        page,
        List.copyOf(names),
        name -> {
          var verb = new Asked.Verb(name, asked.action().properties());
          var one = new Asked(asked.subject(), verb, asked.resource(), asked.context());
          return new Candidate(
              one,
              point.questions().of(caller, one, now),
              JsonNodeFactory.instance.objectNode().put("name", name));
        });
  }

  /// The candidates from the page's first that pass, until there are enough or enough were looked
  /// at.
  private <T> Response result(Page page, List<T> all, Function<T, Candidate> candidate) {
    var told = new ArrayList<ObjectNode>();
    int next = Math.min(page.from(), all.size());
    int last = Math.min(all.size(), next + MOST_CONSIDERED);
    while (next < last && told.size() < page.limit()) {
      var one = candidate.apply(all.get(next++));
      if (!passes(one, point.adviser().consider(one.question()))) continue;
      if (!passes(one, point.answer(one.question())))
        return Response.problem(AccessRefusal.RECORDS_FULL, "");
      told.add(one.told());
    }
    var answer = JsonNodeFactory.instance.objectNode();
    answer
        .putObject("page")
        .put("next_token", next < all.size() ? page.next(next) : "")
        .put("count", told.size());
    answer.putArray("results").addAll(told);
    return Response.json(200, answer);
  }

  private static boolean passes(Candidate one, Advice advice) {
    return advice instanceof Advice.Decided decided
        && AdviceJson.of(decided, one.asked()).path("decision").asBoolean(false);
  }
}
