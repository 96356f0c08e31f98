// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki.acme;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An order for a device's certificate (RFC 8555 section 7.1.3), with its one authorization and
/// that one's one challenge, `device-attest-01`. The three have no state of their own: it follows
/// from how far the order is.
///
/// @param id the digest of the name that its addresses carry
/// @param account whose it is
/// @param identifier what it is for
/// @param token of the challenge
/// @param renews the device that has a certificate already; empty for a new one
/// @param expiresAt until when it must be finalized
public record Order(
    Sha256 id,
    String account,
    Identifier identifier,
    String token,
    Optional<DeviceId> renews,
    Instant expiresAt,
    Progress progress) {

  /// A `permanent-identifier` whose value is a secret: it is known here by its digest, and can be
  /// shown to who knows the order's name.
  public record Identifier(Sha256 digest, Bytes sealed) {}

  /// How far an order is.
  public sealed interface Progress {

    /// The challenge waits for its answer.
    record Pending() implements Progress {}

    /// The attestation was believed.
    ///
    /// @param key the attested key, the only one that a certificate is issued for
    /// @param at when it was
    /// @param evidence what the attestation says of the device, as text of whoever keeps it
    record Ready(Sha256 key, Instant at, String evidence) implements Progress {}

    /// The certificate was issued.
    ///
    /// @param attested when the attestation was believed
    /// @param chain the certificate and those above it, in DER
    record Issued(Instant attested, List<Bytes> chain) implements Progress {
      public Issued {
        chain = List.copyOf(chain);
      }
    }

    /// The attestation was not believed.
    ///
    /// @param code of the refusal
    /// @param says why
    record Failed(String code, String says) implements Progress {}

    /// The client gave the authorization up (RFC 8555 section 7.5.2).
    record Abandoned() implements Progress {}
  }

  /// The states of RFC 8555 section 7.1.6 that anything is ever in.
  public enum Status {
    PENDING,
    READY,
    VALID,
    INVALID,
    DEACTIVATED,
    EXPIRED
  }

  /// The state of the order.
  public Status status(Instant now) {
    return switch (progress) {
      case Progress.Pending _ -> unless(expired(now), Status.PENDING, Status.INVALID);
      case Progress.Ready _ -> unless(expired(now), Status.READY, Status.INVALID);
      case Progress.Issued _ -> Status.VALID;
      case Progress.Failed _, Progress.Abandoned _ -> Status.INVALID;
    };
  }

  /// The state of its authorization.
  public Status authorization(Instant now) {
    return switch (progress) {
      case Progress.Pending _ -> unless(expired(now), Status.PENDING, Status.EXPIRED);
      case Progress.Ready _ -> unless(expired(now), Status.VALID, Status.EXPIRED);
      case Progress.Issued _ -> Status.VALID;
      case Progress.Failed _ -> Status.INVALID;
      case Progress.Abandoned _ -> Status.DEACTIVATED;
    };
  }

  /// The state of its challenge.
  public Status challenge(Instant now) {
    return switch (progress) {
      case Progress.Pending _ -> unless(expired(now), Status.PENDING, Status.INVALID);
      case Progress.Ready _, Progress.Issued _ -> Status.VALID;
      case Progress.Failed _, Progress.Abandoned _ -> Status.INVALID;
    };
  }

  /// When the attestation was believed; empty if it was not.
  public Optional<Instant> validated() {
    return switch (progress) {
      case Progress.Ready ready -> Optional.of(ready.at());
      case Progress.Issued issued -> Optional.of(issued.attested());
      case Progress.Pending _, Progress.Failed _, Progress.Abandoned _ -> Optional.empty();
    };
  }

  private static Status unless(boolean expired, Status fine, Status over) {
    return expired ? over : fine;
  }

  private boolean expired(Instant now) {
    return !now.isBefore(expiresAt);
  }

  /// The challenge was answered with a statement that was believed.
  public Outcome<Order> attested(Sha256 key, String evidence, Instant now) {
    return answered(new Progress.Ready(key, now, evidence), now);
  }

  /// The challenge was answered with one that was not: there is no second try.
  public Outcome<Order> failed(String code, String says, Instant now) {
    return answered(new Progress.Failed(code, says), now);
  }

  private Outcome<Order> answered(Progress next, Instant now) {
    return status(now) == Status.PENDING
        ? Outcome.done(with(next))
        : Outcome.refused(AcmeRefusal.NOT_PENDING);
  }

  /// What the order is ready for; empty if it is not.
  public Optional<Progress.Ready> ready(Instant now) {
    return progress instanceof Progress.Ready ready && !expired(now)
        ? Optional.of(ready)
        : Optional.empty();
  }

  /// The certificate was issued.
  ///
  /// @throws IllegalStateException if the order was not ready
  public Order issued(List<Bytes> chain) {
    if (!(progress instanceof Progress.Ready ready))
      throw new IllegalStateException("only what is ready is issued");
    return with(new Progress.Issued(ready.at(), chain));
  }

  /// The client gives the authorization up; a certificate that was issued stays.
  public Outcome<Order> abandoned(Instant now) {
    var status = status(now);
    return status == Status.PENDING || status == Status.READY
        ? Outcome.done(with(new Progress.Abandoned()))
        : Outcome.refused(AcmeRefusal.NOT_PENDING);
  }

  private Order with(Progress next) {
    return new Order(id, account, identifier, token, renews, expiresAt, next);
  }
}
