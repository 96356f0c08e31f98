// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import static dev.vigil.admission.administration.AdministrationRefusal.BREAK_GLASS_ALONE;
import static dev.vigil.admission.administration.AdministrationRefusal.BREAK_GLASS_TWO;
import static dev.vigil.admission.administration.AdministrationRefusal.DISABLED;
import static dev.vigil.admission.administration.AdministrationRefusal.LAST_ADMINISTRATOR;
import static dev.vigil.admission.administration.AdministrationRefusal.NOT_A_PERSON;
import static dev.vigil.admission.administration.AdministrationRefusal.NO_SUCH_PERSON;
import static dev.vigil.admission.administration.AdministrationRefusal.ROLE_NOT_FOR_POPULATION;
import static dev.vigil.admission.administration.AdministrationRefusal.TOO_MANY_GROUPS;
import static dev.vigil.admission.administration.AdministrationRefusal.USER_NAME_TAKEN;

import dev.vigil.admission.Changes;
import dev.vigil.admission.Ending;
import dev.vigil.admission.PlainText;
import dev.vigil.admission.View;
import dev.vigil.admission.Work;
import dev.vigil.identity.Population;
import dev.vigil.identity.Role;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.SubjectId;
import dev.vigil.posture.Device;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The people of the organisation: who is invited, in which groups, with which roles, and who may
/// sign in at all. There is always somebody left who can administer Vigil.
public final class People {

  private static final int MOST_GROUPS = 200;
  private static final int MOST_BREAK_GLASS = 2;
  private static final int LONGEST_NAME = 320;
  private static final Set<Population> POPULATIONS_WITH_ROLES =
      Set.of(Population.EMPLOYEE, Population.PARTNER);
  private static final Set<Population> MACHINES = Set.of(Population.WORKLOAD, Population.AGENT);

  private final Changes changes;
  private final Invitations invitations;

  public People(Changes changes, Invitations invitations) {
    this.changes = changes;
    this.invitations = invitations;
  }

  /// A person with the link that lets them register a passkey.
  public record Invited(Subject subject, Invitations.Invitation invitation) {}

  /// A person with what hangs on the person.
  ///
  /// @param passkeys how many are registered; with none, the person was invited and has not come
  ///   yet
  /// @param sessions those that live
  public record Person(
      Subject subject, int passkeys, List<Device> devices, List<Session> sessions) {
    public Person {
      devices = List.copyOf(devices);
      sessions = List.copyOf(sessions);
    }
  }

  /// Adds a person and invites them to register a first passkey.
  public Outcome<Invited> invite(Mandate mandate, NewPerson person) {
    return changes.commit(
        mandate.by(),
        work ->
            add(work, mandate.reason(), person)
                .map(subject -> new Invited(subject, invitations.issue(work, subject.id()))));
  }

  private static Outcome<Subject> add(Work work, Reason reason, NewPerson person) {
    if (MACHINES.contains(person.population())) return Outcome.refused(NOT_A_PERSON);
    if (work.tx().subjectNamed(person.userName().value()).isPresent())
      return Outcome.refused(USER_NAME_TAKEN, "`" + person.userName() + "` is taken");
    var subject =
        new Subject(
            SubjectId.random(work.entropy()),
            person.userName().value(),
            person.displayName().value(),
            person.population(),
            values(person.groups()),
            person.roles(),
            true,
            work.now());
    return checked(work.tx(), subject)
        .map(sound -> {
          work.tx().put(sound);
          work.event("subject-created", reason.text(), membership(sound), sound.id());
          return sound;
        });
  }

  /// Invites a person once more, to register one more passkey.
  public Outcome<Invited> reinvite(Mandate mandate, SubjectId id) {
    return changes.commit(
        mandate.by(),
        work ->
            work.tx()
                .subject(id)
                .map(subject -> reinvited(work, mandate.reason(), subject))
                .orElseGet(() -> Outcome.refused(NO_SUCH_PERSON)));
  }

  private Outcome<Invited> reinvited(Work work, Reason reason, Subject subject) {
    if (MACHINES.contains(subject.population())) return Outcome.refused(NOT_A_PERSON);
    if (!subject.active()) return Outcome.refused(DISABLED);
    work.event("subject-invited", reason.text(), Map.of(), subject.id());
    return Outcome.done(new Invited(subject, invitations.issue(work, subject.id())));
  }

  private static Outcome<Subject> checked(View view, Subject subject) {
    if (!subject.roles().isEmpty() && !POPULATIONS_WITH_ROLES.contains(subject.population()))
      return Outcome.refused(ROLE_NOT_FOR_POPULATION);
    if (subject.roles().contains(Role.BREAK_GLASS)) {
      if (subject.roles().size() > 1 || !subject.groups().isEmpty() || hasDevice(view, subject))
        return Outcome.refused(BREAK_GLASS_ALONE);
      if (others(view, subject) >= MOST_BREAK_GLASS) return Outcome.refused(BREAK_GLASS_TWO);
    }
    if (subject.groups().size() > MOST_GROUPS) return Outcome.refused(TOO_MANY_GROUPS);
    return Outcome.done(subject);
  }

  private static boolean hasDevice(View view, Subject subject) {
    return view.devices().stream()
        .anyMatch(device -> device.active() && device.subject().equals(subject.id()));
  }

  private static long others(View view, Subject subject) {
    return view.subjects().stream()
        .filter(other -> !other.id().equals(subject.id()))
        .filter(other -> other.roles().contains(Role.BREAK_GLASS))
        .count();
  }

  private static Set<String> values(Collection<GroupName> groups) {
    return groups.stream().map(GroupName::value).collect(Collectors.toUnmodifiableSet());
  }

  /// What an event says of a person: attributes stay out of it, membership is a matter of record.
  private static Map<String, String> membership(Subject subject) {
    return Map.of(
        "population",
        subject.population().label(),
        "groups",
        joined(subject.groups()),
        "roles",
        joined(subject.roles().stream().map(Role::label).toList()));
  }

  private static String joined(Collection<String> words) {
    return String.join(" ", new TreeSet<>(words));
  }

  /// Everybody, in the order of creation.
  public List<Subject> list() {
    return changes.read(View::subjects);
  }

  /// The person of an id such as `sub_...`, or of a user name in any case.
  public Outcome<Subject> find(String idOrUserName) {
    var found = idOrUserName.startsWith("sub_") ? byId(idOrUserName) : byName(idOrUserName);
    return found
        .map(Outcome::done)
        .orElseGet(() ->
            Outcome.refused(NO_SUCH_PERSON, PlainText.shown(idOrUserName) + " is nobody here"));
  }

  private Optional<Subject> byId(String text) {
    try {
      var id = new SubjectId(text);
      return changes.read(view -> view.subject(id));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Optional<Subject> byName(String typed) {
    String folded = typed.length() > 1_000 ? "" : PlainText.folded(typed);
    return PlainText.fits(folded, LONGEST_NAME)
        ? changes.read(view -> view.subjectNamed(folded))
        : Optional.empty();
  }

  /// A person with passkeys, devices and live sessions.
  public Outcome<Person> show(SubjectId id) {
    var now = changes.time().now();
    return changes.read(view ->
        view.subject(id)
            .map(subject ->
                Outcome.done(
                    new Person(
                        subject,
                        view.passkeysOf(id).size(),
                        view.devices().stream()
                            .filter(device -> device.subject().equals(id))
                            .toList(),
                        view.sessionsOf(id, now))))
            .orElseGet(() -> Outcome.refused(NO_SUCH_PERSON)));
  }

  /// Puts the person into exactly these groups.
  public Outcome<Subject> setGroups(Mandate mandate, SubjectId id, Set<GroupName> groups) {
    return change(mandate, id, subject -> subject.withGroups(values(groups)));
  }

  /// Puts the person into one more group.
  public Outcome<Subject> join(Mandate mandate, SubjectId id, GroupName group) {
    return change(
        mandate,
        id,
        subject -> {
          var groups = new TreeSet<>(subject.groups());
          groups.add(group.value());
          return subject.withGroups(groups);
        });
  }

  /// Takes the person out of a group.
  public Outcome<Subject> leave(Mandate mandate, SubjectId id, GroupName group) {
    return change(
        mandate,
        id,
        subject -> {
          var groups = new TreeSet<>(subject.groups());
          groups.remove(group.value());
          return subject.withGroups(groups);
        });
  }

  /// Gives the person exactly these roles.
  public Outcome<Subject> setRoles(Mandate mandate, SubjectId id, Set<Role> roles) {
    return change(mandate, id, subject -> subject.withRoles(roles));
  }

  /// Changes what the person is called.
  public Outcome<Subject> rename(Mandate mandate, SubjectId id, DisplayName name) {
    return change(mandate, id, subject -> subject.named(subject.userName(), name.value()));
  }

  private Outcome<Subject> change(Mandate mandate, SubjectId id, Function<Subject, Subject> to) {
    return changes.commit(
        mandate.by(),
        work ->
            work.tx()
                .subject(id)
                .map(before ->
                    checked(work.tx(), to.apply(before))
                        .then(after -> changed(work, mandate.reason(), before, after)))
                .orElseGet(() -> Outcome.refused(NO_SUCH_PERSON)));
  }

  private static Outcome<Subject> changed(Work work, Reason reason, Subject before, Subject after) {
    if (after.equals(before)) return Outcome.done(before);
    if (nobodyLeft(work.tx(), before, after)) return Outcome.refused(LAST_ADMINISTRATOR);
    work.tx().put(after);
    work.event("subject-changed", reason.text(), membership(after), after.id());
    return Outcome.done(after);
  }

  /// Lets nobody sign in as this person any more, and ends every session of the person, at once and
  /// then for good.
  public Outcome<Subject> disable(Mandate mandate, SubjectId id) {
    var now = changes.time().now();
    changes.ahead(
        Optional.empty(),
        changes.read(view -> mayDisable(view, id) ? view.sessionsOf(id, now) : List.of()));
    return changes.commit(
        mandate.by(),
        work ->
            work.tx()
                .subject(id)
                .map(before -> disabled(work, mandate.reason(), before))
                .orElseGet(() -> Outcome.refused(NO_SUCH_PERSON)));
  }

  private static boolean mayDisable(View view, SubjectId id) {
    return view.subject(id)
        .filter(before -> !nobodyLeft(view, before, before.withActive(false)))
        .isPresent();
  }

  private static Outcome<Subject> disabled(Work work, Reason reason, Subject before) {
    if (!before.active()) return Outcome.done(before);
    var after = before.withActive(false);
    if (nobodyLeft(work.tx(), before, after)) return Outcome.refused(LAST_ADMINISTRATOR);
    work.tx().put(after);
    work.event("account-disabled", reason.text(), Map.of(), after.id());
    work.tx()
        .sessionsOf(before.id(), work.now())
        .forEach(session -> Ending.end(work, session, reason.text()));
    return Outcome.done(after);
  }

  /// Lets the person sign in again. Sessions that ended stay ended.
  public Outcome<Subject> enable(Mandate mandate, SubjectId id) {
    return changes.commit(
        mandate.by(),
        work ->
            work.tx()
                .subject(id)
                .map(before -> Outcome.done(enabled(work, mandate.reason(), before)))
                .orElseGet(() -> Outcome.refused(NO_SUCH_PERSON)));
  }

  private static Subject enabled(Work work, Reason reason, Subject before) {
    if (before.active()) return before;
    var after = before.withActive(true);
    work.tx().put(after);
    work.event("account-enabled", reason.text(), Map.of(), after.id());
    return after;
  }

  /// Whether the change takes away the last administrator who can sign in. While none can sign in
  /// at all, whether it takes away the last one there is.
  public static boolean nobodyLeft(View view, Subject before, Subject after) {
    if (!administers(before) || administers(after)) return false;
    var others =
        view.subjects().stream()
            .filter(other -> !other.id().equals(before.id()) && administers(other))
            .toList();
    boolean couldSignIn = !view.passkeysOf(before.id()).isEmpty();
    return others.stream()
        .noneMatch(other -> !couldSignIn || !view.passkeysOf(other.id()).isEmpty());
  }

  private static boolean administers(Subject subject) {
    return subject.active() && subject.roles().contains(Role.ADMINISTRATOR);
  }

  /// The groups that anybody is in, with how many are in each, by name.
  public Map<String, Long> groups() {
    return list().stream()
        .flatMap(subject -> subject.groups().stream())
        .collect(
            Collectors.groupingBy(
                Function.identity(), java.util.TreeMap::new, Collectors.counting()));
  }
}
