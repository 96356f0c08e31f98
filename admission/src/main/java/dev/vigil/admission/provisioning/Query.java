// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.provisioning;

import dev.vigil.identity.scim.Filter;
import dev.vigil.identity.scim.Schema;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.JsonNodeFactory;

/// Which resources are asked for (RFC 7644 section 3.4.2).
///
/// @param start the first one wanted, from 1
/// @param count how many at most
public record Query(Optional<Filter> filter, int start, int count) {

  /// The most resources of one answer.
  public static final int MOST = 200;

  public Query {
    start = Math.max(1, start);
    count = Math.clamp(count, 0, MOST);
  }

  /// A part of what was found.
  ///
  /// @param total how many were found
  /// @param start which one is the first here
  public record Page(int total, int start, List<Resource> resources) {
    public Page {
      resources = List.copyOf(resources);
    }
  }

  /// The part asked for of those that match; in the order of creation, so that what is added comes
  /// last and moves nothing.
  ///
  /// @param all of this kind; without a filter only those on the page are made into resources
  <T> Page page(Schema.Kind kind, List<T> all, Function<T, Resource> shown) {
    if (filter.isEmpty())
      return new Page(all.size(), start, part(all).stream().map(shown).toList());
    var found =
        all.stream()
            .map(shown)
            .filter(resource -> Matching.of(kind, resource.json(), filter.get()))
            .toList();
    return new Page(found.size(), start, part(found));
  }

  private <T> List<T> part(List<T> all) {
    int from = Math.min(all.size(), start - 1);
    return all.subList(from, Math.min(all.size(), from + count));
  }

  /// Tries the filter on a resource without attributes, so that one that does not fit is refused
  /// even where there is nothing to find.
  void check(Schema.Kind kind) {
    filter.ifPresent(one -> Matching.of(kind, JsonNodeFactory.instance.objectNode(), one));
  }
}
