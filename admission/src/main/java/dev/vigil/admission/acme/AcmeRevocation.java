// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.acme;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.administration.Mandate;
import dev.vigil.admission.administration.Reason;
import dev.vigil.admission.device.Revocation;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import dev.vigil.pki.acme.Account;
import dev.vigil.pki.acme.AccountKey;
import dev.vigil.pki.acme.AcmeRefusal;
import dev.vigil.posture.Device;
import java.util.Map;
import java.util.Optional;

/// Revokes what was issued over ACME (RFC 8555 section 7.6). Revocation is by device: all its
/// certificates are admitted no more, at once and for good, and its sessions end.
public final class AcmeRevocation {

  private static final int UNSPECIFIED = 0;

  /// The reasons of RFC 5280 section 5.3.1 that a client may give of its own certificate.
  private static final Map<Integer, String> REASONS =
      Map.of(
          UNSPECIFIED,
          "revoked over ACME",
          1,
          "revoked over ACME: key compromise",
          3,
          "revoked over ACME: affiliation changed",
          4,
          "revoked over ACME: superseded",
          5,
          "revoked over ACME: cessation of operation");

  private final Changes changes;
  private final Revocation revocation;

  public AcmeRevocation(Changes changes) {
    this.changes = changes;
    this.revocation = new Revocation(changes);
  }

  /// Who asks.
  public sealed interface By {

    /// The account that ordered the certificate.
    record Owner(Account account) implements By {}

    /// Whoever holds the certificate's key.
    record Holder(AccountKey key) implements By {}
  }

  /// Revokes. Refusals are [AcmeRefusal]s.
  ///
  /// @param certificate in DER
  /// @param reason a code of RFC 5280 section 5.3.1, if one is given
  public Outcome<Device> revoke(By by, Bytes certificate, Optional<Integer> reason) {
    var why = REASONS.get(reason.orElse(UNSPECIFIED));
    if (why == null) return Outcome.refused(AcmeRefusal.REVOCATION_REASON);
    return issuedHere(certificate)
        .then(device -> allowed(by, device))
        .then(device -> {
          if (!device.active()) return Outcome.refused(AcmeRefusal.ALREADY_REVOKED);
          var mandate = new Mandate(new Actor.Machine(device.id()), new Reason(why));
          return revocation.revokeDevice(mandate, device.id());
        });
  }

  private Outcome<Device> issuedHere(Bytes certificate) {
    var thumbprint = Sha256.of(certificate.toArray());
    return changes
        .read(view ->
            view.certificate(thumbprint)
                .flatMap(issued -> view.device(issued.device()))
                .filter(device -> view.acme().held(device.id()).isPresent()))
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(AcmeRefusal.NOT_ISSUED_HERE));
  }

  private Outcome<Device> allowed(By by, Device device) {
    boolean allowed =
        switch (by) {
          case By.Holder(AccountKey key) -> key.thumbprint().equals(device.key());
          case By.Owner(Account account) ->
              changes
                  .read(view -> view.acme().held(device.id()))
                  .filter(held -> held.account().equals(account.id()))
                  .isPresent();
        };
    return allowed ? Outcome.done(device) : Outcome.refused(AcmeRefusal.ACCOUNT_OF_ANOTHER);
  }
}
