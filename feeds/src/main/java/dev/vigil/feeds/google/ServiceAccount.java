// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.google;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.vigil.admission.StrictJson;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import java.util.stream.Collectors;

/// A service account's key, as Google gives it out in a JSON file, and the assertions made with it
/// (RFC 7523 section 2.1; Google's page "Using OAuth 2.0 for Server to Server Applications").
public final class ServiceAccount {

  private static final Duration LIFETIME = Duration.ofMinutes(10);
  private static final int WEAKEST_BITS = 2048;

  private final String email;
  private final String keyId;
  private final URI token;
  private final RSAPrivateKey key;

  private ServiceAccount(String email, String keyId, URI token, RSAPrivateKey key) {
    this.email = email;
    this.keyId = keyId;
    this.token = token;
    this.key = key;
  }

  /// Reads the content of a key file; empty if it is not one of a service account with an RSA key
  /// of 2048 bits or more.
  public static Optional<ServiceAccount> parse(byte[] file) {
    try {
      var json = StrictJson.object(file);
      String email = json.path("client_email").asString("");
      var token = URI.create(json.path("token_uri").asString(""));
      var key = key(json.path("private_key").asString(""));
      if (!json.path("type").asString("").equals("service_account")
          || email.isEmpty()
          || token.getHost() == null
          || key.getModulus().bitLength() < WEAKEST_BITS) return Optional.empty();
      return Optional.of(
          new ServiceAccount(email, json.path("private_key_id").asString(""), token, key));
    } catch (StrictJson.Malformed | GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// A key of PKCS #8 in PEM (RFC 7468 section 10).
  private static RSAPrivateKey key(String pem) throws GeneralSecurityException {
    String base64 =
        pem.lines().filter(line -> !line.startsWith("-----")).collect(Collectors.joining());
    byte[] der = Base64.getDecoder().decode(base64.strip());
    return (RSAPrivateKey)
        KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
  }

  /// Where an assertion is exchanged for an access token.
  public URI token() {
    return token;
  }

  /// A signed statement that this account asks for a scope.
  ///
  /// @param actsFor the administrator on whose behalf it asks (domain-wide delegation)
  String assertion(String scope, Optional<String> actsFor, Instant now) {
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(email)
            .audience(token.toString())
            .claim("scope", scope)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFETIME)));
    actsFor.ifPresent(claims::subject);
    var header =
        new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT).keyID(keyId).build();
    try {
      var jwt = new SignedJWT(header, claims.build());
      jwt.sign(new RSASSASigner(key));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("the key signs", e);
    }
  }

  @Override
  public String toString() {
    return "ServiceAccount[" + email + "]";
  }
}
