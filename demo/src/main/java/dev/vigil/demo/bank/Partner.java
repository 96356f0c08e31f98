// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.bank;

import dev.vigil.demo.phone.SoftwareKeys;
import dev.vigil.sdk.port.Body;
import dev.vigil.sdk.port.Headers;
import dev.vigil.sdk.port.Transport;
import dev.vigil.sdk.port.Transport.Identity;
import dev.vigil.sdk.port.Transport.Peer;
import dev.vigil.sdk.port.Transport.Request;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import tools.jackson.databind.json.JsonMapper;

/// A partner's machine: no person, no phone, one key and the certificate that the bank issued for
/// it.
public final class Partner {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final SoftwareKeys keys = new SoftwareKeys();
  private final Transport transport;
  private final Endpoints endpoints;

  /// Where the partner goes, and whom it trusts.
  ///
  /// @param token the token endpoint that asks for a client certificate
  public record Endpoints(URI token, Transport.Address gateway, List<X509Certificate> anchors) {
    public Endpoints {
      anchors = List.copyOf(anchors);
    }
  }

  public Partner(Transport transport, Endpoints endpoints) throws GeneralSecurityException {
    this.transport = transport;
    this.endpoints = endpoints;
    keys.generate();
  }

  /// The certificate request that the partner sends to the bank, PEM.
  public String certificateRequest() throws GeneralSecurityException, IOException {
    try {
      var request =
          new JcaPKCS10CertificationRequestBuilder(
                  new X500Name("CN=partner"), keys.publicKey().orElseThrow())
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.handle()));
      var text = new StringWriter();
      try (var pem = new JcaPEMWriter(text)) {
        pem.writeObject(request);
      }
      return text.toString();
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }

  /// The partner's identity in TLS, with the certificate it was given.
  public Identity identity(List<X509Certificate> chain) {
    return new Identity(keys, chain);
  }

  /// A token by client credentials, bound to the certificate (RFC 8705).
  public String token(Identity identity) throws IOException {
    var form =
        "grant_type=client_credentials&audience=vigil-gateway".getBytes(StandardCharsets.UTF_8);
    var request =
        new Request(
            "POST",
            endpoints.token(),
            Headers.NONE.with("Content-Type", "application/x-www-form-urlencoded"),
            Body.of(form));
    var response =
        transport.send(
            request, new Peer(Optional.empty(), endpoints.anchors(), Optional.of(identity)));
    try (var body = response.body()) {
      var answer = JSON.readTree(body.readAllBytes());
      if (response.status() != 200) throw new IOException("no token: " + answer);
      return answer.path("access_token").asString();
    }
  }

  /// Calls an app through the gateway; the answer is the status, with the refusal's code if there
  /// is one.
  public String call(Identity identity, String token, URI app) throws IOException {
    var request =
        new Request("GET", app, Headers.NONE.with("Authorization", "Bearer " + token), Body.EMPTY);
    var response =
        transport.send(
            request,
            new Peer(Optional.of(endpoints.gateway()), endpoints.anchors(), Optional.of(identity)));
    try (var body = response.body()) {
      return outcome(response.status(), body.readAllBytes());
    }
  }

  /// One outcome for a raw answer of the gateway.
  public static String outcome(int status, byte[] body) {
    if (status < 400) return "allowed " + status;
    String text = new String(body, StandardCharsets.UTF_8);
    if (!text.startsWith("{")) return status + " " + text;
    String code = JSON.readTree(text).path("code").asString("");
    return code.equals("access.denied") ? "denied" : "denied " + code;
  }
}
