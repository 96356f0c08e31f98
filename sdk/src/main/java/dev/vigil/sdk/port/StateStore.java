// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.port;

import java.io.IOException;
import java.util.Optional;

/// Keeps one blob between runs, sealed by the platform: it holds a refresh token. A port.
public interface StateStore {

  /// What was saved last, or empty if nothing was.
  Optional<byte[]> load() throws IOException;

  /// Replaces the blob. Returns only when it is durable; a crash leaves the old or the new one,
  /// never a mixture.
  void save(byte[] state) throws IOException;

  /// Forgets the blob.
  void clear() throws IOException;
}
