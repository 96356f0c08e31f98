// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.scep;

import dev.vigil.admission.device.Authorities;
import dev.vigil.admission.device.CertificateStatuses;
import dev.vigil.admission.device.Grants;
import dev.vigil.admission.device.Issued;
import dev.vigil.admission.device.Renewal;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.TimeSource;
import dev.vigil.pki.AcceptedKeys;
import dev.vigil.pki.Branch;
import dev.vigil.pki.CertificateBag;
import dev.vigil.pki.CertificateRequest;
import dev.vigil.pki.IssuedCertificate;
import dev.vigil.pki.RevocationList;
import dev.vigil.pki.scep.RegistrationKey;
import dev.vigil.pki.scep.ScepMessage;
import dev.vigil.pki.scep.ScepRefusal;
import dev.vigil.pki.scep.ScepReply;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What a SCEP message leads to (RFC 8894 section 3.3): the first certificate for a challenge
/// password, the next one for the current certificate, a certificate again whose delivery failed,
/// the revocation list.
public final class PkiOperation {

  private final UseCases useCases;
  private final Authorities authorities;
  private final RegistrationKey key;
  private final TimeSource time;
  private final ScepReply reply;

  /// What messages lead to.
  public record UseCases(Grants grants, Renewal renewal, CertificateStatuses statuses) {}

  public PkiOperation(
      UseCases useCases, Authorities authorities, RegistrationKey key, Machine machine) {
    this.useCases = useCases;
    this.authorities = authorities;
    this.key = key;
    this.time = machine.time;
    this.reply = new ScepReply(key, machine.entropy);
  }

  /// The clock, and the source of nonces.
  public record Machine(TimeSource time, Entropy entropy) {}

  /// An answer to a message that could be read.
  ///
  /// @param refused why nothing was done; empty if it was
  public record Answer(Bytes message, Optional<Refusal> refused) {}

  /// Answers a message. Only one that cannot be read as a SCEP message at all is refused here.
  public Outcome<Answer> answer(Bytes message) {
    return ScepMessage.parse(message).map(this::answer);
  }

  private Answer answer(ScepMessage message) {
    var now = time.now();
    return switch (message.verified().then(this::bag)) {
      case Outcome.Done<Bytes>(Bytes bag) ->
          new Answer(reply.granted(message, bag, now), Optional.empty());
      case Outcome.Refused<Bytes>(Refusal refusal, String _) ->
          new Answer(reply.refused(message, refusal, now), Optional.of(refusal));
    };
  }

  private Outcome<Bytes> bag(ScepMessage message) {
    return message
        .type()
        .then(type -> message.open(key).then(content -> bag(message, type, content)));
  }

  private Outcome<Bytes> bag(ScepMessage message, ScepMessage.Type type, Bytes content) {
    return switch (type) {
      case CERTIFICATE_REQUEST -> request(message, content).then(csr -> enrolled(message, csr));
      case RENEWAL_REQUEST -> request(message, content).then(csr -> renewed(message, csr));
      case POLL -> found(useCases.statuses.newest(message.signerKey()));
      case GET_CERTIFICATE -> numbered(content).then(serial -> own(message, serial));
      case GET_REVOCATION_LIST -> numbered(content).then(serial -> list(message, serial));
    };
  }

  /// The request must be for the key that signed the message: whoever sends it holds that key, so
  /// the answer can be encrypted to it.
  private static Outcome<CertificateRequest> request(ScepMessage message, Bytes content) {
    return CertificateRequest.parse(content, AcceptedKeys.ELLIPTIC_OR_RSA)
        .then(csr ->
            csr.thumbprint().equals(message.signerKey())
                ? Outcome.done(csr)
                : Outcome.refused(ScepRefusal.KEY_DIFFERS));
  }

  /// Without a challenge password it is how clients renew that were written before RFC 8894 made
  /// RenewalReq: signed with the current certificate.
  private Outcome<Bytes> enrolled(ScepMessage message, CertificateRequest csr) {
    if (csr.challenge().isEmpty()) {
      var renewed = renewed(message, csr);
      return renewed instanceof Outcome.Refused<Bytes>(Refusal refusal, String _)
              && refusal == dev.vigil.admission.device.DeviceRefusal.CERTIFICATE_UNKNOWN
          ? Outcome.refused(ScepRefusal.CHALLENGE_MISSING)
          : renewed;
    }
    return useCases
        .grants
        .spend(csr.challenge().get(), Grants.Protocol.SCEP, csr, List.of())
        .map(PkiOperation::bag);
  }

  private Outcome<Bytes> renewed(ScepMessage message, CertificateRequest csr) {
    var shown = new Renewal.Shown(message.signerCertificate(), csr, Optional.of(message.digest()));
    return useCases.renewal.renew(shown).map(PkiOperation::bag);
  }

  private static Bytes bag(Issued issued) {
    return CertificateBag.of(
        Stream.concat(Stream.of(issued.certificate().der()), issued.chain().stream()).toList());
  }

  private static Outcome<Bytes> found(Optional<IssuedCertificate> certificate) {
    return certificate
        .map(one -> Outcome.done(CertificateBag.of(List.of(one.der()))))
        .orElseGet(() -> Outcome.refused(ScepRefusal.NOT_FOUND));
  }

  private Outcome<String> numbered(Bytes content) {
    return ScepMessage.numbered(content, authorities.authority(Branch.DEVICE).certificate())
        .map(serial -> String.format(Locale.ROOT, "%032x", serial));
  }

  private Outcome<Bytes> own(ScepMessage message, String serial) {
    return found(useCases.statuses.own(message.signerKey(), serial));
  }

  private Outcome<Bytes> list(ScepMessage message, String serial) {
    return own(message, serial)
        .map(_ -> {
          var authority = authorities.authority(Branch.DEVICE);
          var revoked = useCases.statuses.revoked(Branch.DEVICE, time.now());
          return CertificateBag.of(RevocationList.of(authority, revoked, time.now()));
        });
  }
}
