// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.acme;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.vigil.admission.StrictJson;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// An ACME client that sends whatever it is told to, right or wrong.
final class RawClient {

  final ECKey key = new ECKeyGenerator(Curve.P_256).generate();
  private final URI origin;
  private final HttpClient http = HttpClient.newHttpClient();
  String account = "";

  RawClient(URI origin) throws Exception {
    this.origin = origin;
  }

  /// An answer.
  record Answer(HttpResponse<String> http) {
    int status() {
      return http.statusCode();
    }

    ObjectNode json() {
      return StrictJson.object(http.body().getBytes(StandardCharsets.UTF_8));
    }

    String text(String member) {
      return json().path(member).asString("");
    }

    String header(String name) {
      return http.headers().firstValue(name).orElse("");
    }

    /// The error type without its prefix.
    String error() {
      return text("type").replace("urn:ietf:params:acme:error:", "");
    }
  }

  RawClient registered() throws Exception {
    var answer = asKey("/acme/new-account", "{}");
    account = answer.header("Location");
    return this;
  }

  String nonce() throws Exception {
    var request = HttpRequest.newBuilder(origin.resolve("/acme/new-nonce")).HEAD().build();
    var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    return answer.headers().firstValue("replay-nonce").orElseThrow();
  }

  Answer asKey(String path, String payload) throws Exception {
    var header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .jwk(key.toPublicJWK())
            .customParam("nonce", nonce())
            .customParam("url", origin + path)
            .build();
    return post(path, signed(header, payload));
  }

  /// As the account.
  Answer send(String path, String payload) throws Exception {
    return post(path, signed(header(path), payload));
  }

  JWSHeader header(String path) throws Exception {
    return header(origin + path, nonce());
  }

  JWSHeader header(String url, String nonce) {
    return new JWSHeader.Builder(JWSAlgorithm.ES256)
        .keyID(account)
        .customParam("nonce", nonce)
        .customParam("url", url)
        .build();
  }

  String signed(JWSHeader header, String payload) throws Exception {
    var jws = new JWSObject(header, new Payload(payload));
    jws.sign(new ECDSASigner(key));
    return flattened(
        jws.getHeader().toBase64URL().toString(),
        jws.getPayload().toBase64URL().toString(),
        jws.getSignature().toString());
  }

  static String flattened(String header, String payload, String signature) {
    return StrictJson.write(
        Map.of("protected", header, "payload", payload, "signature", signature));
  }

  Answer post(String path, String body) throws Exception {
    return post(path, body, "application/jose+json");
  }

  Answer post(String path, String body, String type) throws Exception {
    var request =
        HttpRequest.newBuilder(origin.resolve(path))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return new Answer(http.send(request, HttpResponse.BodyHandlers.ofString()));
  }

  /// Places an order and returns its name.
  String order(String identifier) throws Exception {
    var answer = send("/acme/new-order", wanted(identifier));
    if (answer.status() != 201) throw new AssertionError(answer.http().body());
    return answer.header("Location").replaceFirst(".*/", "");
  }

  static String wanted(String identifier) {
    return StrictJson.write(
        Map.of(
            "identifiers",
            java.util.List.of(Map.of("type", "permanent-identifier", "value", identifier))));
  }

  String token(String order) throws Exception {
    return send("/acme/challenge/" + order, "").text("token");
  }
}
