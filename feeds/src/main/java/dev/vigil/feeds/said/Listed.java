// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.said;

import dev.vigil.admission.feed.DeviceSaid;
import dev.vigil.admission.feed.PostureSource.Page;
import dev.vigil.admission.feed.PostureSource.Reason;
import dev.vigil.admission.feed.PostureSource.Unavailable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// The devices on one page of an answer.
///
/// @param devices those that could be read
/// @param unreadable how many could not
public record Listed(List<DeviceSaid> devices, int unreadable) {

  private static final int LONGEST_CURSOR = 2048;

  public Listed {
    devices = List.copyOf(devices);
  }

  /// Reads a list, entry by entry.
  ///
  /// @throws Unavailable if it is no list
  public static Listed read(JsonNode list, Function<JsonNode, Optional<DeviceSaid>> entry)
      throws Unavailable {
    if (!list.isArray()) throw garbage("the answer lists no devices");
    var devices = list.valueStream().flatMap(one -> entry.apply(one).stream()).toList();
    return new Listed(devices, list.size() - devices.size());
  }

  /// How many entries the page has.
  public int size() {
    return devices.size() + unreadable;
  }

  /// The page of these devices.
  ///
  /// @param next the cursor of the next page; must not be the one that this page was asked with
  /// @throws Unavailable if the next page would be this one again
  public Page page(Optional<String> cursor, Optional<String> next) throws Unavailable {
    if (next.isPresent() && next.equals(cursor)) throw garbage("the page names itself as the next");
    if (next.filter(text -> text.length() > LONGEST_CURSOR).isPresent())
      throw garbage("the next page's name is too long");
    return new Page(devices, unreadable, next, Optional.empty());
  }

  /// The text of a member; empty if it has none.
  public static Optional<String> text(JsonNode member) {
    return Optional.of(member.asString("")).filter(text -> !text.isEmpty());
  }

  /// A cursor as it is written in an address.
  public static String encoded(String cursor) {
    return URLEncoder.encode(cursor, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Unavailable garbage(String says) {
    return new Unavailable(Reason.GARBAGE, says, Optional.empty());
  }
}
