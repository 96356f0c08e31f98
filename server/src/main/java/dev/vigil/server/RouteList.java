// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.api.http.Routes;
import dev.vigil.api.signin.Addresses;
import dev.vigil.server.Foundation.Machine;
import dev.vigil.server.config.Configuration;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Every route of every listener with who may call it, for review.
public final class RouteList {

  private RouteList() {}

  /// One line for each route, as the server of this configuration would serve it. Opens the data
  /// folder, and no port.
  ///
  /// @throws StartRefused if something is in the way
  public static List<String> of(Configuration configuration) throws IOException {
    var machine = new Machine(new SystemTime(), SystemTime.entropy());
    var face = configuration.face();
    var addresses = new Addresses(face.issuer(), face.browser(), Optional.of(face.issuer()));
    try (var foundation = Foundation.open(configuration, machine);
        var faces = new Faces(foundation, configuration, addresses, (_, _) -> false, machine)) {
      return Stream.of(
              lines("issuer", faces.issuerRoutes()),
              lines("mutual-tls", faces.mutualTlsRoutes()),
              lines("pages", faces.pageRoutes()))
          .flatMap(lines -> lines)
          .toList();
    }
  }

  private static Stream<String> lines(String listener, Routes routes) {
    return routes.describe().stream().map(line -> listener + "  " + line);
  }
}
