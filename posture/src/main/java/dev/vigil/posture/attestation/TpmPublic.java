// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation;

import dev.vigil.kernel.Outcome;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tss.TpmStructure;
import tss.tpm.TPM2B_PUBLIC_KEY_RSA;
import tss.tpm.TPMA_OBJECT;
import tss.tpm.TPMS_ECC_PARMS;
import tss.tpm.TPMS_ECC_POINT;
import tss.tpm.TPMS_RSA_PARMS;
import tss.tpm.TPMT_PUBLIC;
import tss.tpm.TPM_ECC_CURVE;

/// The public area of a key in a TPM (TPM 2.0 Library, part 2, section 12.2.4, `TPMT_PUBLIC`).
record TpmPublic(TPMT_PUBLIC area) {

  private static final int LEAST_RSA_BITS = 2048;

  /// The digests that name keys (part 1, section 16, "Names"). SHA-1 names nothing here.
  private static final Map<Short, String> DIGESTS =
      Map.of((short) 0x000b, "SHA-256", (short) 0x000c, "SHA-384", (short) 0x000d, "SHA-512");

  private static final Map<TPM_ECC_CURVE, String> CURVES =
      Map.of(
          TPM_ECC_CURVE.NIST_P256, "secp256r1",
          TPM_ECC_CURVE.NIST_P384, "secp384r1",
          TPM_ECC_CURVE.NIST_P521, "secp521r1");

  /// Made in this TPM, and never to leave it (part 2, section 8.3, `TPMA_OBJECT`).
  private static final List<TPMA_OBJECT> BOUND =
      List.of(TPMA_OBJECT.fixedTPM, TPMA_OBJECT.fixedParent, TPMA_OBJECT.sensitiveDataOrigin);

  /// The public area whose name this is: an algorithm and the digest of the encoded area.
  static Optional<TpmPublic> named(byte[] name, byte[] encoded) {
    if (name.length < Short.BYTES) return Optional.empty();
    var digest = Arrays.copyOfRange(name, Short.BYTES, name.length);
    short algorithm = ByteBuffer.wrap(name).getShort();
    return digest(algorithm, encoded)
        .filter(own -> MessageDigest.isEqual(own, digest))
        .flatMap(_ -> structure(encoded, TPMT_PUBLIC::fromBytes))
        .filter(area -> area.nameAlg.toInt() == algorithm)
        .map(TpmPublic::new);
  }

  private static Optional<byte[]> digest(short algorithm, byte[] encoded) {
    try {
      var name = DIGESTS.get(algorithm);
      return name == null
          ? Optional.empty()
          : Optional.of(MessageDigest.getInstance(name).digest(encoded));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  /// What the library reads out of these bytes; empty if they are not exactly that. It throws
  /// whatever comes to it, and takes what is missing for zero.
  static <T extends TpmStructure> Optional<T> structure(byte[] encoded, Function<byte[], T> read) {
    try {
      return Optional.ofNullable(read.apply(encoded))
          .filter(one -> Arrays.equals(one.toBytes(), encoded));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  /// The key, if it stays in the TPM, signs what its holder likes, and is of a kind and size that
  /// is trusted.
  Outcome<PublicKey> signingKey() {
    var attributes = area.objectAttributes;
    if (!BOUND.stream().allMatch(attributes::hasAttr)
        || attributes.hasAttr(TPMA_OBJECT.encryptedDuplication))
      return Outcome.refused(AttestationRefusal.NOT_HARDWARE);
    if (!attributes.hasAttr(TPMA_OBJECT.sign) || attributes.hasAttr(TPMA_OBJECT.restricted))
      return Outcome.refused(AttestationRefusal.MALFORMED, "the key signs nothing of its holder's");
    return publicKey()
        .map(Outcome::done)
        .orElseGet(
            () ->
                Outcome.refused(
                    AttestationRefusal.MALFORMED, "the key is of no kind that is trusted"));
  }

  private Optional<PublicKey> publicKey() {
    try {
      if (area.unique instanceof TPM2B_PUBLIC_KEY_RSA rsa
          && area.parameters instanceof TPMS_RSA_PARMS parameters)
        return rsa(rsa.buffer, parameters.exponent);
      if (area.unique instanceof TPMS_ECC_POINT point
          && area.parameters instanceof TPMS_ECC_PARMS parameters)
        return ec(point, parameters.curveID);
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  /// An exponent of zero stands for 65537 (part 2, section 12.2.3.5).
  private static Optional<PublicKey> rsa(byte[] unique, int exponent)
      throws GeneralSecurityException {
    var modulus = new BigInteger(1, unique);
    if (modulus.bitLength() < LEAST_RSA_BITS) return Optional.empty();
    var power = BigInteger.valueOf(exponent == 0 ? 65_537 : Integer.toUnsignedLong(exponent));
    var key = KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, power));
    return Optional.of(key);
  }

  private static Optional<PublicKey> ec(TPMS_ECC_POINT at, TPM_ECC_CURVE curve)
      throws GeneralSecurityException {
    var name = CURVES.get(curve);
    if (name == null) return Optional.empty();
    var known = AlgorithmParameters.getInstance("EC");
    known.init(new ECGenParameterSpec(name));
    var point = new ECPoint(new BigInteger(1, at.x), new BigInteger(1, at.y));
    var spec = new ECPublicKeySpec(point, known.getParameterSpec(ECParameterSpec.class));
    return Optional.of(KeyFactory.getInstance("EC").generatePublic(spec));
  }
}
