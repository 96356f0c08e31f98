// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Sha256;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A native app with its key: pushes requests, redeems codes, refreshes.
final class Phone {

  static final String VERIFIER = "correct-horse-battery-staple-correct-horse-battery";
  static final String CALLBACK = "http://127.0.0.1:4711/callback";

  final ECKey key;
  private final House house;
  private final Wire wire;

  Phone(House house, Wire wire) {
    this.house = house;
    this.wire = wire;
    try {
      key = new ECKeyGenerator(Curve.P_256).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  Sha256 thumbprint() {
    try {
      return Sha256.parse(key.computeThumbprint().toString());
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  String proof(String method, String path, Optional<String> token) {
    return proof(method, path, token, Optional.empty());
  }

  String proof(String method, String path, Optional<String> token, Optional<String> nonce) {
    try {
      var claims =
          new JWTClaimsSet.Builder()
              .claim("htm", method)
              .claim("htu", house.origin + path)
              .issueTime(Date.from(house.time.now()))
              .jwtID(Bytes.of(house.entropy.bytes(12)).toString());
      nonce.ifPresent(text -> claims.claim("nonce", text));
      token.ifPresent(text ->
          claims.claim("ath", Sha256.of(text.getBytes(StandardCharsets.US_ASCII)).toString()));
      var jwt =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.ES256)
                  .type(new JOSEObjectType("dpop+jwt"))
                  .jwk(key.toPublicJWK())
                  .build(),
              claims.build());
      jwt.sign(new ECDSASigner(key));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static Map<String, String> request() {
    var form = new LinkedHashMap<String, String>();
    form.put("client_id", "vigil-phone");
    form.put("redirect_uri", CALLBACK);
    form.put("response_type", "code");
    form.put("state", "state-of-the-app");
    form.put("code_challenge", Sha256.of(VERIFIER.getBytes(StandardCharsets.US_ASCII)).toString());
    form.put("code_challenge_method", "S256");
    return form;
  }

  static Map<String, String> request(String name, String value) {
    var form = request();
    form.put(name, value);
    return form;
  }

  Wire.Answer post(String path, Map<String, String> form) {
    return wire.send(formRequest(path, form).header("DPoP", proof("POST", path, Optional.empty())));
  }

  HttpRequest.Builder formRequest(String path, Map<String, String> form) {
    String body =
        form.entrySet().stream()
            .map(entry ->
                entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return HttpRequest.newBuilder(URI.create(house.origin + path))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  /// The address to open in a browser.
  String push(Map<String, String> form) {
    var answer = post("/oauth/par", form);
    if (answer.status() != 201) throw new AssertionError(answer.body());
    return "/oauth/authorize?client_id="
        + form.get("client_id")
        + "&request_uri="
        + answer.text("request_uri");
  }

  Wire.Answer redeem(String code) {
    return post(
        "/oauth/token",
        Map.of(
            "grant_type",
            "authorization_code",
            "client_id",
            "vigil-phone",
            "code",
            code,
            "code_verifier",
            VERIFIER,
            "redirect_uri",
            CALLBACK));
  }

  Wire.Answer refresh(String token) {
    return post(
        "/oauth/token",
        Map.of("grant_type", "refresh_token", "client_id", "vigil-phone", "refresh_token", token));
  }

  Wire.Answer get(String path, String token) {
    return wire.send(
        HttpRequest.newBuilder(URI.create(house.origin + path))
            .header("Authorization", "DPoP " + token)
            .header("DPoP", proof("GET", path, Optional.of(token))));
  }
}
