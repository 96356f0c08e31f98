// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.acme;

import dev.vigil.admission.AcmeView.Held;
import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.View;
import dev.vigil.admission.Work;
import dev.vigil.admission.device.Grants;
import dev.vigil.admission.device.Grants.Protocol;
import dev.vigil.admission.device.Issued;
import dev.vigil.admission.device.Renewal;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.Sha256;
import dev.vigil.pki.CertificateRequest;
import dev.vigil.pki.acme.Account;
import dev.vigil.pki.acme.AcmeRefusal;
import dev.vigil.pki.acme.Order;
import dev.vigil.pki.acme.OrderName;
import dev.vigil.posture.Device;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Orders of device certificates, from the identifier to the certificate. What an order is for is
/// an unspent right ([Grants], protocol ACME); or, for the account that enrolled a device with it,
/// the same identifier again, which renews the certificate of that device's key and no other.
public final class AcmeOrders {

  /// How long an order can be finalized.
  public static final Duration LIFETIME = Duration.ofHours(1);

  private static final int LONGEST_IDENTIFIER = 255;
  private static final int MOST_UNDER_WAY = 16;
  private static final int TOKEN_BYTES = 32;

  private final Changes changes;
  private final Grants grants;
  private final Renewal renewal;
  private final AttestationVerifier verifier;

  public AcmeOrders(Changes changes, Grants grants, Renewal renewal, AttestationVerifier verifier) {
    this.changes = changes;
    this.grants = grants;
    this.renewal = renewal;
    this.verifier = verifier;
  }

  /// An order as its own client sees it.
  ///
  /// @param identifier a secret until it is spent
  public record Shown(OrderName name, Order order, String identifier) {
    static Shown of(OrderName name, Order order) {
      return new Shown(name, order, name.open(order.identifier()));
    }

    @Override
    public String toString() {
      return "Shown[" + order.id() + "]";
    }
  }

  /// Places an order for an identifier. Refusals are [AcmeRefusal]s.
  public Outcome<Shown> place(Account account, String identifier) {
    boolean fits = !identifier.isEmpty() && identifier.length() <= LONGEST_IDENTIFIER;
    if (!fits) return Outcome.refused(AcmeRefusal.IDENTIFIER_REJECTED);
    boolean granted = grants.find(identifier, Protocol.ACME).isPresent();
    return changes.commit(
        Actor.SYSTEM,
        work -> {
          if (work.tx().acme().ordersUnderWay(account.id(), work.now()) >= MOST_UNDER_WAY)
            return Outcome.refused(AcmeRefusal.TOO_MANY_ORDERS);
          var renews = granted ? Optional.<DeviceId>empty() : held(work.tx(), account, identifier);
          return granted || renews.isPresent()
              ? Outcome.done(placed(work, account, identifier, renews))
              : Outcome.refused(AcmeRefusal.IDENTIFIER_REJECTED);
        });
  }

  /// The active device that this account enrolled for this identifier.
  private static Optional<DeviceId> held(View view, Account account, String identifier) {
    return view.acme()
        .held(Sha256.of(identifier.getBytes(StandardCharsets.UTF_8)))
        .filter(held -> held.account().equals(account.id()))
        .flatMap(held -> view.device(held.device()))
        .filter(Device::active)
        .map(Device::id);
  }

  private static Shown placed(
      Work work, Account account, String identifier, Optional<DeviceId> renews) {
    var name = OrderName.random(work.entropy());
    var order =
        new Order(
            name.digest(),
            account.id(),
            name.seal(identifier, work.entropy()),
            Bytes.of(work.entropy().bytes(TOKEN_BYTES)).toString(),
            renews,
            work.now().plus(LIFETIME),
            new Order.Progress.Pending());
    work.tx().acme().put(order);
    return new Shown(name, order, identifier);
  }

  /// An order of this account; those of others are not there.
  public Outcome<Shown> show(Account account, OrderName name) {
    return changes
        .read(view -> own(view, account, name))
        .map(order -> Outcome.done(Shown.of(name, order)))
        .orElseGet(() -> Outcome.refused(AcmeRefusal.NOT_FOUND));
  }

  private static Optional<Order> own(View view, Account account, OrderName name) {
    return view.acme().order(name.digest()).filter(order -> order.account().equals(account.id()));
  }

  /// Gives an order's authorization up.
  public Outcome<Shown> abandon(Account account, OrderName name) {
    return change(account, name, (work, order) -> order.abandoned(work.now()));
  }

  /// One step of an order.
  @FunctionalInterface
  private interface Step {
    Outcome<Order> take(Work work, Order order);
  }

  private Outcome<Shown> change(Account account, OrderName name, Step step) {
    Function<Work, Outcome<Shown>> body =
        work ->
            own(work.tx(), account, name)
                .map(order -> step.take(work, order))
                .orElseGet(() -> Outcome.refused(AcmeRefusal.NOT_FOUND))
                .map(order -> {
                  work.tx().acme().put(order);
                  return Shown.of(name, order);
                });
    return changes.commit(Actor.SYSTEM, body);
  }

  /// Answers an order's challenge, once: an attestation that is not believed fails the order, and
  /// the right stays unspent. Refused only if there is nothing to answer, or nobody can tell now.
  public Outcome<Shown> answer(Account account, OrderName name, Bytes object) {
    return show(account, name)
        .then(shown ->
            shown.order().challenge(changes.time().now()) == Order.Status.PENDING
                ? Outcome.done(shown)
                : Outcome.refused(AcmeRefusal.NOT_PENDING))
        .then(shown -> answer(account, shown, object));
  }

  private Outcome<Shown> answer(Account account, Shown shown, Bytes object) {
    var now = changes.time().now();
    var token = shown.order().token();
    var statement =
        new AttestationVerifier.Statement(object, token, account.key().authorize(token));
    var subject = new AttestedDevice(changes, grants);
    return switch (verifier.verify(statement, now).then(said -> subject.fits(shown, said))) {
      case Outcome.Done<AttestedDevice.Fitting>(AttestedDevice.Fitting fitting) ->
          change(
              account,
              shown.name(),
              (work, order) ->
                  order.attested(fitting.key(), Evidence.write(fitting.signals(now)), work.now()));
      case Outcome.Refused<AttestedDevice.Fitting> refused when refused.refusal().status() >= 500 ->
          refused.as();
      case Outcome.Refused<AttestedDevice.Fitting>(Refusal refusal, String _) ->
          change(
              account,
              shown.name(),
              (work, order) -> failed(work, order, refusal, subject.owner(shown)));
    };
  }

  private static Outcome<Order> failed(
      Work work, Order order, Refusal refusal, List<Object> about) {
    return order
        .failed(refusal.code(), refusal.says(), work.now())
        .map(failed -> {
          work.note(
              "enrolment-refused",
              refusal.says(),
              java.util.Map.of("code", refusal.code(), "protocol", Protocol.ACME.name()),
              about.toArray());
          return failed;
        });
  }

  /// Issues the certificate of the attested key, once. Nothing else of the request counts. Refusals
  /// are [AcmeRefusal]s, or come from reading the request, from [Grants] or from [Renewal].
  public Outcome<Shown> finish(Account account, OrderName name, Bytes csr) {
    return show(account, name)
        .then(shown -> ready(shown.order()).map(_ -> shown))
        .then(shown ->
            CertificateRequest.parse(csr)
                .then(request ->
                    change(
                        account,
                        name,
                        (work, order) -> finish(work, order, shown.identifier(), request))));
  }

  private Outcome<Order.Progress.Ready> ready(Order order) {
    return order
        .ready(changes.time().now())
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(AcmeRefusal.NOT_READY));
  }

  private Outcome<Order> finish(
      Work work, Order order, String identifier, CertificateRequest request) {
    return ready(order)
        .then(ready -> {
          if (!ready.key().equals(request.thumbprint()))
            return Outcome.refused(AcmeRefusal.KEY_NOT_ATTESTED);
          return order
              .renews()
              .map(device -> renew(work, device, request))
              .orElseGet(() ->
                  grants.spend(
                      work, identifier, Protocol.ACME, request, Evidence.read(ready.evidence())));
        })
        .map(issued -> {
          work.tx()
              .acme()
              .put(new Held(order.identifier().digest(), order.account(), issued.device().id()));
          return order.issued(chain(issued));
        });
  }

  private Outcome<Issued> renew(Work work, DeviceId id, CertificateRequest request) {
    return work.tx()
        .device(id)
        .map(device -> renewal.renew(work, device, request))
        .orElseGet(() -> Outcome.refused(AcmeRefusal.NOT_FOUND));
  }

  private static List<Bytes> chain(Issued issued) {
    return Stream.concat(Stream.of(issued.certificate().der()), issued.chain().stream()).toList();
  }

  /// The certificate of an order and those above it, in DER.
  public Outcome<List<Bytes>> certificate(Account account, OrderName name) {
    return show(account, name)
        .then(shown ->
            shown.order().progress() instanceof Order.Progress.Issued issued
                ? Outcome.done(issued.chain())
                : Outcome.refused(AcmeRefusal.NOT_FOUND));
  }
}
