// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.device;

import dev.vigil.admission.feed.DeviceSaid;
import dev.vigil.admission.feed.PostureSource;
import dev.vigil.posture.SignalName;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// A management product with many devices of which it always says the same, in pages of a thousand.
/// It answers at once: how long a vendor's takes is not ours.
///
/// @param seen when it saw them
record ManyDevices(int count, Instant seen, Ticker ticker) implements PostureSource {

  private static final int PAGE = 1_000;

  @Override
  public String id() {
    return Fleet.FEED;
  }

  @Override
  public Page read(Optional<String> cursor) {
    int from = cursor.map(Integer::parseInt).orElse(0);
    int to = Math.min(count, from + PAGE);
    ticker.done(from, count);
    return new Page(
        IntStream.range(from, to).mapToObj(this::device).toList(),
        0,
        to < count ? Optional.of(Integer.toString(to)) : Optional.empty(),
        Optional.empty());
  }

  private DeviceSaid device(int number) {
    return new DeviceSaid(
        new DeviceSaid.Ids(
            Fleet.management(number),
            Optional.empty(),
            Optional.empty(),
            Optional.of("SN" + number),
            Optional.empty()),
        Map.of(
            SignalName.PLATFORM,
            "android",
            SignalName.MODEL,
            "Model " + number % 40,
            SignalName.OS_VERSION,
            Integer.toString(14 + number % 3),
            SignalName.PATCH_DATE,
            "2026-%02d-05".formatted(1 + number % 9),
            SignalName.ENCRYPTED,
            "true",
            SignalName.MANAGED,
            "true",
            SignalName.COMPLIANT,
            "true",
            SignalName.CORPORATE,
            number % 4 == 0 ? "false" : "true"),
        Optional.of(seen));
  }
}
