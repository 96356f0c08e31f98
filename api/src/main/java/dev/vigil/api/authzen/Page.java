// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.authzen;

import dev.vigil.kernel.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Which part of a search's result was asked for (Authorization API 1.0 section 8.2). A token names
/// the search it belongs to, and gives nothing that the search would not.
///
/// @param from the candidate to go on with, counted from 0
/// @param limit how many results at most
/// @param search the digest of everything that must stay the same
record Page(int from, int limit, Sha256 search) {

  private static final int USUAL = 50;
  private static final int MOST = 200;
  private static final int DIGEST = 16;
  private static final int LENGTH = 2 * Integer.BYTES + DIGEST;

  /// The page that a search asks for.
  ///
  /// @param caller whose token it would be
  static Page of(ObjectNode content, String kind, Sha256 caller) {
    var search = digest(content, kind, caller);
    var asked = Asked.optional("page", content.path("page"));
    var token = asked.path("token");
    var limit = limit(asked.path("limit"));
    if (token.isMissingNode() || token.isNull() || token.asString("-").isEmpty())
      return new Page(0, limit < 0 ? USUAL : limit, search);
    var page = read(token, search);
    if (limit >= 0 && limit != page.limit) throw new Unanswerable(AuthzenRefusal.PAGE, "");
    return page;
  }

  private static int limit(JsonNode limit) {
    if (limit.isMissingNode() || limit.isNull()) return -1;
    if (limit.isIntegralNumber() && limit.canConvertToLong() && limit.asLong() >= 0)
      return (int) Math.min(limit.asLong(), MOST);
    throw new Unanswerable(AuthzenRefusal.MEMBER, "`page.limit` must be a whole number from 0");
  }

  private static Sha256 digest(ObjectNode content, String kind, Sha256 caller) {
    var same = JsonNodeFactory.instance.arrayNode().add(kind).add(caller.toString());
    for (String part : new String[] {"subject", "action", "resource", "context"})
      same.add(content.path(part).toString());
    return Sha256.of(same.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static Page read(JsonNode token, Sha256 search) {
    try {
      var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token.asString("")));
      if (bytes.remaining() == LENGTH) {
        int from = bytes.getInt();
        int limit = bytes.getInt();
        var digest = new byte[DIGEST];
        bytes.get(digest);
        boolean same = Arrays.equals(digest, Arrays.copyOf(search.bytes(), DIGEST));
        if (same && from >= 0 && limit >= 0 && limit <= MOST) return new Page(from, limit, search);
      }
    } catch (IllegalArgumentException e) {
      throw new Unanswerable(AuthzenRefusal.PAGE, "");
    }
    throw new Unanswerable(AuthzenRefusal.PAGE, "");
  }

  /// The token of the page that begins with this candidate.
  String next(int candidate) {
    var bytes = ByteBuffer.allocate(LENGTH).putInt(candidate).putInt(limit);
    bytes.put(search.bytes(), 0, DIGEST);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }
}
