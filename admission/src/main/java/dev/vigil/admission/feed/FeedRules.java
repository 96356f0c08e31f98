// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.feed;

import java.time.Duration;
import java.util.regex.Pattern;

/// How one product's word is taken.
///
/// @param id what it is called in the configuration and in every signal, such as `intune`
/// @param interval from one complete round to the next
/// @param lifetime how long what it says counts unless it says it again; without a complete round
///   for longer the feed is silent
/// @param claims whether a device's own word for its management id is enough, see [Matching]
public record FeedRules(String id, Duration interval, Duration lifetime, Claims claims) {

  /// How long a product's word counts if nobody says otherwise.
  public static final Duration USUAL_LIFETIME = Duration.ofHours(24);

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  /// @throws IllegalArgumentException if the id is not a feed's name or a duration is not positive
  public FeedRules {
    if (!isName(id)) throw new IllegalArgumentException("`" + id + "` is no name of a feed");
    if (!interval.isPositive() || !lifetime.isPositive())
      throw new IllegalArgumentException("a feed's durations are positive");
  }

  /// Whether a feed may be called so: 1 to 32 of `a-z`, `0-9` and `-`, starting with a letter, and
  /// not `sdk`, which is what apps' own reports are called.
  public static boolean isName(String text) {
    return NAME.matcher(text).matches() && !text.equals("sdk");
  }

  /// What the app's word for its management id is worth.
  public enum Claims {
    REFUSED,
    /// Enough if the owner is the product's user of that id and no other device of the owner claims
    /// the same.
    ACCEPTED
  }
}
