// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.pki;

import dev.vigil.testkit.TestRegistration;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.CMSEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/// A device that makes SCEP messages by hand, good ones and bad ones.
final class ScepDevice {

  static final String PKCS_REQ = "19";
  static final String RENEWAL_REQ = "17";
  static final String CERT_POLL = "20";
  static final byte[] NONCE = "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.UTF_8);

  final KeyPair pair;
  final X509Certificate own;

  private ScepDevice(KeyPair pair, X509Certificate own) {
    this.pair = pair;
    this.own = own;
  }

  /// How a message is made.
  record Manner(String type, String signature, ASN1ObjectIdentifier cipher, String transaction) {
    static Manner good(String type) {
      return new Manner(type, "SHA256withRSA", CMSAlgorithm.AES128_CBC, "tx-1");
    }

    Manner signed(String algorithm) {
      return new Manner(type, algorithm, cipher, transaction);
    }

    Manner encrypted(ASN1ObjectIdentifier with) {
      return new Manner(type, signature, with, transaction);
    }
  }

  static ScepDevice make(int bits) throws Exception {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    var pair = generator.generateKeyPair();
    var name = new X500Name("CN=tablet");
    var now = Instant.now();
    var builder =
        new JcaX509v3CertificateBuilder(
            name,
            BigInteger.valueOf(now.toEpochMilli()),
            Date.from(now.minusSeconds(3600)),
            Date.from(now.plusSeconds(3600)),
            name,
            pair.getPublic());
    return new ScepDevice(pair, convert(builder.build(signer("SHA256withRSA", pair.getPrivate()))));
  }

  private static org.bouncycastle.operator.ContentSigner signer(String algorithm, PrivateKey key)
      throws Exception {
    return new JcaContentSignerBuilder(algorithm).build(key);
  }

  private static X509Certificate convert(X509CertificateHolder holder) throws Exception {
    return new JcaX509CertificateConverter().getCertificate(holder);
  }

  /// A request that asks for names which nobody gives it.
  byte[] request(Optional<String> challenge, String signature) throws Exception {
    var builder =
        new JcaPKCS10CertificationRequestBuilder(
            new X500Name("OU=partner,CN=dev_another"), pair.getPublic());
    challenge.ifPresent(text ->
        builder.addAttribute(
            PKCSObjectIdentifiers.pkcs_9_at_challengePassword, new DERPrintableString(text)));
    var extensions = new ExtensionsGenerator();
    extensions.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(
            new GeneralName(
                GeneralName.uniformResourceIdentifier, "urn:vigil:device:dev_another")));
    builder.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate());
    return builder.build(signer(signature, pair.getPrivate())).getEncoded();
  }

  byte[] request(Optional<String> challenge) throws Exception {
    return request(challenge, "SHA256withRSA");
  }

  /// A message for the registration authority, signed by this device with a certificate.
  byte[] message(TestRegistration to, byte[] inside, Manner manner, X509Certificate with)
      throws Exception {
    var envelopes = new CMSEnvelopedDataGenerator();
    envelopes.addRecipientInfoGenerator(new JceKeyTransRecipientInfoGenerator(to.certificate()));
    var envelope =
        envelopes.generate(
            new CMSProcessableByteArray(inside),
            new JceCMSContentEncryptorBuilder(manner.cipher).build());
    var generator = new CMSSignedDataGenerator();
    generator.addSignerInfoGenerator(
        new SignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
            .setSignedAttributeGenerator(
                new DefaultSignedAttributeTableGenerator(attributes(manner)))
            .build(
                signer(manner.signature, pair.getPrivate()), new JcaX509CertificateHolder(with)));
    generator.addCertificate(new JcaX509CertificateHolder(with));
    return generator
        .generate(new CMSProcessableByteArray(envelope.getEncoded()), true)
        .getEncoded();
  }

  private static AttributeTable attributes(Manner manner) {
    var all = new ASN1EncodableVector();
    add(all, "2", new DERPrintableString(manner.type));
    add(all, "7", new DERPrintableString(manner.transaction));
    add(all, "5", new DEROctetString(NONCE));
    return new AttributeTable(all);
  }

  private static void add(
      ASN1EncodableVector all, String name, org.bouncycastle.asn1.ASN1Encodable value) {
    all.add(new Attribute(oid(name), new DERSet(value)));
  }

  private static ASN1ObjectIdentifier oid(String name) {
    return new ASN1ObjectIdentifier("2.16.840.1.113733.1.9." + name);
  }

  /// What came back, its signature and nonces checked.
  record Answer(String status, String failInfo, List<X509Certificate> certificates) {}

  Answer read(HttpResponse<byte[]> response, TestRegistration from) throws Exception {
    if (response.statusCode() != 200)
      throw new AssertionError(
          new String(response.body(), java.nio.charset.StandardCharsets.UTF_8));
    var data = new CMSSignedData(response.body());
    var signer = data.getSignerInfos().getSigners().iterator().next();
    boolean signed =
        signer.verify(
            new JcaSimpleSignerInfoVerifierBuilder().build(from.certificate().getPublicKey()));
    var table = signer.getSignedAttributes();
    var nonce = ASN1OctetString.getInstance(value(table, "6").orElseThrow()).getOctets();
    if (!signed || !java.util.Arrays.equals(nonce, NONCE)) throw new AssertionError("not for me");
    String status = text(table, "3");
    if (!"0".equals(status)) return new Answer(status, text(table, "4"), List.of());
    return new Answer(status, "", opened((byte[]) data.getSignedContent().getContent()));
  }

  private List<X509Certificate> opened(byte[] content) throws Exception {
    var envelope = new CMSEnvelopedData(content);
    var inside =
        envelope
            .getRecipientInfos()
            .iterator()
            .next()
            .getContent(new JceKeyTransEnvelopedRecipient(pair.getPrivate()));
    var found = new java.util.ArrayList<X509Certificate>();
    for (var one : new CMSSignedData(inside).getCertificates().getMatches(null))
      found.add(convert(one));
    return found;
  }

  /// The certificate that is for this device's key.
  X509Certificate mine(Answer answer) {
    return answer.certificates.stream()
        .filter(one -> one.getPublicKey().equals(pair.getPublic()))
        .findFirst()
        .orElseThrow();
  }

  private static Optional<org.bouncycastle.asn1.ASN1Encodable> value(
      AttributeTable table, String name) {
    return Optional.ofNullable(table.get(oid(name))).map(one -> one.getAttrValues().getObjectAt(0));
  }

  private static String text(AttributeTable table, String name) {
    return value(table, name).map(one -> ((ASN1String) one).getString()).orElse("");
  }
}
