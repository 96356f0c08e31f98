// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk;

import dev.vigil.sdk.port.Headers;
import java.io.IOException;
import java.io.InputStream;

/// The app's own answer, whatever its status; redirects are not followed. Close it.
///
/// @param body arrives as it is read
public record Answer(int status, Headers headers, InputStream body)
    implements CallResult, AutoCloseable {

  @Override
  public void close() throws IOException {
    body.close();
  }

  @Override
  public String toString() {
    return "Answer[" + status + "]";
  }
}
