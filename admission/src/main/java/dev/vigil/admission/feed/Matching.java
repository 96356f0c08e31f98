// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.feed;

import dev.vigil.admission.PlainText;
import dev.vigil.admission.View;
import dev.vigil.admission.feed.FeedLink.How;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.SubjectId;
import dev.vigil.posture.Device;
import dev.vigil.posture.Signal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Finds the device that a product speaks of. What the product says of the device's key or of a
/// certificate of ours proves it; then comes what an administrator linked; last, and only if the
/// feed's rules accept it, what the device itself claims. A serial number is never looked at:
/// anybody can type one. Of revoked devices nothing is found.
final class Matching {

  private Matching() {}

  static Match find(View view, FeedRules rules, DeviceSaid said) {
    var byKey = said.id().key().flatMap(view::deviceOfKey).filter(Device::active);
    var byCertificate =
        said.id()
            .certificate()
            .flatMap(view::certificate)
            .flatMap(one -> view.device(one.device()))
            .filter(Device::active);
    if (byKey.isPresent() && byCertificate.filter(one -> !same(one, byKey.get())).isPresent())
      return new Match.Contested(List.of(byKey.get().id(), byCertificate.get().id()));
    var found =
        byKey
            .<Match>map(one -> new Match.Found(one.id(), How.KEY))
            .or(() -> byCertificate.map(one -> new Match.Found(one.id(), How.CERTIFICATE)))
            .orElseGet(() -> unproven(view, rules, said));
    return found instanceof Match.Found one && !free(view, rules, said, one)
        ? new Match.Nobody()
        : found;
  }

  private static boolean same(Device one, Device other) {
    return one.id().equals(other.id());
  }

  private static Match unproven(View view, FeedRules rules, DeviceSaid said) {
    var link = view.feeds().link(rules.id(), said.id().management());
    // What was linked by its key, and now names one that is not known, is another phone.
    if (link.filter(one -> one.how() == How.KEY).isPresent() && said.id().key().isPresent())
      return new Match.Nobody();
    if (link.filter(one -> one.how().compareTo(How.CLAIM) > 0).isEmpty())
      return claimed(view, rules, said, owner(view, said, link));
    return link.flatMap(FeedLink::device)
        .flatMap(view::device)
        .filter(Device::active)
        .<Match>map(one -> new Match.Found(one.id(), link.get().how()))
        .orElseGet(Match.Nobody::new);
  }

  /// Whose device it would have to be; where the product names nobody this time, whose it was.
  private static Optional<SubjectId> owner(View view, DeviceSaid said, Optional<FeedLink> link) {
    if (said.id().user().isPresent())
      return said.id().user().map(PlainText::folded).flatMap(view::subjectNamed).map(Subject::id);
    return link.flatMap(FeedLink::device).flatMap(view::device).map(Device::subject);
  }

  /// A claim of somebody who is not the product's user of this id is nothing: it cannot even
  /// contest.
  private static Match claimed(
      View view, FeedRules rules, DeviceSaid said, Optional<SubjectId> owner) {
    if (rules.claims() == FeedRules.Claims.REFUSED || owner.isEmpty()) return new Match.Nobody();
    var claimants =
        view.feeds().claims(rules.id(), said.id().management()).stream()
            .flatMap(claim -> view.device(claim.device()).stream())
            .filter(device -> device.active() && device.subject().equals(owner.get()))
            .map(Device::id)
            .toList();
    return switch (claimants.size()) {
      case 0 -> new Match.Nobody();
      case 1 -> new Match.Found(claimants.getFirst(), How.CLAIM);
      default -> new Match.Contested(claimants);
    };
  }

  /// Whether the device may be this id's: it is not another's of the same feed by something
  /// stronger, nor by as much and seen later. Products keep the old entry beside the new one when a
  /// phone is enrolled again.
  private static boolean free(View view, FeedRules rules, DeviceSaid said, Match.Found found) {
    var other =
        view.feeds().linksOf(found.device()).stream()
            .filter(one -> one.feed().equals(rules.id()))
            .filter(one -> !one.management().equals(said.id().management()))
            .findFirst();
    if (other.isEmpty()) return true;
    var rank = Comparator.comparing(Matching::rank);
    int stronger = rank.compare(found.how(), other.get().how());
    if (stronger != 0 || !found.how().proven()) return stronger >= 0;
    var seen = seen(view, rules, found.device());
    return said.observed().isPresent()
        && seen.filter(at -> !said.observed().get().isAfter(at)).isEmpty();
  }

  /// A key and a certificate prove as much.
  private static int rank(How how) {
    return how.proven() ? How.KEY.ordinal() : how.ordinal();
  }

  private static Optional<Instant> seen(View view, FeedRules rules, DeviceId device) {
    return view.signals().of(device).stream()
        .filter(signal -> signal.source().equals(rules.id()))
        .map(Signal::observed)
        .max(Comparator.naturalOrder());
  }
}
