// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.vigil.identity.oauth.ClientAssertions;
import dev.vigil.identity.oauth.RegisteredClient;
import dev.vigil.identity.oauth.RegisteredClient.Kind;
import dev.vigil.identity.oauth.RegisteredClient.Method;
import dev.vigil.identity.oauth.RegisteredClient.Profile;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A server that people sign in to through the house: it signs its assertions and its proofs.
final class WebApp {

  static final String VERIFIER = "verifier-verifier-verifier-verifier-verifier-verifier";
  static final String CALLBACK = "https://payroll.example/callback";

  final String id;
  final ECKey key;
  final Phone dpop;
  private final House house;
  private final Wire wire;
  String nonce = "";

  WebApp(House house, Wire wire, String id) {
    this.house = house;
    this.wire = wire;
    this.id = id;
    this.dpop = new Phone(house, wire);
    try {
      this.key = new ECKeyGenerator(Curve.P_256).keyID(id + "-1").generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  RegisteredClient registration(Profile profile) {
    return new RegisteredClient(
        id,
        "Payroll",
        Kind.WEB,
        profile,
        new Method.Keys(new JWKSet(key.toPublicJWK()).toString()),
        new AppId("payroll"),
        Set.of(CALLBACK),
        Set.of("https://payroll.example/bye"),
        Optional.of("https://payroll.example/logout"),
        Set.of("openid", "profile", "email", "groups", "offline_access", "payslips.read"),
        Set.of(),
        Optional.empty());
  }

  String assertion() {
    return assertion(claims());
  }

  JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(id)
        .subject(id)
        .claim("aud", house.origin.toString())
        .issueTime(Date.from(house.time.now()))
        .expirationTime(Date.from(house.time.now().plusSeconds(60)))
        .jwtID(Bytes.of(house.entropy.bytes(12)).toString());
  }

  String assertion(JWTClaimsSet.Builder claims) {
    return signed(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims);
  }

  String signed(JWSHeader header, JWTClaimsSet.Builder claims) {
    try {
      var jwt = new SignedJWT(header, claims.build());
      jwt.sign(new ECDSASigner(key));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  Map<String, String> authenticated(Map<String, String> form) {
    return authenticated(form, assertion());
  }

  Map<String, String> authenticated(Map<String, String> form, String assertion) {
    var all = new LinkedHashMap<>(form);
    all.put("client_id", id);
    all.put("client_assertion_type", ClientAssertions.TYPE);
    all.put("client_assertion", assertion);
    return all;
  }

  /// With an assertion and a proof that carries the server's nonce.
  Wire.Answer post(String path, Map<String, String> form) {
    var first = send(path, authenticated(form));
    return first.text("error").equals("use_dpop_nonce") ? send(path, authenticated(form)) : first;
  }

  Wire.Answer send(String path, Map<String, String> form) {
    var given = nonce.isEmpty() ? Optional.<String>empty() : Optional.of(nonce);
    var answer =
        wire.send(
            dpop.formRequest(path, form)
                .header("DPoP", dpop.proof("POST", path, Optional.empty(), given)));
    answer.header("dpop-nonce").ifPresent(fresh -> nonce = fresh);
    return answer;
  }

  /// With an assertion and no proof.
  Wire.Answer plain(String path, Map<String, String> form) {
    return wire.send(dpop.formRequest(path, authenticated(form)));
  }

  Map<String, String> request() {
    var form = new LinkedHashMap<String, String>();
    form.put("client_id", id);
    form.put("redirect_uri", CALLBACK);
    form.put("response_type", "code");
    form.put("scope", "openid profile offline_access");
    form.put("state", "its-state");
    form.put("nonce", "its-nonce");
    form.put("code_challenge", Sha256.of(VERIFIER.getBytes(StandardCharsets.US_ASCII)).toString());
    form.put("code_challenge_method", "S256");
    return form;
  }

  Map<String, String> request(String name, String value) {
    var form = request();
    form.put(name, value);
    return form;
  }

  /// The address to open in a browser.
  String push(Map<String, String> form) {
    var answer = post("/oauth/par", form);
    if (answer.status() != 201) throw new AssertionError(answer.body());
    return "/oauth/authorize?client_id=" + id + "&request_uri=" + answer.text("request_uri");
  }

  Map<String, String> redemption(String code) {
    return Map.of(
        "grant_type",
        "authorization_code",
        "code",
        code,
        "code_verifier",
        VERIFIER,
        "redirect_uri",
        CALLBACK);
  }

  Wire.Answer redeem(String code) {
    return post("/oauth/token", redemption(code));
  }

  Wire.Answer refresh(String token) {
    return post("/oauth/token", Map.of("grant_type", "refresh_token", "refresh_token", token));
  }

  /// The code in the address that a browser was sent back to.
  static String code(Wire.Answer answer) {
    String where = answer.header("location").orElseThrow(() -> new AssertionError(answer.body()));
    if (!where.startsWith(CALLBACK + "?code=")) throw new AssertionError(where);
    return where.substring((CALLBACK + "?code=").length(), where.indexOf('&'));
  }
}
