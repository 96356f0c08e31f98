// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.impl.ECDSA;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import dev.vigil.sdk.port.DeviceKeys;
import dev.vigil.sdk.port.Randomness;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/// What the device's key signs: DPoP proofs (RFC 9449 section 4.2) and certificate requests (RFC
/// 2986).
final class Proofs {

  private static final int P256_SIGNATURE_BYTES = 64;

  private final DeviceKeys keys;
  private final Randomness randomness;
  private final Memory memory;

  Proofs(DeviceKeys keys, Randomness randomness, Memory memory) {
    this.keys = keys;
    this.randomness = randomness;
    this.memory = memory;
  }

  /// The key, made now if there is none; what an older key was given is forgotten then.
  synchronized ECPublicKey key() throws GeneralSecurityException {
    var existing = keys.publicKey();
    if (existing.isPresent()) {
      return existing.get();
    }
    try {
      memory.forgetKey();
    } catch (IOException e) {
      throw new GeneralSecurityException("the storage does not let go of the old key's state", e);
    }
    return keys.generate();
  }

  /// A proof for one request.
  String proof(String method, URI uri, Instant now, Optional<String> token, Optional<String> nonce)
      throws GeneralSecurityException {
    var jwk = new ECKey.Builder(Curve.P_256, key()).build();
    var header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(new JOSEObjectType("dpop+jwt"))
            .jwk(jwk)
            .build();
    var claims = new LinkedHashMap<String, Object>();
    claims.put("jti", random());
    claims.put("htm", method);
    claims.put("htu", withoutQuery(uri));
    claims.put("iat", now.getEpochSecond());
    token.ifPresent(value -> claims.put("ath", sha256(value)));
    nonce.ifPresent(value -> claims.put("nonce", value));
    var input = header.toBase64URL() + "." + Base64URL.encode(Json.write(claims));
    return input
        + "."
        + Base64URL.encode(concatenated(keys.sign(input.getBytes(StandardCharsets.US_ASCII))));
  }

  private static byte[] concatenated(byte[] der) throws GeneralSecurityException {
    try {
      return ECDSA.transcodeSignatureToConcat(der, P256_SIGNATURE_BYTES);
    } catch (JOSEException e) {
      throw new GeneralSecurityException("the key store did not sign with ECDSA on P-256", e);
    }
  }

  private static String withoutQuery(URI uri) {
    return uri.getScheme()
        + "://"
        + uri.getRawAuthority()
        + (uri.getRawPath() == null ? "" : uri.getRawPath());
  }

  /// A request for a certificate on the device's key. The name in it means nothing; the server sets
  /// its own.
  ///
  /// @param challenge the server's single-use challenge, carried as `challengePassword` (RFC 2985
  ///   section 5.4.1), so that the request proves the key now; empty on renewal
  byte[] certificateRequest(Optional<String> challenge) throws GeneralSecurityException {
    try {
      var builder = new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=device"), key());
      challenge.ifPresent(text ->
          builder.addAttribute(
              PKCSObjectIdentifiers.pkcs_9_at_challengePassword, new DERPrintableString(text)));
      return builder.build(new KeySigner(keys)).getEncoded();
    } catch (java.io.IOException | IllegalStateException e) {
      throw new GeneralSecurityException("the certificate request could not be signed", e);
    }
  }

  /// 256 random bits in base64url.
  String random() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(randomness.bytes(32));
  }

  /// SHA-256 of the text's letters, in base64url; also the S256 code challenge (RFC 7636 section
  /// 4.2).
  static String sha256(String text) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Lets Bouncy Castle sign with a key it never sees.
  private static final class KeySigner implements ContentSigner {
    private final DeviceKeys keys;
    private final java.io.ByteArrayOutputStream content = new java.io.ByteArrayOutputStream();

    KeySigner(DeviceKeys keys) {
      this.keys = keys;
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
      return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    }

    @Override
    public java.io.OutputStream getOutputStream() {
      return content;
    }

    @Override
    public byte[] getSignature() {
      try {
        return keys.sign(content.toByteArray());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("the key store did not sign", e);
      }
    }
  }
}
