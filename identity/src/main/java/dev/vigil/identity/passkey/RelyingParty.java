// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.passkey;

import java.net.URI;

/// Who asks for passkeys. Chosen once: a passkey never moves to another id.
///
/// @param id the RP ID, such as `localhost`: the origin's host or a parent domain of it
/// @param origin of the pages, such as `http://localhost:8080`
/// @param name what authenticators show
public record RelyingParty(String id, URI origin, String name) {

  /// @throws IllegalArgumentException if the origin's host is neither the id nor below it
  public RelyingParty {
    String host = origin.getHost();
    if (host == null || !(host.equals(id) || host.endsWith("." + id))) {
      throw new IllegalArgumentException(
          "pages at `" + origin + "` cannot use the relying party id `" + id + "`");
    }
  }
}
