// SPDX-License-Identifier: Apache-2.0
package dev.vigil.testkit;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.OtherName;
import tools.jackson.dataformat.cbor.CBORMapper;
import tss.tpm.TPMA_OBJECT;
import tss.tpm.TPMS_ATTEST;
import tss.tpm.TPMS_CERTIFY_INFO;
import tss.tpm.TPMS_CLOCK_INFO;
import tss.tpm.TPMS_ECC_PARMS;
import tss.tpm.TPMS_ECC_POINT;
import tss.tpm.TPMS_NULL_ASYM_SCHEME;
import tss.tpm.TPMS_NULL_KDF_SCHEME;
import tss.tpm.TPMT_PUBLIC;
import tss.tpm.TPMT_SYM_DEF_OBJECT;
import tss.tpm.TPM_ALG_ID;
import tss.tpm.TPM_ECC_CURVE;
import tss.tpm.TPM_GENERATED;

/// Makes key attestations as a laptop's TPM would, without one: an attestation key in memory whose
/// certificate comes from an authority of ours.
public final class TpmStatements {

  private static final CBORMapper CBOR = new CBORMapper();
  private static final int ES256 = -7;

  private final AttestationCa ca;
  private final SoftwareKey attestationKey;

  /// The fields of a statement, to be spoilt one by one.
  public record Fields(
      String version,
      int algorithm,
      List<X509Certificate> chain,
      Bytes signature,
      Bytes certInfo,
      Bytes pubArea) {

    /// An attestation object of format `tpm`.
    public Bytes statement() {
      var content = new LinkedHashMap<String, Object>();
      content.put("ver", version);
      content.put("alg", algorithm);
      content.put("x5c", chain.stream().map(AppleStatements::encoded).toList());
      content.put("sig", signature.toArray());
      content.put("certInfo", certInfo.toArray());
      content.put("pubArea", pubArea.toArray());
      var whole = new LinkedHashMap<String, Object>();
      whole.put("fmt", "tpm");
      whole.put("attStmt", content);
      return Bytes.of(CBOR.writeValueAsBytes(whole));
    }
  }

  private TpmStatements(AttestationCa ca, SoftwareKey attestationKey) {
    this.ca = ca;
    this.attestationKey = attestationKey;
  }

  /// A new authority, good from 1970 to 2100, and a new attestation key.
  public static TpmStatements create() {
    return new TpmStatements(AttestationCa.root("TPM root for tests"), SoftwareKey.generate());
  }

  /// The root to configure as one for tests.
  public X509Certificate root() {
    return ca.certificate();
  }

  /// The statement that the key is in the TPM, signed along with `extraData`.
  public Bytes statement(SoftwareKey key, Bytes extraData, Instant at) {
    return fields(publicArea(key, bound()), extraData, at).statement();
  }

  /// The parts of it.
  public Fields fields(Bytes pubArea, Bytes extraData, Instant at) {
    return fieldsWith(template(at, "laptop-7"), pubArea, extraData);
  }

  /// The same with another certificate of the attestation key.
  public Fields fieldsWith(AttestationCa.Template template, Bytes pubArea, Bytes extraData) {
    var named = Sha256.of(pubArea.toArray()).bytes();
    byte[] name = ByteBuffer.allocate(2 + named.length).putShort((short) 0x000b).put(named).array();
    var info = attest(new TPMS_CERTIFY_INFO(name, name), extraData);
    return signed(info, pubArea, ca.issue(attestationKey.publicKey(), template));
  }

  /// Signs what a TPM attests, whatever it is.
  public Fields signed(Bytes certInfo, Bytes pubArea, X509Certificate certificate) {
    var signature = Bytes.of(attestationKey.sign(certInfo.toArray()));
    return new Fields("2.0", ES256, List.of(certificate), signature, certInfo, pubArea);
  }

  /// What a TPM attests, encoded.
  public static Bytes attest(tss.tpm.TPMU_ATTEST attested, Bytes extraData) {
    return Bytes.of(
        new TPMS_ATTEST(
                TPM_GENERATED.VALUE,
                new byte[] {0, 0x0b},
                extraData.toArray(),
                new TPMS_CLOCK_INFO(),
                1,
                attested)
            .toBytes());
  }

  /// The attributes of a key that signs and never leaves its TPM.
  public static TPMA_OBJECT bound() {
    return new TPMA_OBJECT(
        TPMA_OBJECT.fixedTPM,
        TPMA_OBJECT.fixedParent,
        TPMA_OBJECT.sensitiveDataOrigin,
        TPMA_OBJECT.userWithAuth,
        TPMA_OBJECT.sign);
  }

  /// The public area of a key, encoded.
  public static Bytes publicArea(SoftwareKey key, TPMA_OBJECT attributes) {
    var point = key.publicKey().getW();
    var parameters =
        new TPMS_ECC_PARMS(
            new TPMT_SYM_DEF_OBJECT(TPM_ALG_ID.NULL, 0, TPM_ALG_ID.NULL),
            new TPMS_NULL_ASYM_SCHEME(),
            TPM_ECC_CURVE.NIST_P256,
            new TPMS_NULL_KDF_SCHEME());
    var unique = new TPMS_ECC_POINT(coordinate(point.getAffineX()), coordinate(point.getAffineY()));
    return Bytes.of(
        new TPMT_PUBLIC(TPM_ALG_ID.SHA256, attributes, new byte[0], parameters, unique).toBytes());
  }

  private static byte[] coordinate(BigInteger number) {
    byte[] bytes = number.toByteArray();
    int from = Math.max(0, bytes.length - 32);
    var padded = ByteBuffer.allocate(32);
    padded.position(32 - (bytes.length - from));
    return padded.put(bytes, from, bytes.length - from).array();
  }

  /// An attestation key's certificate (WebAuthn Level 3, section 8.3.1), good for a year.
  public X509Certificate certificate(PublicKey key, Instant at, String permanentIdentifier) {
    return ca.issue(key, template(at, permanentIdentifier));
  }

  /// What stands in it.
  public static AttestationCa.Template template(Instant at, String permanentIdentifier) {
    var use = KeyPurposeId.getInstance(new ASN1ObjectIdentifier("2.23.133.8.3"));
    return AttestationCa.Template.of("CN=attestation key", at)
        .with("2.5.29.37", encoded(new ExtendedKeyUsage(use)))
        .with("2.5.29.17", encoded(names(permanentIdentifier)));
  }

  private static GeneralNames names(String permanentIdentifier) {
    var maker =
        new X500NameBuilder()
            .addRDN(new ASN1ObjectIdentifier("2.23.133.2.1"), "id:49424D00")
            .addRDN(new ASN1ObjectIdentifier("2.23.133.2.2"), "none")
            .addRDN(new ASN1ObjectIdentifier("2.23.133.2.3"), "id:20191023")
            .build();
    var permanent =
        new OtherName(
            new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.3"),
            new DERSequence(new DERUTF8String(permanentIdentifier)));
    return new GeneralNames(
        new GeneralName[] {
          new GeneralName(maker), new GeneralName(GeneralName.otherName, permanent)
        });
  }

  private static Bytes encoded(org.bouncycastle.asn1.ASN1Object value) {
    try {
      return Bytes.of(value.getEncoded());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
