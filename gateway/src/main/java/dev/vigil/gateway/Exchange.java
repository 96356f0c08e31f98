// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import dev.vigil.access.AccessToken;
import dev.vigil.access.Attempt;
import dev.vigil.access.OpenStream;
import dev.vigil.access.Streams;
import dev.vigil.access.Verdict;
import dev.vigil.kernel.Action;
import dev.vigil.kernel.EvidenceTier;
import dev.vigil.kernel.Sha256;
import dev.vigil.policy.Decision;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Evidence;
import dev.vigil.policy.Facts;
import dev.vigil.policy.IpAddress;
import dev.vigil.policy.Obligations;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One request under way: read, registered, decided, its approval spent, then given to a
/// [Forwarding]. It lives on one event loop; only [#cut] comes from elsewhere.
@SuppressWarnings(
    "FutureReturnValueIgnored") // a write or close that fails ends its channel, and channelInactive
// tells
final class Exchange implements OpenStream {

  private static final Duration APPROVAL_WAIT = Duration.ofSeconds(10);

  private final ClientSide client;
  private final Shared shared;
  private final Loop loop;
  private final Intake.Fit fit;
  private @Nullable ByteArrayOutputStream collected;
  private @Nullable Forwarding forwarding;
  private Streams.@Nullable Registration registration;
  private Verdict.@Nullable Decided decided;
  private boolean over;
  private boolean ends;
  private long endsAt;

  Exchange(ClientSide client, Shared shared, Loop loop, Intake.Fit fit) {
    this.client = client;
    this.shared = shared;
    this.loop = loop;
    this.fit = fit;
  }

  void begin() {
    if (!fit.transaction()) {
      decide(Optional.empty());
      return;
    }
    if (fit.body() instanceof Intake.Body.Declared(long bytes)
        && bytes > shared.config().limits().transactionBody()) {
      refuse(Answers.of(GatewayRefusal.BODY_TOO_LARGE));
      return;
    }
    collected = new ByteArrayOutputStream();
    if (fit.expectsContinue()) client.sendContinue();
    client.await(ClientSide.Waiting.BODY, shared.config().limits().bodyPause());
    client.wantMore();
  }

  /// A part of the request's body.
  void body(HttpContent content) {
    if (forwarding != null) {
      forwarding.fromClient(content);
    } else if (collected != null) {
      collect(content, collected);
    } else {
      content.release();
    }
  }

  /// A transaction is decided on its whole body.
  private void collect(HttpContent content, ByteArrayOutputStream into) {
    int size = content.content().readableBytes();
    boolean last = content instanceof LastHttpContent;
    if (into.size() + size <= shared.config().limits().transactionBody())
      into.writeBytes(io.netty.buffer.ByteBufUtil.getBytes(content.content()));
    else size = -1;
    content.release();
    if (size < 0) {
      refuse(Answers.of(GatewayRefusal.BODY_TOO_LARGE));
    } else if (last) {
      client.awaitNothing();
      decide(
          Optional.of(
              new Action(
                  fit.app().id(), fit.method().name(), fit.path(), Sha256.of(into.toByteArray()))));
    } else {
      client.await(ClientSide.Waiting.BODY, shared.config().limits().bodyPause());
      client.wantMore();
    }
  }

  private void decide(Optional<Action> action) {
    var attempt = attempt(action, shared.ports().time().now());
    var opened = shared.ports().streams().open(attempt, this, loop.records());
    var verdict = opened.verdict();
    if (verdict instanceof Verdict.Decided yes
        && yes.decision() instanceof Decision.Allow(_, Obligations obligations)) {
      registration = opened.registration();
      decided = yes;
      allowed(yes, obligations, action);
    } else {
      refuse(Answers.of(verdict, new Answers.Asker(action, fit.languages())));
    }
  }

  /// A token is verified only for a certificate that is known: others are refused for that alone.
  private Attempt attempt(Optional<Action> action, Instant at) {
    var connection = client.connection();
    boolean known = shared.ports().world().certificate(connection.certificate()).isPresent();
    Optional<AccessToken> token = known ? fit.token().flatMap(loop::token) : Optional.empty();
    return new Attempt(
        connection.certificate(),
        token,
        fit.app().id(),
        connection.facts(),
        network(connection, at),
        request(connection, at),
        action.map(Action::digest),
        at);
  }

  private Facts network(Connection connection, Instant at) {
    if (fit.client().isEmpty()) return Facts.unknown(Entity.NETWORK);
    IpAddress address = fit.client().get();
    return address.equals(connection.client())
        ? connection.network()
        : Connection.network(address, at);
  }

  private Facts request(Connection connection, Instant at) {
    var seen = new Evidence(EvidenceTier.OBSERVED, at);
    var facts =
        Facts.about(Entity.REQUEST, "", 0)
            .put("request.method", fit.method().name(), seen)
            .put("request.path", fit.path(), seen)
            .put(
                "request.protocol",
                fit.webSocket() ? "websocket" : connection.protocol().fact(),
                seen);
    return switch (fit.body()) {
      case Intake.Body.None() -> facts.put("request.body_bytes", 0L, seen).build();
      case Intake.Body.Declared(long bytes) -> facts.put("request.body_bytes", bytes, seen).build();
      case Intake.Body.Streamed() -> facts.build();
    };
  }

  private void allowed(Verdict.Decided yes, Obligations obligations, Optional<Action> action) {
    var unmet = Enforced.onRequest(obligations, fit);
    if (unmet.isPresent()) {
      refuse(Answers.of(unmet.get(), yes.reference()));
      return;
    }
    obligations
        .maximumAge()
        .ifPresent(age -> {
          ends = true;
          endsAt = shared.nanos() + age.toNanos();
        });
    var head = UpstreamHead.of(fit, yes, loop);
    var next =
        new Forwarding(
            this,
            client,
            shared,
            loop,
            new Forwarding.Order(
                fit,
                head,
                Optional.ofNullable(collected).map(ByteArrayOutputStream::toByteArray),
                obligations));
    if (action.isPresent() && yes.approved()) spend(yes, action.get(), next);
    else forward(next);
  }

  /// An approval lets one request through, and the store says which.
  private void spend(Verdict.Decided yes, Action action, Forwarding next) {
    shared
        .ports()
        .approvals()
        .spend(yes.token().session(), action.digest())
        .whenComplete((spent, failure) ->
            loop.executor()
                .execute(() -> {
                  if (over) return;
                  if (failure != null || spent == null)
                    refuse(Answers.of(GatewayRefusal.APPROVAL_UNKNOWN, yes.reference()));
                  else if (spent) forward(next);
                  else
                    refuse(
                        Answers.approveAgain(
                            yes.reference(),
                            new Answers.Asker(Optional.of(action), fit.languages())));
                }));
    client.await(ClientSide.Waiting.ANSWER, APPROVAL_WAIT);
  }

  /// The store or the upstream has not answered in time.
  void overdue() {
    fail(forwarding == null ? GatewayRefusal.APPROVAL_UNKNOWN : GatewayRefusal.UPSTREAM_SLOW);
  }

  private void forward(Forwarding next) {
    shared.counters().allowed.increment();
    client.awaitNothing();
    forwarding = next;
    next.begin();
  }

  /// Refuses, or if the response has begun, breaks it off.
  void fail(GatewayRefusal refusal) {
    if (over) return;
    boolean begun = forwarding != null && forwarding.answering();
    if (!begun) {
      refuse(decided == null ? Answers.of(refusal) : Answers.of(refusal, decided.reference()));
    } else {
      end();
      client.abort();
    }
  }

  private void refuse(FullHttpResponse response) {
    boolean undecided = fit.expectsContinue() && !client.requestComplete() && collected == null;
    end();
    client.refuse(response, undecided);
  }

  /// Passes on the last of the response. The request leaves the index first, so that whoever has
  /// read a whole response finds nothing of it open.
  void answered(HttpContent last) {
    end();
    client.context().writeAndFlush(last);
    client.done();
  }

  @Override
  public void cut(Verdict why) {
    loop.executor().execute(() -> end(why));
  }

  private void end(Verdict why) {
    if (over) return;
    if (registration != null) registration.close();
    shared.counters().cut.increment();
    if (forwarding != null && forwarding.relayed(Relay.Closing.POLICY_VIOLATION)) {
      end();
    } else if (forwarding != null && forwarding.answering()) {
      end();
      client.abort();
    } else {
      refuse(Answers.of(why, new Answers.Asker(Optional.empty(), fit.languages())));
    }
  }

  /// Leaves the index and lets the upstream go. Nothing happens afterwards.
  private void end() {
    over = true;
    if (registration != null) registration.close();
    if (forwarding != null) forwarding.end();
  }

  void drain() {
    if (forwarding != null && forwarding.relayed(Relay.Closing.GOING_AWAY)) end();
  }

  void clientGone() {
    if (!over) end();
  }

  void clientPaused() {
    if (forwarding != null) forwarding.flush();
  }

  void clientTakesMore() {
    if (forwarding != null) forwarding.balance();
  }

  void fromRelayedClient(ByteBuf bytes) {
    if (forwarding != null) forwarding.fromRelayedClient(bytes);
    else bytes.release();
  }

  void sweep(long nanos) {
    if (!ends || over || nanos - endsAt < 0) return;
    if (forwarding != null && forwarding.relayed(Relay.Closing.POLICY_VIOLATION)) end();
    else fail(GatewayRefusal.ENDED);
  }
}
