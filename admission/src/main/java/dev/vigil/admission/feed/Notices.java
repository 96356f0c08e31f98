// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.feed;

import dev.vigil.admission.Changes;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.posture.SignalName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Takes messages of products that prove themselves with a password only. Such a message could be
/// an old one sent again, so only bad news is taken from it; good news comes with the next round,
/// when the product is asked.
public final class Notices {

  private final FeedIntake intake;
  private final Map<String, NoticeSource> sources = new LinkedHashMap<>();

  public Notices(Changes changes, List<NoticeSource> sources) {
    this.intake = new FeedIntake(changes);
    sources.forEach(one -> this.sources.put(one.rules().id(), one));
  }

  /// Takes a message. Refusals are [FeedRefusal]s.
  ///
  /// @param authorization the header of this name
  /// @throws dev.vigil.admission.Store.StoreUnavailable if it cannot be kept
  public Outcome<FeedState.Counts> take(
      String feed, Optional<String> authorization, Bytes content) {
    var source = Optional.ofNullable(sources.get(feed));
    if (source.filter(one -> one.proven(authorization)).isEmpty())
      return Outcome.refused(FeedRefusal.NOTICE_UNPROVEN);
    return source
        .get()
        .read(content)
        .map(said -> Outcome.done(intake.told(source.get().rules(), List.of(worst(said)))))
        .orElseGet(() -> Outcome.refused(FeedRefusal.NOTICE_FORM));
  }

  private static DeviceSaid worst(DeviceSaid said) {
    var bad = new LinkedHashMap<>(said.says());
    bad.entrySet().removeIf(one -> !isBad(one.getKey(), one.getValue()));
    return new DeviceSaid(said.id(), bad, said.observed());
  }

  private static boolean isBad(SignalName name, String value) {
    return name == SignalName.ROOTED && value.equals("true")
        || value.equals("false")
            && (name == SignalName.COMPLIANT
                || name == SignalName.MANAGED
                || name == SignalName.ENCRYPTED);
  }
}
