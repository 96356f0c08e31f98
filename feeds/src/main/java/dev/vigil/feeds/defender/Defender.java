// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.defender;

import dev.vigil.admission.feed.PostureSource;
import dev.vigil.feeds.said.Api;
import dev.vigil.feeds.said.Listed;
import java.net.URI;
import java.util.Optional;

/// Machines of an organisation in Microsoft Defender for Endpoint ("List machines API"), page by
/// page with `$top` and `$skip`. Every round tells everything: a machine's risk can change without
/// the machine having been seen.
public final class Defender implements PostureSource {

  /// Where it is unless configuration names a nearer one, such as `eu.api.security.microsoft.com`.
  public static final URI USUAL = URI.create("https://api.security.microsoft.com");

  /// What an access token is asked for, in Entra's words.
  public static final String SCOPE = "https://api.securitycenter.microsoft.com/.default";

  private static final int PAGE = 250;
  private static final int LONGEST_CURSOR = 9;

  private final String id;
  private final URI base;
  private final Api api;

  /// @param base where the API is, without a path
  public Defender(String id, URI base, Api api) {
    this.id = id;
    this.base = base;
    this.api = api;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Page read(Optional<String> cursor) throws Unavailable {
    int skip = skip(cursor);
    var address = URI.create(base + "/api/machines?$top=" + PAGE + "&$skip=" + skip);
    var answer = api.get(address, skip == 0 ? Api.Page.FIRST : Api.Page.LATER);
    var listed = Listed.read(answer.path("value"), Machine::read);
    return listed.page(
        cursor,
        listed.size() < PAGE
            ? Optional.empty()
            : Optional.of(Integer.toString(skip + listed.size())));
  }

  private static int skip(Optional<String> cursor) throws Unavailable {
    if (cursor.isEmpty()) return 0;
    boolean number =
        cursor.get().length() <= LONGEST_CURSOR
            && !cursor.get().isEmpty()
            && cursor.get().chars().allMatch(c -> c >= '0' && c <= '9');
    if (!number)
      throw new Unavailable(Reason.CURSOR_EXPIRED, "this is no page of ours", Optional.empty());
    return Integer.parseInt(cursor.get());
  }
}
