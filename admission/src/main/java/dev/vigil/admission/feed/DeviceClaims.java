// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.feed;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.PlainText;
import dev.vigil.admission.Work;
import dev.vigil.admission.device.DeviceRefusal;
import dev.vigil.admission.feed.FeedLink.How;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Outcome;
import dev.vigil.posture.Device;
import java.util.Map;
import java.util.Optional;

/// Takes a device's word for what a product calls it: its managed configuration tells the app. It
/// is kept, and counts only as the feed's rules say; see [Matching].
public final class DeviceClaims {

  private static final int LONGEST_ID = 256;

  private final Changes changes;

  public DeviceClaims(Changes changes) {
    this.changes = changes;
  }

  /// Keeps the claim in place of an earlier one. Refusals are [FeedRefusal]s and [DeviceRefusal]s.
  /// If another device of the same owner is linked to the id by its claim, none is from now on: one
  /// of the two is not what it says.
  ///
  /// @param device the device of the certificate or key that the caller has proven to hold
  public Outcome<FeedClaim> claim(DeviceId device, String feed, String management) {
    if (!FeedRules.isName(feed)) return Outcome.refused(FeedRefusal.NAME_FORM);
    if (!PlainText.fits(management, LONGEST_ID)) return Outcome.refused(FeedRefusal.ID_FORM);
    var known = changes.read(view -> view.feeds().claim(feed, device));
    if (known.filter(one -> one.management().equals(management)).isPresent())
      return Outcome.done(known.get());
    return changes.commit(
        new Actor.Machine(device),
        work ->
            work.tx()
                .device(device)
                .filter(Device::active)
                .map(one -> Outcome.done(kept(work, one, feed, management)))
                .orElseGet(() -> Outcome.refused(DeviceRefusal.DEVICE_REVOKED)));
  }

  private static FeedClaim kept(Work work, Device device, String feed, String management) {
    var feeds = work.tx().feeds();
    var claim = new FeedClaim(feed, management, device.id(), work.now());
    withdrawn(work, device, claim);
    feeds.put(claim);
    work.note(
        "feed-device-claimed",
        "a device says what a product calls it",
        Map.of("feed", feed, "management", management),
        device.id());
    feeds
        .link(feed, management)
        .filter(one -> one.how() == How.CLAIM && rival(work, one, device))
        .ifPresent(one -> contest(work, one, device));
    return claim;
  }

  /// What hung on the earlier claim is over.
  private static void withdrawn(Work work, Device device, FeedClaim claim) {
    for (var link : work.tx().feeds().linksOf(device.id()))
      if (link.feed().equals(claim.feed()) && link.how() == How.CLAIM) {
        FeedLinks.detach(work, link, "the device claims another id");
        work.tx().feeds().removeLink(link.feed(), link.management());
      }
  }

  private static boolean rival(Work work, FeedLink link, Device device) {
    return link.device()
        .filter(other -> !other.equals(device.id()))
        .flatMap(work.tx()::device)
        .filter(other -> other.subject().equals(device.subject()))
        .isPresent();
  }

  private static void contest(Work work, FeedLink link, Device device) {
    var other = link.device().orElseThrow();
    FeedLinks.detach(work, link, "another device claims the same id");
    work.tx()
        .feeds()
        .put(
            new FeedLink(
                link.feed(), link.management(), Optional.empty(), How.CONTESTED, work.now()));
    work.note(
        "feed-match-contested",
        "two devices claim to be the same to a product, so none is",
        Map.of("feed", link.feed(), "management", link.management()),
        other,
        device.id());
  }
}
