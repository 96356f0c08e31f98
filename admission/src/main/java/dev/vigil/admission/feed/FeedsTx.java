// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.feed;

import dev.vigil.admission.Tx;

/// Changes of what [FeedsView] shows. `put` inserts or replaces.
public interface FeedsTx extends FeedsView {

  void put(FeedState state);

  /// Replaces the link of the same id.
  ///
  /// @throws Tx.Conflict if the device is not stored, or another id of the feed means it
  void put(FeedLink link);

  void removeLink(String feed, String management);

  /// Replaces the device's claim at the same feed.
  ///
  /// @throws Tx.Conflict if the device is not stored
  void put(FeedClaim claim);
}
