// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk;

import dev.vigil.sdk.port.MessageStream;

/// What came of opening a stream to an app.
public sealed interface StreamResult permits StreamResult.Open, Refused {

  /// The stream stands; its listener hears when it ends.
  record Open(MessageStream stream) implements StreamResult {}
}
