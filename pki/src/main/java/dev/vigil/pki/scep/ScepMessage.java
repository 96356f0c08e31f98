// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki.scep;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import dev.vigil.pki.AcceptedKeys;
import dev.vigil.pki.KeyThumbprint;
import java.io.IOException;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;

/// A SCEP message (`pkiMessage`, RFC 8894 section 3) as it came. Once it is [verified][#verified]
/// it is known that the signer holds the key of the certificate beside the signature, and nothing
/// else: whose certificate that is, is for others to say.
public final class ScepMessage {

  /// The largest message that is read, in bytes.
  public static final int LARGEST = 32 * 1024;

  private static final Set<ASN1ObjectIdentifier> DIGESTS =
      Set.of(
          NISTObjectIdentifiers.id_sha256,
          NISTObjectIdentifiers.id_sha384,
          NISTObjectIdentifiers.id_sha512);
  private static final Set<ASN1ObjectIdentifier> SIGNATURES =
      Set.of(
          PKCSObjectIdentifiers.rsaEncryption,
          PKCSObjectIdentifiers.sha256WithRSAEncryption,
          PKCSObjectIdentifiers.sha384WithRSAEncryption,
          PKCSObjectIdentifiers.sha512WithRSAEncryption);

  private final String type;
  private final String transaction;
  private final Bytes senderNonce;
  private final SignerInformation signer;
  private final X509Certificate certificate;
  private final Bytes content;

  private ScepMessage(Said said, Signed signed) {
    this.type = said.type;
    this.transaction = said.transaction;
    this.senderNonce = said.senderNonce;
    this.signer = signed.signer;
    this.certificate = signed.certificate;
    this.content = signed.content;
  }

  private record Said(String type, String transaction, Bytes senderNonce) {}

  private record Signed(SignerInformation signer, X509Certificate certificate, Bytes content) {}

  /// What a device wants (RFC 8894 section 3.2.1.2).
  public enum Type {
    RENEWAL_REQUEST("17"),
    CERTIFICATE_REQUEST("19"),
    POLL("20"),
    GET_CERTIFICATE("21"),
    GET_REVOCATION_LIST("22");

    private final String number;

    Type(String number) {
      this.number = number;
    }
  }

  /// Reads the outside of a message; nothing is believed yet. Refused as [ScepRefusal#MALFORMED].
  public static Outcome<ScepMessage> parse(Bytes message) {
    if (message.size() > LARGEST) return Outcome.refused(ScepRefusal.MALFORMED);
    try {
      return read(new CMSSignedData(message.toArray()))
          .<Outcome<ScepMessage>>map(Outcome::done)
          .orElseGet(() -> Outcome.refused(ScepRefusal.MALFORMED));
    } catch (CMSException
        | CertificateException
        | RuntimeException e) { // the parser throws many kinds on hostile input
      return Outcome.refused(ScepRefusal.MALFORMED);
    }
  }

  private static Optional<ScepMessage> read(CMSSignedData data) throws CertificateException {
    var signers = data.getSignerInfos().getSigners();
    if (signers.size() != 1 || data.getSignedContent() == null) return Optional.empty();
    var signer = signers.iterator().next();
    var certificates = beside(data, signer);
    var table = signer.getSignedAttributes();
    if (certificates.size() != 1 || table == null) return Optional.empty();
    if (!(data.getSignedContent().getContent() instanceof byte[] content)) return Optional.empty();
    var certificate =
        new JcaX509CertificateConverter().getCertificate(certificates.iterator().next());
    return said(new ScepAttributes(table))
        .map(said -> new ScepMessage(said, new Signed(signer, certificate, Bytes.of(content))));
  }

  @SuppressWarnings("unchecked") // the library's SignerId is a selector of no declared type
  private static Collection<X509CertificateHolder> beside(
      CMSSignedData data, SignerInformation signer) {
    return data.getCertificates().getMatches(signer.getSID());
  }

  private static Optional<Said> said(ScepAttributes attributes) {
    return attributes
        .messageType()
        .flatMap(type ->
            attributes
                .transaction()
                .flatMap(transaction ->
                    attributes.senderNonce().map(nonce -> new Said(type, transaction, nonce))));
  }

  /// The message, if its signature fits the certificate beside it and is made with RSA and SHA-256
  /// or better.
  public Outcome<ScepMessage> verified() {
    if (!DIGESTS.contains(new ASN1ObjectIdentifier(signer.getDigestAlgOID()))
        || !SIGNATURES.contains(new ASN1ObjectIdentifier(signer.getEncryptionAlgOID())))
      return Outcome.refused(ScepRefusal.ALGORITHM);
    return rsaKey().then(this::signedBy);
  }

  private Outcome<PublicKey> rsaKey() {
    return AcceptedKeys.ELLIPTIC_OR_RSA
        .keyOf(Bytes.of(certificate.getPublicKey().getEncoded()))
        .then(key ->
            key instanceof RSAPublicKey
                ? Outcome.done(key)
                : Outcome.refused(ScepRefusal.ALGORITHM));
  }

  private Outcome<ScepMessage> signedBy(PublicKey key) {
    try {
      return signer.verify(new JcaSimpleSignerInfoVerifierBuilder().build(key))
          ? Outcome.done(this)
          : Outcome.refused(ScepRefusal.INTEGRITY);
    } catch (CMSException | OperatorCreationException | RuntimeException e) { // hostile signatures
      return Outcome.refused(ScepRefusal.INTEGRITY);
    }
  }

  /// What is inside, decrypted with the registration authority's key.
  public Outcome<Bytes> open(RegistrationKey key) {
    return ScepEnvelope.open(content.toArray(), key);
  }

  /// The serial number in what was inside GetCert and GetCRL (`IssuerAndSerialNumber`), if it is
  /// about a certificate of this issuer.
  public static Outcome<BigInteger> numbered(Bytes content, X509Certificate issuer) {
    try {
      var asked = IssuerAndSerialNumber.getInstance(content.toArray());
      var serial = asked.getSerialNumber().getValue();
      var name = X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded());
      return asked.getName().equals(name) && serial.signum() > 0
          ? Outcome.done(serial)
          : Outcome.refused(ScepRefusal.NOT_FOUND);
    } catch (RuntimeException e) { // the parser throws many kinds on hostile input
      return Outcome.refused(ScepRefusal.MALFORMED);
    }
  }

  /// What the device wants.
  public Outcome<Type> type() {
    return Arrays.stream(Type.values())
        .filter(one -> one.number.equals(type))
        .findFirst()
        .<Outcome<Type>>map(Outcome::done)
        .orElseGet(() -> Outcome.refused(ScepRefusal.MESSAGE_TYPE));
  }

  /// The RFC 7638 thumbprint of the key that signed. Only of a verified message.
  public Sha256 signerKey() {
    return KeyThumbprint.of(certificate.getPublicKey());
  }

  /// The thumbprint of the certificate beside the signature.
  public Sha256 signerCertificate() {
    try {
      return Sha256.of(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read can be encoded", e);
    }
  }

  /// What makes this message one of its kind: the digest of its signed attributes, nonce and
  /// transaction among them.
  public Sha256 digest() {
    try {
      return Sha256.of(signer.getEncodedSignedAttributes());
    } catch (IOException e) {
      throw new IllegalStateException("attributes that were read can be encoded", e);
    }
  }

  String transaction() {
    return transaction;
  }

  Bytes senderNonce() {
    return senderNonce;
  }

  X509Certificate certificate() {
    return certificate;
  }
}
