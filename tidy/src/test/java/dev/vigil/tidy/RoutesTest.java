// SPDX-License-Identifier: Apache-2.0
package dev.vigil.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.server.RouteList;
import dev.vigil.server.config.ConfigurationReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every route of every listener stands in `routes.txt` with who may call it, as text under review.
class RoutesTest {

  private static List<String> routes(Path folder) throws Exception {
    return RouteList.of(ConfigurationReader.defaults(folder));
  }

  @Test
  void every_route_is_written_down_with_its_caller(@TempDir Path folder) throws Exception {
    Golden.check("routes.txt", routes(folder));
  }

  @Test
  void nobody_without_an_administrative_role_reaches_administration(@TempDir Path folder)
      throws Exception {
    assertThat(routes(folder))
        .filteredOn(line -> line.contains("  /admin/"))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).contains("  administrator("));
  }
}
