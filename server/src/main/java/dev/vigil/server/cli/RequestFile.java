// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import dev.vigil.kernel.TimeSource;
import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.FactsSchema;
import dev.vigil.policy.language.PolicySource;
import dev.vigil.policy.language.Problem;
import dev.vigil.workbench.request.RequestDocument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A request document that was named on the command line; `-` is the standard input.
record RequestFile(String name) {

  private static final int MOST_BYTES = 1024 * 1024;

  /// The request in it; one that says no time is asked now.
  ///
  /// @throws Failure if there is none
  AccessRequest read(TimeSource time) {
    var source = new PolicySource(name.equals("-") ? "request" : name, text());
    return switch (RequestDocument.read(source, FactsSchema.standard(), Optional.of(time.now()))) {
      case RequestDocument.Reading.Loaded(AccessRequest request) -> request;
      case RequestDocument.Reading.Rejected(List<Problem> problems) ->
          throw PolicyLeaf.unusable("the request cannot be used", problems);
    };
  }

  private String text() {
    try (var in = name.equals("-") ? System.in : Files.newInputStream(Path.of(name))) {
      return text(in);
    } catch (CharacterCodingException e) {
      throw Failure.usage("`" + name + "` is not UTF-8", "save it as UTF-8");
    } catch (IOException | java.nio.file.InvalidPathException e) {
      throw Failure.usage(
          "`" + name + "` cannot be read", "give a file with a request, or `-` and pipe it in");
    }
  }

  private String text(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES)
      throw Failure.usage(
          "`" + name + "` is larger than any request", "give one request of at most 1 MiB");
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}
