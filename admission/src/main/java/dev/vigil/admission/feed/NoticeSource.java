// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.feed;

import dev.vigil.kernel.Bytes;
import java.util.Optional;

/// A product that also says by itself that something changed, proven by a password alone. A port.
public interface NoticeSource {

  /// How its word is taken.
  FeedRules rules();

  /// Whether this `Authorization` header is the one that the product was given.
  boolean proven(Optional<String> authorization);

  /// What a message says of one device; empty if it is not such a message.
  Optional<DeviceSaid> read(Bytes content);
}
