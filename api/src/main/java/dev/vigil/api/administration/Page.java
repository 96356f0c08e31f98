// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.administration;

import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.kernel.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Which part of a list was asked for: `limit` items after the one named by `after`.
record Page(String after, int limit) {

  private static final int USUAL = 50;
  private static final int MOST = 200;
  private static final List<String> OWN = List.of("after", "limit");

  /// The page that a query asks for. `filters` are the parameters it may have beside `after` and
  /// `limit`.
  ///
  /// @throws Stop if it has another
  static Page of(Request request, String... filters) {
    var query = known(request, filters);
    return new Page(query.getOrDefault("after", ""), (int) number(query, "limit", USUAL, 1, MOST));
  }

  static Map<String, String> known(Request request, String... filters) {
    var query = request.query();
    var names = new java.util.ArrayList<>(OWN);
    names.addAll(List.of(filters));
    query.keySet().stream()
        .filter(name -> !names.contains(name))
        .findFirst()
        .ifPresent(name -> {
          String meant =
              Suggestion.nearest(name, names)
                  .map(word -> ", did you mean `" + word + "`?")
                  .orElse("");
          throw new Stop(ContentRefusal.PARAMETER, "there is no such parameter" + meant);
        });
    return query;
  }

  static long number(Map<String, String> query, String name, long absent, long least, long most) {
    String typed = query.get(name);
    if (typed == null) return absent;
    if (typed.matches("[0-9]{1,18}")) {
      long value = Long.parseLong(typed);
      if (value >= least && value <= most) return value;
    }
    throw new Stop(
        ContentRefusal.PARAMETER,
        "`" + name + "` must be a whole number from " + least + " to " + most);
  }

  /// This part of all items, with `next` if there are more.
  ///
  /// @param id of an item, as `after` names it
  <T> Response of(List<T> all, Function<T, String> id, Function<T, ObjectNode> shown) {
    int from = after.isEmpty() ? 0 : start(all, id);
    var items = all.subList(from, Math.min(all.size(), from + limit));
    var page = JsonNodeFactory.instance.objectNode();
    var array = page.putArray("items");
    items.forEach(item -> array.add(shown.apply(item)));
    if (from + limit < all.size()) page.put("next", id.apply(items.getLast()));
    return Response.json(200, page);
  }

  private <T> int start(List<T> all, Function<T, String> id) {
    for (int i = 0; i < all.size(); i++) if (id.apply(all.get(i)).equals(after)) return i + 1;
    throw new Stop(
        ContentRefusal.PARAMETER, "`after` is not an item of this list; start again without it");
  }
}
