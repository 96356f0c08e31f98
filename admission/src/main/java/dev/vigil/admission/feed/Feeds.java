// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.feed;

import dev.vigil.admission.Changes;
import dev.vigil.admission.PlainText;
import dev.vigil.admission.Work;
import dev.vigil.admission.administration.Mandate;
import dev.vigil.admission.feed.FeedLink.How;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Outcome;
import dev.vigil.posture.Device;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What administrators see of feeds and do with them.
public final class Feeds {

  private static final int LONGEST_ID = 256;
  private static final int MOST_LINKS = 1000;
  private static final Duration LONGEST_LIFETIME = Duration.ofHours(720);

  private final Changes changes;
  private final FeedStates states;
  private final FeedIntake intake;
  private final Map<String, FeedRules> configured = new LinkedHashMap<>();

  /// @param configured the products that are asked or that call
  public Feeds(Changes changes, List<FeedRules> configured) {
    this.changes = changes;
    this.states = new FeedStates(changes);
    this.intake = new FeedIntake(changes);
    configured.forEach(one -> this.configured.put(one.id(), one));
  }

  /// A feed.
  ///
  /// @param rules empty if it is not configured: a list that was imported, or a product of before
  public record Known(FeedState state, Optional<FeedRules> rules) {}

  /// Every feed: those that are configured, then others that were heard of.
  public List<Known> list() {
    var all = new ArrayList<Known>();
    configured.values().forEach(one -> all.add(new Known(states.of(one.id()), Optional.of(one))));
    for (var state : changes.read(view -> view.feeds().states()))
      if (!configured.containsKey(state.feed())) all.add(new Known(state, Optional.empty()));
    return List.copyOf(all);
  }

  /// Has a product asked at once. Whoever asks sees to it soon.
  public Outcome<FeedState> sync(Mandate mandate, String feed) {
    if (!configured.containsKey(feed)) return unknown(feed);
    return changes.commit(
        mandate.by(),
        work -> {
          states.hurry(work, feed);
          work.note("feed-sync-asked", mandate.reason().text(), Map.of("feed", feed));
          return Outcome.done(work.tx().feeds().state(feed).orElseThrow());
        });
  }

  private static <T> Outcome<T> unknown(String feed) {
    return Outcome.refused(FeedRefusal.NO_SUCH_FEED, PlainText.shown(feed));
  }

  /// The links of a feed, at most a thousand.
  ///
  /// @param after the id of the last one that was seen; empty text to begin
  public Outcome<List<FeedLink>> links(String feed, String after) {
    return heardOf(feed)
        .map(name -> changes.read(view -> view.feeds().links(name, after, MOST_LINKS)));
  }

  private Outcome<String> heardOf(String feed) {
    boolean known =
        configured.containsKey(feed) || changes.read(view -> view.feeds().state(feed)).isPresent();
    return known ? Outcome.done(feed) : unknown(feed);
  }

  /// Links a product's id to a device. What the id meant before, and what else of the feed meant
  /// the device, is over. What the product proves by a key or a certificate comes before it.
  public Outcome<FeedLink> link(Mandate mandate, String feed, String management, DeviceId device) {
    if (!PlainText.fits(management, LONGEST_ID)) return Outcome.refused(FeedRefusal.ID_FORM);
    return heardOf(feed)
        .then(name ->
            changes.commit(
                mandate.by(),
                work -> {
                  if (work.tx().device(device).filter(Device::active).isEmpty())
                    return Outcome.<FeedLink>refused(
                        FeedRefusal.NO_SUCH_DEVICE, "`" + device + "` is none");
                  var link =
                      new FeedLink(
                          name, management, Optional.of(device), How.ADMINISTRATOR, work.now());
                  FeedLinks.link(work, link);
                  noted(work, mandate, "feed-link-made", link);
                  return Outcome.done(link);
                }));
  }

  /// Takes a link away, and what the product said of the device. A product that proves it, or a
  /// claim that is accepted, makes it again.
  public Outcome<FeedLink> unlink(Mandate mandate, String feed, String management) {
    return heardOf(feed)
        .then(name ->
            changes.commit(
                mandate.by(),
                work -> {
                  var link = work.tx().feeds().link(name, management);
                  if (link.isEmpty())
                    return Outcome.<FeedLink>refused(
                        FeedRefusal.NOT_LINKED, PlainText.shown(management));
                  FeedLinks.detach(work, link.get(), mandate.reason().text());
                  work.tx().feeds().removeLink(name, management);
                  noted(work, mandate, "feed-link-removed", link.get());
                  return Outcome.done(link.get());
                }));
  }

  private static void noted(Work work, Mandate mandate, String type, FeedLink link) {
    var details = new TreeMap<String, String>();
    details.put("feed", link.feed());
    details.put("management", link.management());
    work.note(type, mandate.reason().text(), details, link.device().stream().toArray());
  }

  /// Takes in a list that somebody brings. The devices that it names are known by it as the list
  /// says; others stay as they are.
  ///
  /// @param lifetime how long what it says counts
  public Outcome<FeedState.Counts> imported(
      Mandate mandate, String name, Duration lifetime, List<DeviceSaid> list) {
    if (!FeedRules.isName(name))
      return Outcome.refused(FeedRefusal.NAME_FORM, PlainText.shown(name));
    if (configured.containsKey(name)) return Outcome.refused(FeedRefusal.CONFIGURED);
    if (!lifetime.isPositive() || lifetime.compareTo(LONGEST_LIFETIME) > 0)
      return Outcome.refused(FeedRefusal.LIFETIME);
    var rules = new FeedRules(name, lifetime, lifetime, FeedRules.Claims.REFUSED);
    var counts = intake.listed(rules, list);
    states.called(name, counts);
    changes.commit(
        mandate.by(),
        work ->
            work.note(
                "feed-imported",
                mandate.reason().text(),
                Map.of(
                    "feed", name,
                    "devices", Integer.toString(counts.devices()),
                    "matched", Integer.toString(counts.matched()))));
    return Outcome.done(counts);
  }
}
