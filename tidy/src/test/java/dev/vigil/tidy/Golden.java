// SPDX-License-Identifier: Apache-2.0
package dev.vigil.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/// A list that is written down for review. `-Dvigil.bless=true` rewrites it.
final class Golden {

  private Golden() {}

  static void check(String name, List<String> actual) throws IOException {
    if (Boolean.getBoolean("vigil.bless")) {
      var lines =
          new ArrayList<>(
              Sources.lines(Sources.root().resolve("tidy").resolve(name)).stream()
                  .filter(line -> line.startsWith("#"))
                  .toList());
      lines.addAll(actual);
      Files.write(Sources.root().resolve("tidy").resolve(name), lines);
    }
    assertThat(actual)
        .as("tidy/%s; rewrite it with -Dvigil.bless=true and review the difference", name)
        .isEqualTo(Sources.golden(name));
  }
}
