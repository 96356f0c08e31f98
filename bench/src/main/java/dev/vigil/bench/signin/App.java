// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.signin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.vigil.bench.signin.Backends.Backend;
import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An app on servers that signs people in as FAPI 2.0 wants it: it pushes its request, proves
/// itself with `private_key_jwt`, and its tokens are bound by DPoP (RFC 9126, 7523, 7636, 9449).
/// The same at every provider.
final class App implements AutoCloseable {

  static final String ID = "payroll";
  static final URI CALLBACK = URI.create("https://payroll.example/callback");

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private final Keys keys;
  private final Provider provider;
  private final TimeSource time;
  private final Entropy entropy;
  private final Backends backends;
  private final LongAdder requests = new LongAdder();
  private volatile String nonce = "";

  App(Keys keys, Provider provider, TimeSource time, Entropy entropy) {
    this.keys = keys;
    this.provider = provider;
    this.time = time;
    this.entropy = entropy;
    this.backends = new Backends(provider.tls(), time);
  }

  /// What the app signs with.
  ///
  /// @param client for its assertions
  /// @param proof for its proofs
  record Keys(ECKey client, ECKey proof) {
    static Keys generate() throws GeneralSecurityException {
      try {
        return new Keys(
            new ECKeyGenerator(Curve.P_256)
                .keyID("payroll-1")
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.ES256)
                .generate(),
            new ECKeyGenerator(Curve.P_256).generate());
      } catch (JOSEException e) {
        throw new GeneralSecurityException(e);
      }
    }

    /// What the provider is given, a JWK set.
    String jwks() {
      return new JWKSet(client.toPublicJWK()).toString();
    }

    @Override
    public String toString() {
      return "Keys(hidden)";
    }
  }

  /// A person's sign-in under way.
  ///
  /// @param page the address to open in the browser
  record Begun(Backend backend, URI page, String verifier, String state, String nonce) {}

  /// Pushes a request.
  Begun begin() throws IOException {
    var backend = backends.take();
    String verifier = random(32);
    String state = random(12);
    String once = random(12);
    var form = new LinkedHashMap<String, String>();
    form.put("redirect_uri", CALLBACK.toString());
    form.put("response_type", "code");
    form.put("scope", provider.scope());
    form.put("state", state);
    form.put("nonce", once);
    form.put("code_challenge", Sha256.of(verifier.getBytes(StandardCharsets.US_ASCII)).toString());
    form.put("code_challenge_method", "S256");
    var pushed = post(backend, provider.push(), form);
    var page =
        URI.create(
            provider.authorize()
                + "?client_id="
                + ID
                + "&request_uri="
                + encoded(pushed.path("request_uri").asString()));
    return new Begun(backend, page, verifier, state, once);
  }

  /// Redeems the code that the browser came back with.
  ///
  /// @return the refresh token
  /// @throws IOException if anything but tokens for this very sign-in came of it
  String finish(Begun begun, URI back) throws IOException {
    var answer = query(back);
    if (!begun.state().equals(answer.get("state"))) throw new IOException("another's state came");
    var form = new LinkedHashMap<String, String>();
    form.put("grant_type", "authorization_code");
    form.put("code", answer.getOrDefault("code", ""));
    form.put("code_verifier", begun.verifier());
    form.put("redirect_uri", CALLBACK.toString());
    var tokens = post(begun.backend(), provider.token(), form);
    backends.give(begun.backend());
    bound(tokens);
    try {
      var id = SignedJWT.parse(tokens.path("id_token").asString()).getJWTClaimsSet();
      if (!begun.nonce().equals(id.getClaim("nonce")) || !provider.issuer().equals(id.getIssuer()))
        throw new IOException("the ID token is of another sign-in");
    } catch (ParseException e) {
      throw new IOException("the ID token cannot be read", e);
    }
    return tokens.path("refresh_token").asString();
  }

  /// Renews.
  ///
  /// @throws IOException if no token came of it
  void refresh(String token) throws IOException {
    var backend = backends.take();
    var form = new LinkedHashMap<String, String>();
    form.put("grant_type", "refresh_token");
    form.put("refresh_token", token);
    bound(post(backend, provider.token(), form));
    backends.give(backend);
  }

  private static void bound(JsonNode tokens) throws IOException {
    if (tokens.path("access_token").asString("").isEmpty()
        || !tokens.path("token_type").asString("").equals("DPoP"))
      throw new IOException("no bound token came of it");
  }

  /// How many requests the app has made.
  long requests() {
    return requests.sum();
  }

  private JsonNode post(Backend backend, URI endpoint, Map<String, String> form)
      throws IOException {
    var answer = send(backend, endpoint, form);
    var content = JSON.readTree(answer.body());
    if (content.path("error").asString("").equals("use_dpop_nonce")) {
      answer = send(backend, endpoint, form);
      content = JSON.readTree(answer.body());
    }
    if (answer.statusCode() >= 400)
      throw new IOException(endpoint.getPath() + ": " + answer.statusCode() + " " + answer.body());
    return content;
  }

  private HttpResponse<String> send(Backend backend, URI endpoint, Map<String, String> form)
      throws IOException {
    var all = new LinkedHashMap<>(form);
    all.put("client_id", ID);
    all.put("client_assertion_type", JWT_BEARER);
    all.put("client_assertion", assertion());
    var request =
        HttpRequest.newBuilder(endpoint)
            .timeout(PATIENCE)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("DPoP", proof(endpoint))
            .POST(BodyPublishers.ofString(encoded(all)))
            .build();
    requests.increment();
    try {
      var answer = backend.client().send(request, BodyHandlers.ofString());
      answer.headers().firstValue("DPoP-Nonce").ifPresent(fresh -> nonce = fresh);
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private String assertion() {
    var now = time.now();
    return signed(
        new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(keys.client().getKeyID()).build(),
        new JWTClaimsSet.Builder()
            .issuer(ID)
            .subject(ID)
            .claim("aud", provider.issuer())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(60)))
            .jwtID(random(12)),
        keys.client());
  }

  private String proof(URI endpoint) {
    var claims =
        new JWTClaimsSet.Builder()
            .claim("htm", "POST")
            .claim("htu", endpoint.toString())
            .issueTime(Date.from(time.now()))
            .jwtID(random(12));
    if (!nonce.isEmpty()) claims.claim("nonce", nonce);
    return signed(
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(new JOSEObjectType("dpop+jwt"))
            .jwk(keys.proof().toPublicJWK())
            .build(),
        claims,
        keys.proof());
  }

  private static String signed(JWSHeader header, JWTClaimsSet.Builder claims, ECKey key) {
    try {
      var jwt = new SignedJWT(header, claims.build());
      jwt.sign(new ECDSASigner(key));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("a P-256 key signs", e);
    }
  }

  private String random(int bytes) {
    return BASE64URL.encodeToString(entropy.bytes(bytes));
  }

  static Map<String, String> query(URI address) {
    var query = new LinkedHashMap<String, String>();
    for (String pair : String.valueOf(address.getRawQuery()).split("&")) {
      var parts = pair.split("=", 2);
      if (parts.length == 2)
        query.put(parts[0], java.net.URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return query;
  }

  static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    backends.close();
  }
}
