// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.provisioning;

import static dev.vigil.admission.provisioning.UserDocument.displayName;
import static dev.vigil.admission.provisioning.UserDocument.externalId;
import static dev.vigil.admission.provisioning.UserDocument.kept;
import static dev.vigil.admission.provisioning.UserDocument.userName;
import static dev.vigil.identity.scim.ScimRefusal.LAST_ADMINISTRATOR;
import static dev.vigil.identity.scim.ScimRefusal.TAKEN;
import static dev.vigil.identity.scim.ScimRefusal.UNKNOWN;

import dev.vigil.admission.Changes;
import dev.vigil.admission.Ending;
import dev.vigil.admission.PlainText;
import dev.vigil.admission.View;
import dev.vigil.admission.Work;
import dev.vigil.admission.administration.People;
import dev.vigil.admission.provisioning.ProvisionedUser.Standing;
import dev.vigil.identity.Subject;
import dev.vigil.identity.scim.Filter;
import dev.vigil.identity.scim.Schema;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// People as a provider keeps them. Whoever is set inactive or deleted is out at once: every
/// session ends in the same commit, and with it every token and stream. Provisioning never touches
/// roles, and never takes away the last administrator. It enables again only whom it disabled
/// itself.
public final class Users extends Resources {

  public Users(Changes changes) {
    super(changes, Schema.Kind.USER);
  }

  @Override
  Resource get(View view, Call call, String id) {
    return shown(view, call, known(view, call, id));
  }

  private record Known(Subject subject, ProvisionedUser user) {}

  /// @throws Unfit if it is nobody of this provider
  private static Known known(View view, Call call, String id) {
    return subjectId(id)
        .flatMap(one -> find(view, call.provider(), one))
        .orElseThrow(() -> unknown(id));
  }

  static Unfit unknown(String id) {
    return new Unfit(UNKNOWN, PlainText.shown(id) + " is not known");
  }

  private static Optional<SubjectId> subjectId(String typed) {
    try {
      return Optional.of(new SubjectId(typed));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Known> find(View view, Provider provider, SubjectId id) {
    return view.provisioning()
        .user(id)
        .filter(user -> user.exists() && user.provider().equals(provider.id()))
        .flatMap(user -> view.subject(id).map(subject -> new Known(subject, user)));
  }

  private static Resource shown(View view, Call call, Known known) {
    return UserDocument.shown(known.subject(), known.user(), groups(view, call.provider()), call);
  }

  private static Map<String, ProvisionedGroup> groups(View view, Provider provider) {
    return view.provisioning().groups(provider.id()).stream()
        .collect(Collectors.toMap(ProvisionedGroup::name, Function.identity()));
  }

  @Override
  Query.Page list(View view, Call call, Query query) {
    var groups = groups(view, call.provider());
    return query.page(
        Schema.Kind.USER,
        candidates(view, call.provider(), query.filter()),
        known -> UserDocument.shown(known.subject(), known.user(), groups, call));
  }

  /// Whom the filter can match at all: one, if it demands a name or an id.
  private static List<Known> candidates(View view, Provider provider, Optional<Filter> filter) {
    var name = filter.flatMap(one -> one.demanded("userName"));
    if (name.isPresent())
      return view
          .subjectNamed(PlainText.folded(name.get()).replace('\u0000', ' '))
          .flatMap(one -> find(view, provider, one.id()))
          .stream()
          .toList();
    var id = filter.flatMap(one -> one.demanded("id"));
    if (id.isPresent())
      return subjectId(id.get()).flatMap(one -> find(view, provider, one)).stream().toList();
    var external =
        filter.flatMap(one -> one.demanded("externalId")).filter(one -> one.indexOf(0) < 0);
    if (external.isPresent())
      return view.provisioning().users(provider.id(), external.get()).stream()
          .flatMap(user -> find(view, provider, user.subject()).stream())
          .toList();
    var subjects =
        view.subjects().stream().collect(Collectors.toMap(Subject::id, Function.identity()));
    return view.provisioning().users(provider.id()).stream()
        .flatMap(user ->
            Optional.ofNullable(subjects.get(user.subject()))
                .map(one -> new Known(one, user))
                .stream())
        .toList();
  }

  /// Adds a person, or adopts one who is here, if the provider may.
  @Override
  Resource create(Work work, Call call, ObjectNode wanted) {
    var name = userName(wanted);
    var there = work.tx().subjectNamed(name.value());
    if (there.isPresent()) return adopted(work, call, there.get(), wanted);
    boolean active = wanted.path("active").asBoolean(true);
    var subject =
        new Subject(
            SubjectId.random(work.entropy()),
            name.value(),
            displayName(wanted, name),
            call.provider().population(),
            Set.of(),
            Set.of(),
            active,
            work.now());
    work.tx().put(subject);
    work.event("subject-created", CAUSE, details(call), subject.id());
    var user =
        user(work, call, subject.id(), wanted, active ? Standing.WELCOME : Standing.DISABLED);
    work.tx().provisioning().put(user);
    return shown(work.tx(), call, new Known(subject, user));
  }

  private static Map<String, String> details(Call call) {
    return Map.of("provider", call.provider().name());
  }

  private static ProvisionedUser user(
      Work work, Call call, SubjectId id, ObjectNode wanted, Standing standing) {
    return new ProvisionedUser(
        id,
        call.provider().id(),
        externalId(wanted),
        kept(wanted),
        standing,
        work.now(),
        work.now(),
        Optional.empty());
  }

  /// A person whom an administrator made; never one of another provider, never a machine.
  private static Resource adopted(Work work, Call call, Subject subject, ObjectNode wanted) {
    boolean free =
        work.tx()
            .provisioning()
            .user(subject.id())
            .filter(user -> user.exists() || !user.provider().equals(call.provider().id()))
            .isEmpty();
    boolean may =
        free
            && call.provider().adoption() == Provider.Adoption.BY_USER_NAME
            && call.provider().population() == subject.population();
    if (!may) throw taken(subject.userName());
    var user = user(work, call, subject.id(), wanted, Standing.WELCOME);
    work.tx().provisioning().put(user);
    work.note("subject-adopted", CAUSE, details(call), subject.id());
    if (!wanted.has("active")) wanted.put("active", subject.active());
    return changed(work, call, new Known(subject, user), wanted);
  }

  private static Unfit taken(String name) {
    return new Unfit(TAKEN, "somebody has the user name " + PlainText.shown(name));
  }

  /// `active` stays as it is if it is left out.
  @Override
  ObjectNode replacement(ObjectNode before, ObjectNode wanted) {
    if (!wanted.has("active")) wanted.set("active", before.path("active"));
    return wanted;
  }

  @Override
  Resource change(Work work, Call call, String id, UnaryOperator<ObjectNode> to) {
    var known = known(work.tx(), call, id);
    call.require(() -> shown(work.tx(), call, known));
    var wanted = to.apply(UserDocument.writable(known.subject(), known.user()));
    return changed(work, call, known, wanted);
  }

  private static Resource changed(Work work, Call call, Known before, ObjectNode wanted) {
    var name = userName(wanted);
    work.tx()
        .subjectNamed(name.value())
        .filter(other -> !other.id().equals(before.subject().id()))
        .ifPresent(_ -> {
          throw taken(name.value());
        });
    boolean wants = wanted.path("active").asBoolean(true);
    boolean mayEnable = before.user().standing() == Standing.DISABLED;
    boolean active = wants && (before.subject().active() || mayEnable);
    var standing =
        active
            ? Standing.WELCOME
            : before.subject().active() ? Standing.DISABLED : before.user().standing();
    var subject =
        before.subject().named(name.value(), displayName(wanted, name)).withActive(active);
    saved(work, call, before.subject(), subject);
    var user = revised(work, before.user(), wanted, standing);
    boolean same = subject.equals(before.subject()) && sameButTime(user, before.user());
    if (same) return shown(work.tx(), call, before);
    work.tx().provisioning().put(user);
    if (subject.equals(before.subject()))
      work.note("subject-attributes-changed", CAUSE, details(call), subject.id());
    return shown(work.tx(), call, new Known(subject, user));
  }

  private static boolean sameButTime(ProvisionedUser a, ProvisionedUser b) {
    return a.externalId().equals(b.externalId())
        && a.attributes().equals(b.attributes())
        && a.standing() == b.standing();
  }

  private static ProvisionedUser revised(
      Work work, ProvisionedUser before, ObjectNode wanted, Standing standing) {
    return new ProvisionedUser(
        before.subject(),
        before.provider(),
        externalId(wanted),
        kept(wanted),
        standing,
        before.createdAt(),
        work.now(),
        Optional.empty());
  }

  /// Keeps the person as changed, says so, and ends every session of whoever may not sign in.
  private static void saved(Work work, Call call, Subject before, Subject after) {
    if (after.equals(before)) return;
    if (People.nobodyLeft(work.tx(), before, after)) throw new Unfit(LAST_ADMINISTRATOR, "");
    work.tx().put(after);
    if (before.active() == after.active())
      work.event("subject-changed", CAUSE, details(call), after.id());
    else if (after.active()) work.event("account-enabled", CAUSE, details(call), after.id());
    else out(work, call, after, "account-disabled");
  }

  private static void out(Work work, Call call, Subject subject, String event) {
    work.event(event, CAUSE, details(call), subject.id());
    work.tx()
        .sessionsOf(subject.id(), work.now())
        .forEach(session -> Ending.end(work, session, CAUSE));
  }

  /// Deletes the person for the provider: the id finds nobody any more, the person can never sign
  /// in as it, and the user name is free for somebody else, who starts with no passkey, device or
  /// group of the one before. Who has a role in Vigil keeps the name and the role, to be looked at
  /// by an administrator.
  @Override
  Resource delete(Work work, Call call, String id) {
    var known = known(work.tx(), call, id);
    var last = shown(work.tx(), call, known);
    call.require(() -> last);
    deleted(work, call, known);
    return last;
  }

  private static void deleted(Work work, Call call, Known known) {
    var before = known.subject();
    var groups = new TreeSet<>(before.groups());
    groups.removeAll(groups(work.tx(), call.provider()).keySet());
    var userName = before.roles().isEmpty() ? freed(before.id()) : before.userName();
    var after = before.named(userName, before.displayName()).withGroups(groups).withActive(false);
    if (People.nobodyLeft(work.tx(), before, after)) throw new Unfit(LAST_ADMINISTRATOR, "");
    work.tx().put(after);
    work.tx()
        .provisioning()
        .put(
            new ProvisionedUser(
                before.id(),
                known.user().provider(),
                Optional.empty(),
                "{}",
                Standing.DISABLED,
                known.user().createdAt(),
                work.now(),
                Optional.of(work.now())));
    out(work, call, after, "account-purged");
  }

  private static String freed(SubjectId id) {
    var digest = Sha256.of(id.value().getBytes(StandardCharsets.US_ASCII)).bytes();
    return "deleted-" + HexFormat.of().formatHex(digest, 0, 12);
  }
}
