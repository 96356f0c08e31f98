// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.provisioning;

import dev.vigil.admission.Changes;
import dev.vigil.admission.View;
import dev.vigil.admission.Work;
import dev.vigil.identity.scim.Schema;
import dev.vigil.kernel.Outcome;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/// One kind of resource and all that a provider can do with it (RFC 7644 section 3). What is sent
/// is read before a change begins; whatever does not fit ends it, and nothing of it is kept.
public abstract sealed class Resources permits Users, Groups {

  /// Why things change, in events.
  static final String CAUSE = "provisioning";

  private final Changes changes;
  private final Schema.Kind kind;

  Resources(Changes changes, Schema.Kind kind) {
    this.changes = changes;
    this.kind = kind;
  }

  /// Those that match, in the order of creation.
  public final Outcome<Query.Page> list(Call call, Query query) {
    return Unfit.caught(() -> {
      query.check(kind);
      return Outcome.done(changes.read(view -> list(view, call, query)));
    });
  }

  abstract Query.Page list(View view, Call call, Query query);

  /// One of them by id.
  public final Outcome<Resource> get(Call call, String id) {
    return Unfit.caught(() -> Outcome.done(changes.read(view -> get(view, call, id))));
  }

  abstract Resource get(View view, Call call, String id);

  /// Adds one.
  public final Outcome<Resource> create(Call call, ObjectNode sent) {
    return Unfit.caught(() -> {
      var wanted = Intake.whole(kind, sent);
      return change(call, work -> create(work, call, wanted));
    });
  }

  abstract Resource create(Work work, Call call, ObjectNode wanted);

  /// Replaces all that can be written; what is left out is taken away.
  public final Outcome<Resource> replace(Call call, String id, ObjectNode sent) {
    return Unfit.caught(() -> {
      var wanted = Intake.whole(kind, sent);
      return change(call, work -> change(work, call, id, before -> replacement(before, wanted)));
    });
  }

  /// What a whole resource that was sent makes of the one before.
  ObjectNode replacement(ObjectNode before, ObjectNode wanted) {
    return wanted;
  }

  /// Applies all operations of a PATCH message, or none.
  public final Outcome<Resource> patch(Call call, String id, ObjectNode message) {
    return Unfit.caught(() -> {
      var operations = Patches.read(message);
      return change(
          call,
          work ->
              change(
                  work,
                  call,
                  id,
                  before -> {
                    Patches.apply(kind, before, operations);
                    return before;
                  }));
    });
  }

  /// @param to makes what is wanted of all that can be written
  abstract Resource change(Work work, Call call, String id, UnaryOperator<ObjectNode> to);

  /// Deletes it; the answer is what it was last.
  public final Outcome<Resource> delete(Call call, String id) {
    return Unfit.caught(() -> change(call, work -> delete(work, call, id)));
  }

  abstract Resource delete(Work work, Call call, String id);

  private Outcome<Resource> change(Call call, Function<Work, Resource> body) {
    return changes.commit(call.actor(), work -> Outcome.done(body.apply(work)));
  }
}
