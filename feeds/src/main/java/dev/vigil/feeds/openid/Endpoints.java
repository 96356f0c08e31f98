// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.openid;

import dev.vigil.feeds.web.Web;
import dev.vigil.identity.federation.FederationRefusal;
import dev.vigil.identity.federation.Provider;
import dev.vigil.kernel.Outcome;
import java.net.URI;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Where a provider's parts are, as its discovery document says (OpenID Connect Discovery section
/// 3).
///
/// @param namesItself its authorization responses carry `iss` (RFC 9207 section 3)
/// @param takesBasic its token endpoint takes a client's secret in the `Authorization` header
record Endpoints(URI authorization, URI token, URI keys, boolean namesItself, boolean takesBasic) {

  /// Where the document is; a template's is the one of all organisations.
  static URI discovery(Provider provider) {
    String issuer = provider.issuer().replace(Provider.TENANT, "organizations");
    String slash = issuer.endsWith("/") ? "" : "/";
    return URI.create(issuer + slash + ".well-known/openid-configuration");
  }

  /// The document, if it is the configured issuer's own (section 4.3).
  static Outcome<Endpoints> read(Provider provider, ObjectNode document) {
    if (!document.path("issuer").asString("").equals(provider.issuer()))
      return Outcome.refused(FederationRefusal.DISCOVERY);
    var authorization = address(document, "authorization_endpoint");
    var token = address(document, "token_endpoint");
    var keys = address(document, "jwks_uri");
    if (authorization.isEmpty() || token.isEmpty() || keys.isEmpty())
      return Outcome.refused(FederationRefusal.DISCOVERY);
    var methods = document.path("token_endpoint_auth_methods_supported");
    return Outcome.done(
        new Endpoints(
            authorization.get(),
            token.get(),
            keys.get(),
            document.path("authorization_response_iss_parameter_supported").asBoolean(false),
            !methods.isArray() || contains(methods, "client_secret_basic")));
  }

  private static boolean contains(JsonNode list, String value) {
    return list.valueStream().anyMatch(one -> one.asString("").equals(value));
  }

  private static Optional<URI> address(ObjectNode document, String member) {
    try {
      return Optional.of(URI.create(document.path(member).asString("")))
          .filter(Web::allowed)
          .filter(address -> address.getRawFragment() == null);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
