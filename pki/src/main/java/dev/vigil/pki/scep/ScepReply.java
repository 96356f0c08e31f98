// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki.scep;

import static dev.vigil.pki.scep.ScepAttributes.FAIL_INFO;
import static dev.vigil.pki.scep.ScepAttributes.FAIL_TEXT;
import static dev.vigil.pki.scep.ScepAttributes.MESSAGE_TYPE;
import static dev.vigil.pki.scep.ScepAttributes.NONCE_BYTES;
import static dev.vigil.pki.scep.ScepAttributes.RECIPIENT_NONCE;
import static dev.vigil.pki.scep.ScepAttributes.SENDER_NONCE;
import static dev.vigil.pki.scep.ScepAttributes.STATUS;
import static dev.vigil.pki.scep.ScepAttributes.TRANSACTION;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.cert.CertificateEncodingException;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSAbsentContent;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.CMSTypedData;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/// Answers SCEP messages (`CertRep`, RFC 8894 section 3.3.2), signed by the registration authority.
public final class ScepReply {

  private static final String CERT_REP = "3";
  private static final String SUCCESS = "0";
  private static final String FAILURE = "2";

  /// How the algorithm is named beside the signature (RFC 3370 section 3.2): some clients know no
  /// other name.
  private static final AlgorithmIdentifier PLAIN_RSA =
      new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);

  private final RegistrationKey key;
  private final Entropy entropy;

  public ScepReply(RegistrationKey key, Entropy entropy) {
    this.key = key;
    this.entropy = entropy;
  }

  /// What was asked for, encrypted to the key that signed the request.
  ///
  /// @param bag certificates or a revocation list
  public Bytes granted(ScepMessage request, Bytes bag, Instant now) {
    var content = ScepEnvelope.seal(bag, request.certificate());
    return signed(
        new CMSProcessableByteArray(content.toArray()), attributes(request, SUCCESS, now));
  }

  /// That nothing was done, and why (RFC 8894 section 3.3.2.2).
  public Bytes refused(ScepMessage request, Refusal refusal, Instant now) {
    var attributes = attributes(request, FAILURE, now);
    add(attributes, FAIL_INFO, new DERPrintableString(FailInfo.of(refusal).number()));
    add(attributes, FAIL_TEXT, new DERUTF8String(refusal.says() + "; next: " + refusal.next()));
    return signed(new CMSAbsentContent(), attributes);
  }

  private ASN1EncodableVector attributes(ScepMessage request, String status, Instant now) {
    var attributes = new ASN1EncodableVector();
    add(attributes, MESSAGE_TYPE, new DERPrintableString(CERT_REP));
    add(attributes, STATUS, new DERPrintableString(status));
    add(attributes, TRANSACTION, new DERPrintableString(request.transaction()));
    add(attributes, RECIPIENT_NONCE, new DEROctetString(request.senderNonce().toArray()));
    add(attributes, SENDER_NONCE, new DEROctetString(entropy.bytes(NONCE_BYTES)));
    add(attributes, CMSAttributes.signingTime, new Time(Date.from(now)));
    return attributes;
  }

  private static void add(
      ASN1EncodableVector attributes, ASN1ObjectIdentifier name, ASN1Encodable value) {
    attributes.add(new Attribute(name, new DERSet(value)));
  }

  private Bytes signed(CMSTypedData content, ASN1EncodableVector attributes) {
    try {
      var certificate = new JcaX509CertificateHolder(key.certificate());
      var generator = new CMSSignedDataGenerator();
      generator.addSignerInfoGenerator(
          new SignerInfoGeneratorBuilder(
                  new JcaDigestCalculatorProviderBuilder().build(), _ -> PLAIN_RSA)
              .setSignedAttributeGenerator(
                  new DefaultSignedAttributeTableGenerator(new AttributeTable(attributes)))
              .build(new Signer(key), certificate));
      generator.addCertificate(certificate);
      return Bytes.of(generator.generate(content, true).getEncoded());
    } catch (CertificateEncodingException
        | OperatorCreationException
        | CMSException
        | IOException e) {
      throw new IllegalStateException("an answer of our own cannot be signed", e);
    }
  }

  /// Lets the library sign with a key it never sees.
  private static final class Signer implements ContentSigner {
    private final RegistrationKey key;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    Signer(RegistrationKey key) {
      this.key = key;
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
      return new AlgorithmIdentifier(
          PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE);
    }

    @Override
    public OutputStream getOutputStream() {
      return content;
    }

    @Override
    public byte[] getSignature() {
      return key.sign(content.toByteArray());
    }
  }
}
