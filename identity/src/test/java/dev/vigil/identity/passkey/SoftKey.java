// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.passkey;

import dev.vigil.identity.Attestation;
import dev.vigil.identity.Passkey;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;

/// An authenticator that signs whatever it is told to: any flags, counter, extensions and client
/// data.
final class SoftKey {

  static final int UP = 0x01;
  static final int UV = 0x04;
  static final int BE = 0x08;
  static final int BS = 0x10;
  static final int ED = 0x80;

  private static final byte[] ID = HexFormat.of().parseHex("0a0b0c0d0e0f");

  private final KeyPair pair;

  int flags = UP | UV;
  long counter = 5;
  byte[] extensions = new byte[0];
  String relyingParty = "bank.example";
  String type = "webauthn.get";
  String more = "";

  SoftKey() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      pair = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  Passkey passkey(SubjectId owner, String model, Attestation attestation, Instant now) {
    return new Passkey(
        Bytes.of(ID).toString(),
        owner,
        Bytes.of(cose()),
        model,
        0,
        (flags & BE) != 0,
        false,
        Set.of("internal"),
        "key",
        now,
        now,
        attestation);
  }

  byte[] cose() {
    var point = ((ECPublicKey) pair.getPublic()).getW();
    return joined(
        HexFormat.of().parseHex("a5010203262001215820"),
        coordinate(point.getAffineX()),
        HexFormat.of().parseHex("225820"),
        coordinate(point.getAffineY()));
  }

  private static byte[] coordinate(BigInteger value) {
    var fixed = new byte[32];
    var bytes = value.toByteArray();
    int from = Math.max(0, bytes.length - 32);
    System.arraycopy(bytes, from, fixed, 32 - (bytes.length - from), bytes.length - from);
    return fixed;
  }

  String assertion(Secret challenge, String owner) {
    byte[] client = client(challenge);
    byte[] data = authenticatorData(new byte[0]);
    try {
      var signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(pair.getPrivate());
      signature.update(data);
      signature.update(Sha256.of(client).bytes());
      return Vectors.json(
          ID,
          "\"clientDataJSON\":\"%s\",\"authenticatorData\":\"%s\",\"signature\":\"%s\",\"userHandle\":\"%s\""
              .formatted(
                  Bytes.of(client),
                  Bytes.of(data),
                  Bytes.of(signature.sign()),
                  Bytes.of(owner.getBytes(StandardCharsets.UTF_8))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A registration without attestation.
  String registration(Secret challenge, byte[] id) {
    byte[] credential =
        joined(
            new byte[16], ByteBuffer.allocate(2).putShort((short) id.length).array(), id, cose());
    flags |= 0x40;
    byte[] data = authenticatorData(credential);
    byte[] attestation =
        joined(
            HexFormat.of().parseHex("a363666d74646e6f6e656761747453746d74a0686175746844617461"),
            ByteBuffer.allocate(3).put((byte) 0x59).putShort((short) data.length).array(),
            data);
    return Vectors.registration(id, client(challenge), attestation);
  }

  private byte[] client(Secret challenge) {
    return "{\"type\":\"%s\",\"challenge\":\"%s\",\"origin\":\"https://bank.example\"%s}"
        .formatted(type, Bytes.of(challenge.reveal()), more)
        .getBytes(StandardCharsets.UTF_8);
  }

  private byte[] authenticatorData(byte[] credential) {
    return joined(
        Sha256.of(relyingParty.getBytes(StandardCharsets.UTF_8)).bytes(),
        new byte[] {(byte) flags},
        ByteBuffer.allocate(4).putInt((int) counter).array(),
        credential,
        extensions);
  }

  static byte[] joined(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) out.writeBytes(part);
    return out.toByteArray();
  }
}
