// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The discovery documents say what is there, and nothing else.
class MetadataTest extends SignInScene {

  private static final String GOLDEN =
      """
      issuer=ISSUER
      authorization_endpoint=ISSUER/oauth/authorize
      pushed_authorization_request_endpoint=ISSUER/oauth/par
      require_pushed_authorization_requests=false
      token_endpoint=ISSUER/oauth/token
      revocation_endpoint=ISSUER/oauth/revoke
      introspection_endpoint=ISSUER/oauth/introspect
      userinfo_endpoint=ISSUER/oauth/userinfo
      end_session_endpoint=ISSUER/oauth/logout
      jwks_uri=ISSUER/oauth/jwks
      response_types_supported=[code]
      response_modes_supported=[query]
      grant_types_supported=[authorization_code, refresh_token, client_credentials, urn:ietf:params:oauth:grant-type:token-exchange]
      scopes_supported=[vigil, openid, profile, email, groups, offline_access]
      prompt_values_supported=[none, login]
      code_challenge_methods_supported=[S256]
      acr_values_supported=[passkey, passkey-hardware]
      authorization_details_types_supported=[vigil_action]
      authorization_response_iss_parameter_supported=true
      request_parameter_supported=false
      request_uri_parameter_supported=false
      claims_parameter_supported=false
      subject_types_supported=[public]
      id_token_signing_alg_values_supported=[ES256]
      claims_supported=[sub, iss, aud, exp, iat, auth_time, nonce, acr, amr, azp, sid, name, preferred_username, email, groups]
      token_endpoint_auth_methods_supported=[none, private_key_jwt, tls_client_auth]
      token_endpoint_auth_signing_alg_values_supported=[ES256]
      introspection_endpoint_auth_methods_supported=[private_key_jwt, tls_client_auth]
      introspection_endpoint_auth_signing_alg_values_supported=[ES256]
      revocation_endpoint_auth_methods_supported=[none, private_key_jwt, tls_client_auth]
      revocation_endpoint_auth_signing_alg_values_supported=[ES256]
      dpop_signing_alg_values_supported=[ES256]
      backchannel_logout_supported=true
      backchannel_logout_session_supported=true
      tls_client_certificate_bound_access_tokens=true
      """;

  private static String lines(Map<String, Object> document) {
    var text = new StringBuilder();
    document.forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    return text.toString();
  }

  @Test
  void the_documents_are_the_golden_ones() {
    var addresses = new Addresses(house.origin, house.origin, Optional.empty());
    assertThat(lines(Metadata.of(addresses)))
        .isEqualTo(GOLDEN.replace("ISSUER", house.origin.toString()));
    var both =
        new Addresses(house.origin, house.origin, Optional.of(URI.create("https://m.example")));
    assertThat(lines(Metadata.of(both)))
        .contains("mtls_endpoint_aliases={token_endpoint=https://m.example/oauth/token, ");
  }

  @Test
  void every_endpoint_named_is_there_under_both_names() {
    for (String name : new String[] {"oauth-authorization-server", "openid-configuration"}) {
      var document =
          wire.send(HttpRequest.newBuilder(URI.create(house.origin + "/.well-known/" + name)));
      document
          .json()
          .properties()
          .forEach(one -> {
            if (!one.getKey().endsWith("_endpoint")) return;
            var answer = wire.send(HttpRequest.newBuilder(URI.create(one.getValue().asString())));
            assertThat(answer.status()).as(one.getKey()).isNotEqualTo(404);
          });
    }
  }
}
