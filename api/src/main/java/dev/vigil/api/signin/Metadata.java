// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The authorization server's metadata (RFC 8414).
final class Metadata {

  private Metadata() {}

  static Map<String, Object> of(Addresses addresses) {
    String issuer = addresses.issuer().toString();
    var metadata = new LinkedHashMap<String, Object>();
    metadata.put("issuer", issuer);
    metadata.put("authorization_endpoint", addresses.pages() + "/oauth/authorize");
    metadata.put("pushed_authorization_request_endpoint", issuer + "/oauth/par");
    metadata.put("require_pushed_authorization_requests", true);
    metadata.put("token_endpoint", issuer + "/oauth/token");
    metadata.put("revocation_endpoint", issuer + "/oauth/revoke");
    metadata.put("jwks_uri", issuer + "/oauth/jwks");
    metadata.put("response_types_supported", List.of("code"));
    metadata.put("response_modes_supported", List.of("query"));
    metadata.put(
        "grant_types_supported",
        List.of("authorization_code", "refresh_token", "client_credentials"));
    metadata.put("scopes_supported", List.of("vigil"));
    metadata.put("code_challenge_methods_supported", List.of("S256"));
    metadata.put("token_endpoint_auth_methods_supported", List.of("none", "tls_client_auth"));
    metadata.put("dpop_signing_alg_values_supported", List.of("ES256"));
    metadata.put("acr_values_supported", List.of("passkey", "passkey-hardware"));
    metadata.put("authorization_details_types_supported", List.of("vigil_action"));
    metadata.put("authorization_response_iss_parameter_supported", true);
    metadata.put("tls_client_certificate_bound_access_tokens", true);
    addresses
        .mutualTls()
        .ifPresent(origin ->
            metadata.put(
                "mtls_endpoint_aliases", Map.of("token_endpoint", origin + "/oauth/token")));
    return metadata;
  }
}
