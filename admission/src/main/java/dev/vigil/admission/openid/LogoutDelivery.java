// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.openid;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.ClientsView.LogoutNotice;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Tells clients that sessions ended (OpenID Connect Back-Channel Logout 1.0). Notices are kept
/// with the change that ended the session and leave the store only once they were delivered or
/// given up after a day, so that nothing that stops this process loses one; a client may hear of
/// the same end twice, with the same `jti`.
public final class LogoutDelivery {

  private static final int BATCH = 20;
  private static final int MOST_TRIES = 14;
  private static final Duration LONGEST_WAIT = Duration.ofHours(2);

  private final Changes changes;
  private final OpenIdTokens tokens;
  private final Post post;

  public LogoutDelivery(Changes changes, OpenIdTokens tokens, Post post) {
    this.changes = changes;
    this.tokens = tokens;
    this.post = post;
  }

  /// Sends a form. A port.
  @FunctionalInterface
  public interface Post {

    /// Posts `logout_token`; true if the client took it (200 or 204), false for anything else.
    boolean send(URI address, String logoutToken);
  }

  /// Delivers what is due; how many were delivered.
  public int run() {
    var now = changes.time().now();
    List<LogoutNotice> due = changes.read(view -> view.clients().dueNotices(now, BATCH));
    int delivered = 0;
    for (var notice : due) {
      boolean taken = post.send(URI.create(notice.address()), tokens.logoutToken(notice));
      if (taken) delivered++;
      changes.commit(
          Actor.SYSTEM,
          work -> {
            if (taken) {
              work.tx().clients().remove(notice);
              work.note(
                  "app-signed-out",
                  "the client was told",
                  Map.of("client", notice.client()),
                  notice.session(),
                  notice.subject());
            } else if (notice.tries() + 1 >= MOST_TRIES) {
              work.tx().clients().remove(notice);
              work.note(
                  "app-sign-out-failed",
                  "the client could not be told",
                  Map.of("client", notice.client()),
                  notice.session(),
                  notice.subject());
            } else {
              work.tx().clients().put(later(notice, work.now()));
            }
            return taken;
          });
    }
    return delivered;
  }

  /// Doubling from five seconds.
  private static LogoutNotice later(LogoutNotice notice, java.time.Instant now) {
    var wait = Duration.ofSeconds(5).multipliedBy(1L << Math.min(notice.tries(), 12));
    var capped = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    return new LogoutNotice(
        notice.id(),
        notice.client(),
        notice.address(),
        notice.subject(),
        notice.session(),
        notice.tries() + 1,
        now.plus(capped));
  }
}
