// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.passkey;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Samples that others published, beside the repository; their tests are skipped without them.
final class Samples {

  private Samples() {}

  static String read(String name) {
    var found =
        Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
            .limit(5)
            .takeWhile(path -> path != null)
            .map(path -> path.resolve("shared/testdata").resolve(name))
            .filter(Files::isRegularFile)
            .findFirst();
    assumeTrue(found.isPresent(), "the samples are not there");
    try {
      return new String(Files.readAllBytes(found.orElseThrow()), StandardCharsets.UTF_8)
          .replace("\uFEFF", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
