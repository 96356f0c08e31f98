// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.authzen;

import dev.vigil.access.Question;
import dev.vigil.api.http.Doors;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.SubjectId;
import dev.vigil.policy.Entity;
import dev.vigil.policy.FactsSchema;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// Maps what was asked to what the policies are asked. A resource of type `app` is the Vigil app of
/// that id, one of type `route` a path of the app in its property `app`; every other type is itself
/// decided like an app, its id like a path.
final class Questions {

  private static final Pattern NORMAL =
      Pattern.compile("/|(?:/(?!\\.{1,2}(?:/|$))[^/\\\\%?#\\s]+)+/?");
  private static final Pattern DOTS = Pattern.compile("(?:^|[/\\\\])\\.{1,2}(?:$|[/\\\\])");

  private final KnownSubjects subjects;
  private final FactsSchema schema;

  /// @param schema of the policies that will decide
  Questions(KnownSubjects subjects, FactsSchema schema) {
    this.subjects = subjects;
    this.schema = schema;
  }

  /// The question in what this enforcement point asked.
  ///
  /// @throws Unanswerable if it may not ask that, or what it says has no sense
  Question of(Doors.EnforcementPoint caller, Asked asked, Instant at) {
    return of(caller, asked, subjects.find(asked.subject()), at);
  }

  /// The same, where the subject is known already.
  Question of(Doors.EnforcementPoint caller, Asked asked, Optional<SubjectId> subject, Instant at) {
    var about =
        new Question.About(
            appOf(caller, asked.resource()),
            subject,
            id(asked.context(), "session", SessionId::new),
            id(asked.subject().properties(), "device_id", DeviceId::new));
    var said = new Said(schema).put("app.id", about.app().value());
    String name = asked.subject().id();
    if (subject.isEmpty() && !KnownSubjects.looksOwn(name)) said.put("subject.id", name);
    return new Question(caller.certificate(), about, said(said, asked).given(), at);
  }

  private static Said said(Said said, Asked asked) {
    var subject = asked.subject().properties();
    return said.put("request.method", asked.action().name())
        .put("request.path", path(asked.resource()))
        .attributes(Entity.SUBJECT, "subject.properties", subject)
        .attributes(Entity.APP, "resource.properties", asked.resource().properties())
        .attributes(Entity.REQUEST, "action.properties", asked.action().properties())
        .property("network.address", "subject.properties", subject, "ip_address")
        .context(asked.context());
  }

  /// The app that a resource belongs to.
  ///
  /// @throws Unanswerable unless it is one of the caller's
  static AppId appOf(Doors.EnforcementPoint caller, Asked.Party resource) {
    String name =
        switch (resource.type()) {
          case "app" -> resource.id();
          case "route" -> resource.properties().path("app").asString(resource.type());
          default -> resource.type();
        };
    return caller.apps().stream()
        .filter(app -> app.value().equals(name))
        .findFirst()
        .orElseThrow(() -> new Unanswerable(AuthzenRefusal.NOT_ITS_APP, ""));
  }

  /// The path in the app that a resource is.
  private static String path(Asked.Party resource) {
    return switch (resource.type()) {
      case "app" -> normal(resource.properties().path("path").asString("/"));
      case "route" -> normal(resource.id());
      default -> plain(pathOf(resource.id()));
    };
  }

  /// The path that stands for an id of a generic type.
  static String pathOf(String id) {
    return id.startsWith("/") ? id : "/" + id;
  }

  private static String normal(String path) {
    if (NORMAL.matcher(path).matches()) return path;
    throw new Unanswerable(AuthzenRefusal.PATH, "");
  }

  private static String plain(String path) {
    if (!DOTS.matcher(path).find()) return path;
    throw new Unanswerable(AuthzenRefusal.PATH, "");
  }

  /// An id of Vigil's; what has not its form names nothing.
  private static <T> Optional<T> id(ObjectNode object, String name, Function<String, T> make) {
    try {
      return object.path(name).isString()
          ? Optional.of(make.apply(object.path(name).asString()))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
