// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.feed;

import dev.vigil.admission.View;
import dev.vigil.admission.Work;
import dev.vigil.admission.feed.FeedLink.How;
import dev.vigil.kernel.DeviceId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Keeps which id means which device, and takes a product's word away from devices that it no
/// longer means.
final class FeedLinks {

  private FeedLinks() {}

  /// Whether this match says something else than what is kept.
  static boolean changedBy(FeedsView feeds, FeedRules rules, DeviceSaid said, Match match) {
    var kept = feeds.link(rules.id(), said.id().management());
    return switch (match) {
      case Match.Found(var device, var how) ->
          kept.filter(one -> one.device().equals(Optional.of(device)) && one.how() == how)
              .isEmpty();
      case Match.Contested _ -> kept.filter(one -> one.how() == How.CONTESTED).isEmpty();
      case Match.Nobody _ -> kept.filter(one -> one.how() != How.ADMINISTRATOR).isPresent();
    };
  }

  /// Keeps what the match says.
  static void keep(Work work, FeedRules rules, DeviceSaid said, Match match) {
    var feeds = work.tx().feeds();
    if (!changedBy(feeds, rules, said, match)) return;
    String id = said.id().management();
    var kept = feeds.link(rules.id(), id);
    switch (match) {
      case Match.Found(var device, var how) ->
          link(work, new FeedLink(rules.id(), id, Optional.of(device), how, work.now()));
      case Match.Contested(var between) -> {
        kept.ifPresent(one -> detach(work, one, "two devices could be meant"));
        feeds.put(new FeedLink(rules.id(), id, Optional.empty(), How.CONTESTED, work.now()));
        work.note(
            "feed-match-contested",
            "a product's entry could mean two devices, so it means none",
            Map.of("feed", rules.id(), "management", id),
            between.toArray());
      }
      case Match.Nobody _ -> {
        kept.ifPresent(one -> detach(work, one, "the product's entry means another device"));
        feeds.removeLink(rules.id(), id);
      }
    }
  }

  /// Makes a link. What the id meant before, and what else of the feed meant the device, is over.
  static void link(Work work, FeedLink link) {
    var feeds = work.tx().feeds();
    var device = link.device().orElseThrow();
    feeds
        .link(link.feed(), link.management())
        .filter(before -> !before.device().equals(link.device()))
        .ifPresent(before -> detach(work, before, "the product's entry means another device"));
    for (var other : feeds.linksOf(device))
      if (other.feed().equals(link.feed()) && !other.management().equals(link.management()))
        feeds.removeLink(other.feed(), other.management());
    feeds.put(link);
    work.note("feed-device-linked", "a product's entry means this device", details(link), device);
  }

  /// Removes what the product said of the device that the link means; the link is left to the
  /// caller.
  static void detach(Work work, FeedLink link, String cause) {
    var device = link.device().filter(one -> said(work.tx(), link.feed(), one));
    if (device.isEmpty()) return;
    work.tx().signals().removeSource(device.get(), link.feed());
    work.event("device-posture-change", cause, details(link), device.get());
  }

  private static boolean said(View view, String feed, DeviceId device) {
    return view.signals().of(device).stream().anyMatch(one -> one.source().equals(feed));
  }

  /// Whether there is anything that [#lose] would take.
  static boolean holds(View view, FeedLink link) {
    return link.how() != How.ADMINISTRATOR
        || link.device().filter(one -> said(view, link.feed(), one)).isPresent();
  }

  /// The product no longer lists the id. What an administrator linked stays linked, for when it is
  /// listed again.
  static void lose(Work work, FeedLink link) {
    detach(work, link, "the product no longer lists the device");
    if (link.how() != How.ADMINISTRATOR)
      work.tx().feeds().removeLink(link.feed(), link.management());
  }

  static Map<String, String> details(FeedLink link) {
    var details = new TreeMap<String, String>();
    details.put("source", link.feed());
    details.put("management", link.management());
    details.put("how", link.how().name().toLowerCase(Locale.ROOT));
    return details;
  }
}
