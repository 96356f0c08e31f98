// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki;

import dev.vigil.kernel.Bytes;
import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/// Answers of an OCSP responder (RFC 6960) about the certificates of one intermediate, signed by
/// the intermediate itself: a delegate's certificate would need a purpose that the intermediate may
/// not give.
public final class StatusAnswers {

  /// The largest request that is read, in bytes.
  public static final int LARGEST = 4 * 1024;

  /// How long an answer is good.
  public static final Duration GOOD_FOR = Duration.ofMinutes(10);

  private static final int MOST_QUESTIONS = 16;
  private static final int LONGEST_NONCE = 128; // RFC 9654 section 2.1
  private static final int LONGEST_SERIAL_BITS = 128;
  private static final Set<ASN1ObjectIdentifier> DIGESTS =
      Set.of(OIWObjectIdentifiers.idSHA1, NISTObjectIdentifiers.id_sha256);

  private final Authority authority;
  private final X509CertificateHolder issuer;
  private final Function<String, CertificateStatus> statuses;

  /// @param statuses by serial, in hexadecimal
  public StatusAnswers(Authority authority, Function<String, CertificateStatus> statuses) {
    this.authority = authority;
    this.statuses = statuses;
    try {
      this.issuer = new JcaX509CertificateHolder(authority.certificate());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate of our own cannot be encoded", e);
    }
  }

  /// An answer.
  ///
  /// @param der an `OCSPResponse`
  /// @param repeatable whether it answers everybody who asks the same: there was no nonce
  public record Answer(Bytes der, boolean repeatable) {}

  /// Answers a request in DER; one that cannot be read is told so.
  public Answer answer(Bytes der, Instant now) {
    OCSPReq request;
    Optional<Extension> nonce;
    try {
      if (der.size() > LARGEST) return malformed();
      request = new OCSPReq(der.toArray());
      nonce = nonceOf(request);
      if (request.getRequestList().length == 0 || request.getRequestList().length > MOST_QUESTIONS)
        return malformed();
    } catch (IOException | RuntimeException e) { // the parser throws many kinds on hostile input
      return malformed();
    }
    return signed(request, nonce, now);
  }

  private static Optional<Extension> nonceOf(OCSPReq request) {
    var found = Optional.ofNullable(request.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce));
    found.ifPresent(nonce -> {
      int length = ASN1OctetString.getInstance(nonce.getParsedValue()).getOctets().length;
      if (length == 0 || length > LONGEST_NONCE)
        throw new IllegalArgumentException("a nonce has 1 to 128 bytes");
    });
    return found;
  }

  private Answer signed(OCSPReq request, Optional<Extension> nonce, Instant now) {
    var builder = new BasicOCSPRespBuilder(new RespID(issuer.getSubject()));
    for (var question : request.getRequestList())
      builder.addResponse(
          question.getCertID(),
          shown(question.getCertID()),
          Date.from(now),
          Date.from(now.plus(GOOD_FOR)),
          null);
    nonce.ifPresent(one -> builder.setResponseExtensions(new Extensions(one)));
    try {
      var basic =
          builder.build(
              new KeyInHand(authority.issuer().key()),
              new X509CertificateHolder[] {issuer},
              Date.from(now));
      return written(OCSPRespBuilder.SUCCESSFUL, Optional.of(basic), nonce.isEmpty());
    } catch (OCSPException e) {
      throw new IllegalStateException("an answer of our own cannot be signed", e);
    }
  }

  private org.bouncycastle.cert.ocsp.@org.jspecify.annotations.Nullable CertificateStatus shown(
      CertificateID id) {
    return switch (status(id)) {
      case CertificateStatus.Good _ -> org.bouncycastle.cert.ocsp.CertificateStatus.GOOD;
      case CertificateStatus.Revoked(Instant at) -> new RevokedStatus(Date.from(at));
      case CertificateStatus.Unknown _ -> new UnknownStatus();
    };
  }

  private CertificateStatus status(CertificateID id) {
    var serial = id.getSerialNumber();
    boolean ours =
        DIGESTS.contains(id.getHashAlgOID())
            && serial.signum() > 0
            && serial.bitLength() <= LONGEST_SERIAL_BITS
            && matches(id);
    return ours ? statuses.apply(hex(serial)) : new CertificateStatus.Unknown();
  }

  private boolean matches(CertificateID id) {
    try {
      return id.matchesIssuer(issuer, new JcaDigestCalculatorProviderBuilder().build());
    } catch (OCSPException | OperatorCreationException e) {
      return false;
    }
  }

  private static String hex(BigInteger serial) {
    return String.format(java.util.Locale.ROOT, "%032x", serial);
  }

  private static Answer malformed() {
    return written(OCSPRespBuilder.MALFORMED_REQUEST, Optional.empty(), false);
  }

  private static Answer written(int status, Optional<Object> content, boolean repeatable) {
    try {
      var answer = new OCSPRespBuilder().build(status, content.orElse(null));
      return new Answer(Bytes.of(answer.getEncoded()), repeatable);
    } catch (OCSPException | IOException e) {
      throw new IllegalStateException("an answer of our own cannot be encoded", e);
    }
  }
}
