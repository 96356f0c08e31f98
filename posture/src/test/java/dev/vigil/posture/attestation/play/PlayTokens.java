// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation.play;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.AESEncrypter;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.vigil.kernel.Secret;
import dev.vigil.posture.attestation.TrustRoot;
import java.util.Arrays;

/// Tokens as Google makes them, with keys of our own: no real token is public.
record PlayTokens(Secret decryption, ECKey signing) {

  static PlayTokens fresh(int seed) {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) seed);
    try {
      return new PlayTokens(Secret.of(secret), new ECKeyGenerator(Curve.P_256).generate());
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  PlayKeys keys() {
    try {
      return new PlayKeys(TrustRoot.VENDOR, decryption, signing.toECPublicKey());
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  String token(String payload) {
    return sealed(
        signed(payload), new JWEHeader.Builder(JWEAlgorithm.A256KW, EncryptionMethod.A256GCM));
  }

  String signed(String payload) {
    try {
      var inner = new JWSObject(new JWSHeader(JWSAlgorithm.ES256), new Payload(payload));
      inner.sign(new ECDSASigner(signing));
      return inner.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  String sealed(String inner, JWEHeader.Builder header) {
    try {
      var outer = new JWEObject(header.build(), new Payload(inner));
      outer.encrypt(new AESEncrypter(decryption.reveal()));
      return outer.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
