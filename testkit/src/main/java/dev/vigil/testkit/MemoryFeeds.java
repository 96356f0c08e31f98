// SPDX-License-Identifier: Apache-2.0
package dev.vigil.testkit;

import dev.vigil.admission.Tx;
import dev.vigil.admission.feed.FeedClaim;
import dev.vigil.admission.feed.FeedLink;
import dev.vigil.admission.feed.FeedState;
import dev.vigil.admission.feed.FeedsTx;
import dev.vigil.kernel.DeviceId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Feeds, links and claims in a [MemoryState].
final class MemoryFeeds implements FeedsTx {

  private final MemoryView view;

  MemoryFeeds(MemoryView view) {
    this.view = view;
  }

  private record LinkKey(String feed, String management) {}

  private record ClaimKey(String feed, DeviceId device) {}

  /// What is kept of feeds.
  static final class State {
    private final Map<String, FeedState> states = new LinkedHashMap<>();
    private final Map<LinkKey, FeedLink> links = new LinkedHashMap<>();
    private final Map<ClaimKey, FeedClaim> claims = new LinkedHashMap<>();

    void addAll(State other) {
      states.putAll(other.states);
      links.putAll(other.links);
      claims.putAll(other.claims);
    }
  }

  private State state() {
    return view.open().feeds;
  }

  @Override
  public Optional<FeedState> state(String feed) {
    return Optional.ofNullable(state().states.get(feed));
  }

  @Override
  public List<FeedState> states() {
    return List.copyOf(state().states.values());
  }

  @Override
  public Optional<FeedLink> link(String feed, String management) {
    return Optional.ofNullable(state().links.get(new LinkKey(feed, management)));
  }

  @Override
  public List<FeedLink> linksOf(DeviceId device) {
    return state().links.values().stream()
        .filter(one -> one.device().equals(Optional.of(device)))
        .toList();
  }

  @Override
  public List<FeedLink> links(String feed, String after, int limit) {
    return state().links.values().stream()
        .filter(one -> one.feed().equals(feed) && one.management().compareTo(after) > 0)
        .sorted(Comparator.comparing(FeedLink::management))
        .limit(limit)
        .toList();
  }

  @Override
  public List<FeedClaim> claims(String feed, String management) {
    return state().claims.values().stream()
        .filter(one -> one.feed().equals(feed) && one.management().equals(management))
        .toList();
  }

  @Override
  public Optional<FeedClaim> claim(String feed, DeviceId device) {
    return Optional.ofNullable(state().claims.get(new ClaimKey(feed, device)));
  }

  @Override
  public void put(FeedState state) {
    TextLimits.check(state);
    state().states.put(state.feed(), state);
  }

  @Override
  public void put(FeedLink link) {
    TextLimits.check(link);
    link.device()
        .ifPresent(device -> {
          known(device);
          for (var other : linksOf(device))
            if (other.feed().equals(link.feed()) && !other.management().equals(link.management()))
              throw new Tx.Conflict("another id of the feed means the device");
        });
    state().links.put(new LinkKey(link.feed(), link.management()), link);
  }

  @Override
  public void removeLink(String feed, String management) {
    state().links.remove(new LinkKey(feed, management));
  }

  @Override
  public void put(FeedClaim claim) {
    TextLimits.check(claim);
    known(claim.device());
    state().claims.put(new ClaimKey(claim.feed(), claim.device()), claim);
  }

  private void known(DeviceId device) {
    if (view.device(device).isEmpty()) throw new Tx.Conflict("the device is not stored");
  }
}
