// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import static dev.vigil.admission.administration.AdministrationRefusal.HOST_RESERVED;
import static dev.vigil.admission.administration.AdministrationRefusal.HOST_TAKEN;
import static dev.vigil.admission.administration.AdministrationRefusal.NO_SUCH_APP;
import static dev.vigil.admission.administration.AdministrationRefusal.TOO_MANY_PARTS;
import static dev.vigil.admission.administration.AdministrationRefusal.TRANSACTION_FORM;

import dev.vigil.admission.App;
import dev.vigil.admission.Changes;
import dev.vigil.admission.PlainText;
import dev.vigil.admission.View;
import dev.vigil.admission.Work;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The protected applications. A host leads to one app at most, and never to one that takes Vigil's
/// own host.
public final class Apps {

  private static final int MOST_TAGS = 32;
  private static final int MOST_TRANSACTIONS = 64;
  private static final int MOST_SHOWN = 16;
  private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");
  private static final Pattern PATH =
      Pattern.compile("/|(?:/[A-Za-z0-9._~!$&'()*+,;=:@-]{1,200}){1,32}/?");
  private static final Pattern MEMBER = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private final Changes changes;
  private final Set<String> reserved;

  /// @param reserved the hosts of Vigil's own faces, lower case
  public Apps(Changes changes, Set<String> reserved) {
    this.changes = changes;
    this.reserved = Set.copyOf(reserved);
  }

  /// Every app, in the order of creation.
  public List<App> list() {
    return changes.read(View::apps);
  }

  /// One app.
  public Outcome<App> show(AppId id) {
    return changes
        .read(view -> view.app(id))
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(NO_SUCH_APP, "`" + id + "` is no app"));
  }

  /// Adds an app, or replaces the one of this name.
  public Outcome<App> put(Mandate mandate, AppDraft draft) {
    if (draft.tags().size() > MOST_TAGS || draft.transactions().size() > MOST_TRANSACTIONS)
      return Outcome.refused(TOO_MANY_PARTS);
    var wrong =
        draft.transactions().stream().filter(transaction -> !sound(transaction)).findFirst();
    if (wrong.isPresent())
      return Outcome.refused(
          TRANSACTION_FORM,
          PlainText.shown(wrong.get().method() + " " + wrong.get().path()) + " is not one");
    if (reserved.contains(draft.host().value())) return Outcome.refused(HOST_RESERVED);
    return changes.commit(mandate.by(), work -> put(work, mandate.reason(), app(draft)));
  }

  private static boolean sound(App.Transaction transaction) {
    return METHOD.matcher(transaction.method()).matches()
        && PATH.matcher(transaction.path()).matches()
        && List.of(transaction.path().split("/", -1)).stream()
            .noneMatch(segment -> segment.equals(".") || segment.equals(".."))
        && transaction.shown().size() <= MOST_SHOWN
        && transaction.shown().stream().allMatch(member -> MEMBER.matcher(member).matches());
  }

  private static App app(AppDraft draft) {
    var tags = draft.tags().stream().map(GroupName::value).collect(Collectors.toUnmodifiableSet());
    return new App(
        draft.id(),
        draft.host().value(),
        draft.upstream().uri(),
        draft.sensitivity().label(),
        tags,
        draft.transactions());
  }

  private static Outcome<App> put(Work work, Reason reason, App app) {
    var taken =
        work.tx().apps().stream()
            .filter(other -> !other.id().equals(app.id()) && other.host().equals(app.host()))
            .findFirst();
    if (taken.isPresent())
      return Outcome.refused(
          HOST_TAKEN, "`" + app.host() + "` is the host of `" + taken.get().id() + "`");
    var before = work.tx().app(app.id());
    if (before.filter(app::equals).isPresent()) return Outcome.done(app);
    work.tx().put(app);
    var details =
        Map.of(
            "host",
            app.host(),
            "upstream",
            app.upstream().toString(),
            "sensitivity",
            app.sensitivity());
    work.event(before.isPresent() ? "app-changed" : "app-added", reason.text(), details, app.id());
    return Outcome.done(app);
  }

  /// Takes an app away; nobody reaches it from then on.
  public Outcome<App> remove(Mandate mandate, AppId id) {
    return changes.commit(
        mandate.by(),
        work ->
            work.tx()
                .app(id)
                .map(app -> removed(work, mandate.reason(), app))
                .orElseGet(() -> Outcome.refused(NO_SUCH_APP, "`" + id + "` is no app")));
  }

  private static Outcome<App> removed(Work work, Reason reason, App app) {
    work.tx().removeApp(app.id());
    work.event("app-removed", reason.text(), Map.of("host", app.host()), app.id());
    return Outcome.done(app);
  }
}
