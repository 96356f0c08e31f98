// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.feed;

import dev.vigil.kernel.DeviceId;
import java.util.List;
import java.util.Optional;

/// What the [dev.vigil.admission.Store] knows of feeds.
public interface FeedsView {

  Optional<FeedState> state(String feed);

  /// Every feed that was heard of, in the order in which they were.
  List<FeedState> states();

  /// What an id of a product means; empty if nobody knows.
  Optional<FeedLink> link(String feed, String management);

  /// The links of a device, one for each feed that knows it.
  List<FeedLink> linksOf(DeviceId device);

  /// The links of a feed in one fixed order, at most `limit`.
  ///
  /// @param after the id of the last one that was seen; empty text to begin
  List<FeedLink> links(String feed, String after, int limit);

  /// Every device that claims an id, in the order of the claims.
  List<FeedClaim> claims(String feed, String management);

  /// What a device claims of a feed.
  Optional<FeedClaim> claim(String feed, DeviceId device);
}
