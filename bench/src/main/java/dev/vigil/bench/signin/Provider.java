// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.signin;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import tools.jackson.databind.json.JsonMapper;

/// An OpenID provider as an app knows it: by its discovery document.
///
/// @param scope what the app asks for, such that it gets a refresh token
/// @param tls whom the app trusts
record Provider(String issuer, URI push, URI authorize, URI token, String scope, SSLContext tls) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// Reads the discovery document.
  static Provider discover(URI issuer, String scope, SSLContext tls)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(issuer + "/.well-known/openid-configuration")).build();
    try (var client = HttpClient.newBuilder().sslContext(tls).build()) {
      var answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200)
        throw new IOException("no discovery document: " + answer.statusCode());
      var found = JSON.readTree(answer.body());
      return new Provider(
          found.path("issuer").asString(),
          URI.create(found.path("pushed_authorization_request_endpoint").asString()),
          URI.create(found.path("authorization_endpoint").asString()),
          URI.create(found.path("token_endpoint").asString()),
          scope,
          tls);
    }
  }

  /// Trust in one authority and no other.
  static SSLContext trusting(java.nio.file.Path authority)
      throws IOException, GeneralSecurityException {
    try (var pem = java.nio.file.Files.newInputStream(authority)) {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (var one : List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(pem)))
        store.setCertificateEntry("authority-" + number++, one);
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    }
  }
}
