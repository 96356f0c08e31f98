// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import java.net.URI;
import java.util.Optional;

/// The public addresses that the metadata names.
///
/// @param issuer origin of tokens and the API, such as `https://localhost:8443`
/// @param pages origin of the pages in browsers, such as `http://localhost:8080`; may be the issuer
/// @param mutualTls origin of the endpoints that ask for a client certificate (RFC 8705 section 5),
///   if there is one
public record Addresses(URI issuer, URI pages, Optional<URI> mutualTls) {}
