// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation.android;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vigil.kernel.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Samples that others published, beside the repository; their tests are skipped without them.
final class Samples {

  static final String CHAINS = "testdata/android-key-attestation/src/test/resources/";
  static final String ROOTS =
      "testdata/android-roots/src/main/resources/app/attestation/server/google_root_";

  private Samples() {}

  static Bytes read(String name) {
    var found =
        Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
            .limit(5)
            .takeWhile(path -> path != null)
            .map(path -> path.resolve("shared").resolve(name))
            .filter(Files::isRegularFile)
            .findFirst();
    assumeTrue(found.isPresent(), "the samples are not there");
    try {
      return Bytes.of(Files.readAllBytes(found.orElseThrow()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A chain of four, leaf first.
  static List<Bytes> chain(String name) {
    return IntStream.range(0, 4)
        .mapToObj(at -> read(CHAINS + "der/" + name + "/cert" + at + ".der"))
        .toList();
  }
}
