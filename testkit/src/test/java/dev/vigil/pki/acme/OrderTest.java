// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import dev.vigil.pki.acme.Order.Progress;
import dev.vigil.pki.acme.Order.Status;
import dev.vigil.testkit.SeededEntropy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The life of an order, its authorization and its challenge (RFC 8555 section 7.1.6).
class OrderTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Instant LATER = NOW.plus(Duration.ofHours(1));
  private static final Sha256 KEY = Sha256.of(new byte[] {1});

  private final SeededEntropy entropy = new SeededEntropy(1);
  private final OrderName name = OrderName.random(entropy);

  private Order placed() {
    return new Order(
        name.digest(),
        "account",
        name.seal("the secret", entropy),
        "token",
        Optional.empty(),
        LATER,
        new Progress.Pending());
  }

  private static Order done(Outcome<Order> outcome) {
    if (outcome instanceof Outcome.Done<Order>(Order order)) return order;
    throw new AssertionError(outcome);
  }

  private static void is(Order order, Instant at, Status own, Status authorization, Status asked) {
    assertThat(List.of(order.status(at), order.authorization(at), order.challenge(at)))
        .containsExactly(own, authorization, asked);
  }

  @Test
  void order_authorization_and_challenge_go_through_the_states_together() {
    var order = placed();
    is(order, NOW, Status.PENDING, Status.PENDING, Status.PENDING);
    var ready = done(order.attested(KEY, "{}", NOW));
    is(ready, NOW, Status.READY, Status.VALID, Status.VALID);
    assertThat(ready.validated()).contains(NOW);
    var issued = ready.issued(List.of(Bytes.of(new byte[] {1})));
    is(issued, LATER.plus(Duration.ofDays(1)), Status.VALID, Status.VALID, Status.VALID);
    assertThat(issued.validated()).contains(NOW);
    var failed = done(order.failed("code", "says", NOW));
    is(failed, NOW, Status.INVALID, Status.INVALID, Status.INVALID);
    var abandoned = done(order.abandoned(NOW));
    is(abandoned, NOW, Status.INVALID, Status.DEACTIVATED, Status.INVALID);
  }

  @Test
  void what_expired_goes_no_further() {
    var order = placed();
    is(order, LATER, Status.INVALID, Status.EXPIRED, Status.INVALID);
    assertThat(order.attested(KEY, "{}", LATER)).isInstanceOf(Outcome.Refused.class);
    assertThat(order.abandoned(LATER)).isInstanceOf(Outcome.Refused.class);
    var ready = done(order.attested(KEY, "{}", NOW));
    is(ready, LATER, Status.INVALID, Status.EXPIRED, Status.VALID);
    assertThat(ready.ready(LATER)).isEmpty();
    assertThat(ready.ready(NOW)).isPresent();
  }

  @Test
  void a_challenge_is_answered_once_and_nothing_but_what_is_ready_is_issued() {
    var order = placed();
    var ready = done(order.attested(KEY, "{}", NOW));
    var failed = done(order.failed("code", "says", NOW));
    var abandoned = done(ready.abandoned(NOW));
    var issued = ready.issued(List.of());
    for (Order over : List.of(failed, abandoned, issued)) {
      assertThat(over.attested(KEY, "{}", NOW)).isInstanceOf(Outcome.Refused.class);
      assertThat(over.failed("code", "says", NOW)).isInstanceOf(Outcome.Refused.class);
      assertThat(over.abandoned(NOW)).isInstanceOf(Outcome.Refused.class);
      assertThat(over.ready(NOW)).isEmpty();
    }
    for (Order unready : List.of(order, failed, abandoned, issued))
      assertThatThrownBy(() -> unready.issued(List.of())).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void only_the_orders_own_name_opens_its_identifier() {
    var order = placed();
    assertThat(name.open(order.identifier())).isEqualTo("the secret");
    assertThat(name.toString()).doesNotContain(name.reveal());
    var other = OrderName.random(entropy);
    assertThatThrownBy(() -> other.open(order.identifier()))
        .isInstanceOf(IllegalStateException.class);
    assertThat(OrderName.parse(name.reveal())).map(OrderName::digest).contains(name.digest());
    for (String wrong : List.of("", "x", name.reveal() + "A", "é".repeat(32), "../".repeat(10)))
      assertThat(OrderName.parse(wrong)).isEmpty();
  }

  @Test
  void nonces_are_good_once_for_an_hour_and_memory_is_bounded() {
    var nonces = new Nonces();
    var first = nonces.next(entropy, NOW);
    assertThat(nonces.spend(first, NOW)).isTrue();
    assertThat(nonces.spend(first, NOW)).isFalse();
    assertThat(nonces.spend("invented", NOW)).isFalse();
    var old = nonces.next(entropy, NOW);
    assertThat(nonces.spend(old, LATER)).isFalse();
    var pushedOut = nonces.next(entropy, NOW);
    for (int i = 0; i < 50_000; i++) nonces.next(entropy, NOW);
    assertThat(nonces.spend(pushedOut, NOW)).isFalse();
    assertThat(nonces.spend(nonces.next(entropy, NOW), NOW)).isTrue();
  }
}
