// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.signin;

import dev.vigil.admission.FactsSink;
import dev.vigil.admission.OneTime;
import dev.vigil.admission.Work;
import dev.vigil.identity.Session;
import dev.vigil.kernel.Action;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/// Keeps and spends approvals of transactions. The key of an approval holds the five seconds in
/// which it was given, so that the same transaction can be approved again after it was carried out.
final class Approvals {

  static final Duration LIFE = Duration.ofMinutes(2);
  private static final long SLOT = 5;

  private Approvals() {}

  /// An approved action waits in its session. One that waits already goes on waiting.
  static void give(Work work, Session session, Action action) {
    var expires = work.now().plus(LIFE);
    var key = key(session.id(), action.digest(), slot(work.now()));
    if (work.tx().peek(OneTime.Kind.APPROVAL, key, work.now()).isEmpty()) {
      work.tx().put(new OneTime(OneTime.Kind.APPROVAL, key, session.id().value(), expires));
    }
    work.note(
        "transaction-approved",
        "approved with a passkey",
        Map.of("action", action.digest().toString(), "app", action.app().value()),
        session.id(),
        session.subject());
    work.also(new FactsSink.Change.OfApproval(session.id(), action.digest(), expires, false));
  }

  /// Spends one approval: whether there was one.
  static boolean spend(Work work, SessionId session, Sha256 action) {
    var spent =
        keys(session, action, work.now()).stream()
            .anyMatch(key -> work.tx().spend(OneTime.Kind.APPROVAL, key, work.now()).isPresent());
    if (!spent) return false;
    boolean more =
        keys(session, action, work.now()).stream()
            .anyMatch(key -> work.tx().peek(OneTime.Kind.APPROVAL, key, work.now()).isPresent());
    work.note(
        "transaction-carried-out",
        "the approval was spent",
        Map.of("action", action.toString()),
        session);
    if (!more) work.also(new FactsSink.Change.OfApproval(session, action, work.now(), true));
    return true;
  }

  private static List<Sha256> keys(SessionId session, Sha256 action, Instant now) {
    return LongStream.rangeClosed(slot(now.minus(LIFE)), slot(now))
        .mapToObj(slot -> key(session, action, slot))
        .toList();
  }

  private static long slot(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), SLOT);
  }

  private static Sha256 key(SessionId session, Sha256 action, long slot) {
    return Sha256.of(
        (session.value() + " " + action + " " + slot).getBytes(StandardCharsets.UTF_8));
  }
}
