// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.keys.Token;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at the PKCS#11 token now and then, and says in the log and as a security event when it
/// goes away and when it is back. Everything that needs no authority's key goes on meanwhile.
final class TokenWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TokenWatch.class);
  private static final Duration BETWEEN = Duration.ofSeconds(10);

  private final Token token;
  private final Changes changes;
  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(
          1, Thread.ofPlatform().name("vigil-token-watch").daemon().factory());
  private Optional<String> away = Optional.empty();

  private TokenWatch(Token token, Changes changes) {
    this.token = token;
    this.changes = changes;
  }

  /// Looks once, then every ten seconds.
  static TokenWatch start(Token token, Changes changes) {
    var watch = new TokenWatch(token, changes);
    watch.look();
    var _ =
        watch.timer.scheduleWithFixedDelay(
            watch::look, BETWEEN.toMillis(), BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
    return watch;
  }

  /// A look that fails is repeated at its next turn; without the catch the timer would drop it.
  private void look() {
    try {
      tell(
          token.look() instanceof Token.State.Away(var reason, var _)
              ? Optional.of(reason)
              : Optional.empty());
    } catch (RuntimeException e) { // see above
      LOG.error("the PKCS#11 token cannot be watched; trying again", e);
    }
  }

  private void tell(Optional<String> now) {
    if (now.isPresent() == away.isPresent()) return;
    now.ifPresentOrElse(
        reason ->
            LOG.error(
                "the PKCS#11 token is away, so no certificates are issued; existing ones stay good:"
                    + " {}",
                reason),
        () -> LOG.info("the PKCS#11 token is back; certificates are issued again"));
    changes.commit(
        Actor.SYSTEM,
        work ->
            work.note(
                now.isPresent() ? "signing-token-away" : "signing-token-back",
                now.orElse("it answers again"),
                Map.of()));
    away = now;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
