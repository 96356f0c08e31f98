// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.google;

import dev.vigil.admission.feed.DeviceSaid;
import dev.vigil.admission.feed.PostureSource.Page;
import dev.vigil.admission.feed.PostureSource.Unavailable;
import dev.vigil.feeds.said.Api;
import dev.vigil.feeds.said.Listed;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// Pages as Google's lists have them (AIP-158): `devices` and `nextPageToken`, both left out when
/// they are empty.
final class GooglePages {

  private GooglePages() {}

  static Page read(
      Api api,
      String address,
      Optional<String> cursor,
      Function<JsonNode, Optional<DeviceSaid>> entry)
      throws Unavailable {
    var page = cursor.isPresent() ? Api.Page.LATER : Api.Page.FIRST;
    String token = cursor.map(one -> "&pageToken=" + Listed.encoded(one)).orElse("");
    var answer = api.get(URI.create(address + token), page);
    var next = Listed.text(answer.path("nextPageToken"));
    var listed =
        answer.has("devices")
            ? Listed.read(answer.path("devices"), entry)
            : new Listed(List.of(), 0);
    return listed.page(cursor, next);
  }
}
