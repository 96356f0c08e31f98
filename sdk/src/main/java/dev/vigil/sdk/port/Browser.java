// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.port;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/// Shows the sign-in page in the platform's own browser (RFC 8252), never in a view the app can
/// read. A port.
@FunctionalInterface
public interface Browser {

  /// Opens `page` and waits until the browser is sent to an address that starts with `redirect`.
  ///
  /// Returns that address, or empty if the person closed the browser. The caller checks state and
  /// issuer.
  Optional<URI> open(URI page, URI redirect) throws IOException;
}
