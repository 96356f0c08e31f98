// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The authorization server's metadata (RFC 8414, OpenID Connect Discovery 1.0): one document under
/// both names.
final class Metadata {

  private static final List<String> ES256 = List.of("ES256");
  private static final List<String> CONFIDENTIAL = List.of("private_key_jwt", "tls_client_auth");

  private Metadata() {}

  static Map<String, Object> of(Addresses addresses) {
    String issuer = addresses.issuer().toString();
    var metadata = new LinkedHashMap<String, Object>();
    metadata.put("issuer", issuer);
    metadata.put("authorization_endpoint", addresses.pages() + "/oauth/authorize");
    metadata.put("pushed_authorization_request_endpoint", issuer + "/oauth/par");
    metadata.put("require_pushed_authorization_requests", false);
    metadata.put("token_endpoint", issuer + "/oauth/token");
    metadata.put("revocation_endpoint", issuer + "/oauth/revoke");
    metadata.put("introspection_endpoint", issuer + "/oauth/introspect");
    metadata.put("userinfo_endpoint", issuer + "/oauth/userinfo");
    metadata.put("end_session_endpoint", addresses.pages() + "/oauth/logout");
    metadata.put("jwks_uri", issuer + "/oauth/jwks");
    asked(metadata);
    proven(metadata);
    metadata.put("backchannel_logout_supported", true);
    metadata.put("backchannel_logout_session_supported", true);
    metadata.put("tls_client_certificate_bound_access_tokens", true);
    addresses
        .mutualTls()
        .ifPresent(origin -> metadata.put("mtls_endpoint_aliases", aliases(origin.toString())));
    return metadata;
  }

  private static void asked(Map<String, Object> metadata) {
    metadata.put("response_types_supported", List.of("code"));
    metadata.put("response_modes_supported", List.of("query"));
    metadata.put(
        "grant_types_supported",
        List.of(
            "authorization_code",
            "refresh_token",
            "client_credentials",
            "urn:ietf:params:oauth:grant-type:token-exchange"));
    metadata.put(
        "scopes_supported",
        List.of("vigil", "openid", "profile", "email", "groups", "offline_access"));
    metadata.put("prompt_values_supported", List.of("none", "login"));
    metadata.put("code_challenge_methods_supported", List.of("S256"));
    metadata.put("acr_values_supported", List.of("passkey", "passkey-hardware"));
    metadata.put("authorization_details_types_supported", List.of("vigil_action"));
    metadata.put("authorization_response_iss_parameter_supported", true);
    metadata.put("request_parameter_supported", false);
    metadata.put("request_uri_parameter_supported", false);
    metadata.put("claims_parameter_supported", false);
  }

  private static void proven(Map<String, Object> metadata) {
    metadata.put("subject_types_supported", List.of("public"));
    metadata.put("id_token_signing_alg_values_supported", ES256);
    metadata.put(
        "claims_supported",
        List.of(
            "sub",
            "iss",
            "aud",
            "exp",
            "iat",
            "auth_time",
            "nonce",
            "acr",
            "amr",
            "azp",
            "sid",
            "name",
            "preferred_username",
            "email",
            "groups"));
    metadata.put(
        "token_endpoint_auth_methods_supported",
        List.of("none", "private_key_jwt", "tls_client_auth"));
    metadata.put("token_endpoint_auth_signing_alg_values_supported", ES256);
    metadata.put("introspection_endpoint_auth_methods_supported", CONFIDENTIAL);
    metadata.put("introspection_endpoint_auth_signing_alg_values_supported", ES256);
    metadata.put(
        "revocation_endpoint_auth_methods_supported",
        List.of("none", "private_key_jwt", "tls_client_auth"));
    metadata.put("revocation_endpoint_auth_signing_alg_values_supported", ES256);
    metadata.put("dpop_signing_alg_values_supported", ES256);
  }

  /// RFC 8705 section 5.
  private static Map<String, String> aliases(String origin) {
    var aliases = new LinkedHashMap<String, String>();
    aliases.put("token_endpoint", origin + "/oauth/token");
    aliases.put("pushed_authorization_request_endpoint", origin + "/oauth/par");
    aliases.put("revocation_endpoint", origin + "/oauth/revoke");
    aliases.put("introspection_endpoint", origin + "/oauth/introspect");
    aliases.put("userinfo_endpoint", origin + "/oauth/userinfo");
    return aliases;
  }
}
