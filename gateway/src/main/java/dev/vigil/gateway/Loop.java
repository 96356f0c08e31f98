// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import dev.vigil.access.AccessToken;
import dev.vigil.access.DecisionRecords;
import dev.vigil.access.IdentityAssertions;
import dev.vigil.access.IdentityAssertions.Bearer;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.SessionId;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// What belongs to one event loop and is touched by its thread alone: its place of records, its
/// caches, its upstream connections and what waits on it.
@SuppressWarnings(
    "FutureReturnValueIgnored") // a write or close that fails ends its channel, and channelInactive
// tells
final class Loop {

  private static final int CACHED = 8192;
  private static final long SWEEP_MILLIS = 200;

  /// An assertion is good for a minute; the last quarter is the upstream's.
  private static final Duration ASSERTION_REUSE =
      Duration.ofSeconds(IdentityAssertions.LIFETIME_SECONDS * 3 / 4);

  private final EventLoop executor;
  private final GatewayPorts ports;
  private final DecisionRecords records;
  private final UpstreamPool pool;
  private final RecentlyUsed<String, AccessToken> tokens = new RecentlyUsed<>(CACHED);
  private final RecentlyUsed<Audience, Signed> assertions = new RecentlyUsed<>(CACHED);
  private final Set<Timed> waiting = new LinkedHashSet<>();
  private long keyEpoch;

  private record Audience(SessionId session, AppId app) {}

  private record Signed(String jwt, long until) {}

  Loop(EventLoop executor, int index, Shared shared, SslContext upstreamTls) {
    this.executor = executor;
    this.ports = shared.ports();
    this.records = ports.records().apply(index);
    this.pool = new UpstreamPool(executor, shared, upstreamTls);
    this.keyEpoch = ports.tokens().keyEpoch();
    executor.scheduleAtFixedRate(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
  }

  EventLoop executor() {
    return executor;
  }

  DecisionRecords records() {
    return records;
  }

  UpstreamPool pool() {
    return pool;
  }

  /// The verified token; remembered until keys are rotated away. Whether it still stands is asked
  /// at every use.
  Optional<AccessToken> token(String compact) {
    long epoch = ports.tokens().keyEpoch();
    if (epoch != keyEpoch) {
      tokens.clear();
      keyEpoch = epoch;
    }
    var known = tokens.get(compact);
    if (known != null) return Optional.of(known);
    var verified = ports.tokens().verify(compact);
    verified.ifPresent(token -> tokens.put(compact, token));
    return verified;
  }

  /// The identity header for an app.
  String assertion(Bearer bearer, AppId app) {
    var audience = new Audience(bearer.session(), app);
    long now = ports.time().nanos();
    var known = assertions.get(audience);
    if (known != null && known.until() - now > 0) return known.jwt();
    String jwt = ports.assertions().sign(bearer, app, ports.time().now());
    assertions.put(audience, new Signed(jwt, now + ASSERTION_REUSE.toNanos()));
    return jwt;
  }

  void watch(Timed timed) {
    waiting.add(timed);
  }

  void unwatch(Timed timed) {
    waiting.remove(timed);
  }

  private void sweep() {
    long now = ports.time().nanos();
    for (var timed : List.copyOf(waiting)) timed.sweep(now);
    pool.sweep(now);
  }
}
