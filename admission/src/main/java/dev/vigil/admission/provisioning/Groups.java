// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.provisioning;

import static dev.vigil.identity.scim.ScimRefusal.TAKEN;
import static dev.vigil.identity.scim.ScimRefusal.TOO_MANY_VALUES;
import static dev.vigil.identity.scim.ScimRefusal.VALUE;

import dev.vigil.admission.Changes;
import dev.vigil.admission.PlainText;
import dev.vigil.admission.View;
import dev.vigil.admission.Work;
import dev.vigil.identity.Subject;
import dev.vigil.identity.scim.Schema;
import dev.vigil.kernel.SubjectId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Groups as a provider keeps them. A group's members are the provider's people who have its name
/// among their groups, by which policies know it; renaming it renames it for everybody, also for
/// those whom an administrator put into it.
public final class Groups extends Resources {

  private static final int MOST_OF_A_PERSON = 200;

  public Groups(Changes changes) {
    super(changes, Schema.Kind.GROUP);
  }

  @Override
  Resource get(View view, Call call, String id) {
    return shown(view, call, known(view, call, id));
  }

  private static ProvisionedGroup known(View view, Call call, String id) {
    return GroupId.of(id)
        .flatMap(one -> view.provisioning().group(one))
        .filter(group -> group.provider().equals(call.provider().id()))
        .orElseThrow(() -> Users.unknown(id));
  }

  private static Resource shown(View view, Call call, ProvisionedGroup group) {
    return shown(call, group, members(view, call.provider(), group));
  }

  private static List<Subject> members(View view, Provider provider, ProvisionedGroup group) {
    return people(view, provider).values().stream()
        .filter(one -> one.groups().contains(group.name()))
        .toList();
  }

  /// The provider's people, in the order of creation.
  private static Map<SubjectId, Subject> people(View view, Provider provider) {
    var subjects = new HashMap<SubjectId, Subject>();
    view.subjects().forEach(subject -> subjects.put(subject.id(), subject));
    var people = new LinkedHashMap<SubjectId, Subject>();
    view.provisioning()
        .users(provider.id())
        .forEach(user ->
            Optional.ofNullable(subjects.get(user.subject()))
                .ifPresent(subject -> people.put(subject.id(), subject)));
    return people;
  }

  private static ObjectNode writable(ProvisionedGroup group, List<Subject> members) {
    var json = JsonNodeFactory.instance.objectNode();
    group.externalId().ifPresent(id -> json.put("externalId", id));
    json.put("displayName", group.displayName());
    if (!members.isEmpty()) {
      var list = json.putArray("members");
      members.forEach(one -> list.addObject().put("value", one.id().value()));
    }
    return json;
  }

  private static Resource shown(Call call, ProvisionedGroup group, List<Subject> members) {
    var json = JsonNodeFactory.instance.objectNode();
    json.putArray("schemas").add(Schema.GROUP.urn());
    json.put("id", group.id().value());
    group.externalId().ifPresent(id -> json.put("externalId", id));
    json.put("displayName", group.displayName());
    if (!members.isEmpty()) {
      var list = json.putArray("members");
      members.forEach(one ->
          list.addObject()
              .put("value", one.id().value())
              .put("$ref", call.base() + "/Users/" + one.id()));
    }
    json.putObject("meta")
        .put("resourceType", "Group")
        .put("created", group.createdAt().toString())
        .put("lastModified", group.modifiedAt().toString());
    return Resource.of(json, call.base() + "/Groups/" + group.id());
  }

  @Override
  Query.Page list(View view, Call call, Query query) {
    var members = new HashMap<String, List<Subject>>();
    people(view, call.provider())
        .values()
        .forEach(one ->
            one.groups()
                .forEach(name -> members.computeIfAbsent(name, _ -> new ArrayList<>()).add(one)));
    return query.page(
        Schema.Kind.GROUP,
        view.provisioning().groups(call.provider().id()),
        group -> shown(call, group, members.getOrDefault(group.name(), List.of())));
  }

  @Override
  Resource create(Work work, Call call, ObjectNode wanted) {
    var group = group(work, call, GroupId.random(work.entropy()), wanted);
    requireFree(work.tx(), call.provider(), group);
    work.tx().provisioning().put(group);
    work.note("group-created", CAUSE, details(call, group));
    settle(work, call, group, members(wanted));
    return shown(work.tx(), call, group);
  }

  private static ProvisionedGroup group(Work work, Call call, GroupId id, ObjectNode wanted) {
    var sent = wanted.path("displayName");
    if (sent.isMissingNode()) throw new Unfit(VALUE, "`displayName` is missing");
    return new ProvisionedGroup(
        id,
        call.provider().id(),
        UserDocument.externalId(wanted),
        sent.asString(),
        PolicyName.of(sent.asString()).value(),
        work.now(),
        work.now());
  }

  private static Map<String, String> details(Call call, ProvisionedGroup group) {
    return Map.of(
        "provider", call.provider().name(), "group", group.name(), "id", group.id().value());
  }

  /// A name that administrators gave by hand is as much taken as one of another group: what
  /// policies grant to it, its members would have.
  private static void requireFree(View view, Provider provider, ProvisionedGroup group) {
    var other = view.provisioning().groupNamed(group.name());
    if (other.filter(one -> !one.id().equals(group.id())).isPresent())
      throw new Unfit(TAKEN, "another group has the name `" + group.name() + "`");
    boolean byHand =
        view.subjects().stream().anyMatch(subject -> subject.groups().contains(group.name()));
    if (byHand && provider.adoption() == Provider.Adoption.REFUSED)
      throw new Unfit(
          TAKEN,
          "administrators of Vigil keep a group `"
              + group.name()
              + "`, which this provider may not adopt");
  }

  private static Set<String> members(ObjectNode wanted) {
    var members = new LinkedHashSet<String>();
    wanted
        .path("members")
        .forEach(member -> {
          members.add(member.path("value").asString(""));
        });
    return members;
  }

  @Override
  Resource change(Work work, Call call, String id, UnaryOperator<ObjectNode> to) {
    var before = known(work.tx(), call, id);
    var members = members(work.tx(), call.provider(), before);
    call.require(() -> shown(call, before, members));
    return changed(work, call, before, to.apply(writable(before, members)));
  }

  private static Resource changed(
      Work work, Call call, ProvisionedGroup before, ObjectNode wanted) {
    var fresh = group(work, call, before.id(), wanted);
    var after =
        new ProvisionedGroup(
            fresh.id(),
            fresh.provider(),
            fresh.externalId(),
            fresh.displayName(),
            fresh.name(),
            before.createdAt(),
            work.now());
    if (!after.name().equals(before.name())) {
      requireFree(work.tx(), call.provider(), after);
      rename(work, call, before.name(), Optional.of(after.name()));
    }
    int moved = settle(work, call, after, members(wanted));
    boolean same =
        after.externalId().equals(before.externalId())
            && after.displayName().equals(before.displayName());
    if (same && moved == 0) return shown(work.tx(), call, before);
    work.tx().provisioning().put(after);
    work.note("group-changed", CAUSE, details(call, after));
    return shown(work.tx(), call, after);
  }

  /// Gives everybody who has the old name the new one, or none.
  private static void rename(Work work, Call call, String from, Optional<String> to) {
    for (var subject : work.tx().subjects()) {
      if (!subject.groups().contains(from)) continue;
      var groups = new TreeSet<>(subject.groups());
      groups.remove(from);
      to.ifPresent(groups::add);
      regroup(work, call, subject, groups);
    }
  }

  private static void regroup(Work work, Call call, Subject s, Set<String> groups) {
    if (groups.size() > MOST_OF_A_PERSON)
      throw new Unfit(TOO_MANY_VALUES, "`" + s.id() + "` would be in more than 200 groups");
    work.tx().put(s.withGroups(groups));
    work.event(
        "subject-changed",
        CAUSE,
        Map.of(
            "provider", call.provider().name(), "groups", String.join(" ", new TreeSet<>(groups))),
        s.id());
  }

  /// Makes exactly these the provider's people in the group. Who was in it and is gone meanwhile is
  /// passed over; somebody unknown who should join is not.
  private static int settle(Work work, Call call, ProvisionedGroup group, Set<String> wanted) {
    int moved = 0;
    var left = new LinkedHashSet<>(wanted);
    for (var subject : people(work.tx(), call.provider()).values()) {
      boolean in = subject.groups().contains(group.name());
      boolean stays = left.remove(subject.id().value());
      if (in == stays) continue;
      var groups = new TreeSet<>(subject.groups());
      if (stays) groups.add(group.name());
      else groups.remove(group.name());
      regroup(work, call, subject, groups);
      moved++;
    }
    if (!left.isEmpty())
      throw new Unfit(
          VALUE,
          PlainText.shown(left.iterator().next()) + " in `members` is nobody of this provider");
    return moved;
  }

  /// Nobody has its name any more.
  @Override
  Resource delete(Work work, Call call, String id) {
    var group = known(work.tx(), call, id);
    var last = shown(work.tx(), call, group);
    call.require(() -> last);
    rename(work, call, group.name(), Optional.empty());
    work.tx().provisioning().removeGroup(group.id());
    work.note("group-deleted", CAUSE, details(call, group));
    return last;
  }
}
