// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.scim;

import dev.vigil.admission.provisioning.Call;
import dev.vigil.admission.provisioning.Provider;
import dev.vigil.admission.provisioning.Query;
import dev.vigil.admission.provisioning.Shape;
import dev.vigil.api.http.Request;
import dev.vigil.identity.scim.Filter;
import dev.vigil.identity.scim.FilterParser;
import dev.vigil.identity.scim.ScimRefusal;
import dev.vigil.kernel.Outcome;
import java.net.URI;
import java.util.Optional;

/// What a request asks for by its address and headers. Parameters that are not known are passed
/// over: Entra adds the flags of its tenant URL, such as `aadOptscim062020`, to every request.
final class Asked {

  private static final int USUAL = 100;

  private Asked() {}

  static Call call(Request request, Provider provider) {
    return new Call(
        provider, URI.create(request.origin() + "/scim/v2"), request.header("if-match"));
  }

  static Shape shape(Request request) {
    var query = request.query();
    return Shape.of(
        query.getOrDefault("attributes", ""), query.getOrDefault("excludedAttributes", ""));
  }

  static Outcome<Query> query(Request request) {
    var query = request.query();
    if (query.containsKey("sortBy"))
      return Outcome.refused(
          ScimRefusal.UNSUPPORTED, "sorting; lists are in the order of creation");
    return filter(query.getOrDefault("filter", ""))
        .then(filter ->
            number(query.getOrDefault("startIndex", ""), 1)
                .then(start ->
                    number(query.getOrDefault("count", ""), USUAL)
                        .map(count -> new Query(filter, start, count))));
  }

  private static Outcome<Optional<Filter>> filter(String text) {
    return text.isBlank()
        ? Outcome.done(Optional.empty())
        : FilterParser.filter(text).map(Optional::of);
  }

  private static Outcome<Integer> number(String text, int absent) {
    if (text.isEmpty()) return Outcome.done(absent);
    return text.matches("-?[0-9]{1,9}")
        ? Outcome.done(Integer.parseInt(text))
        : Outcome.refused(ScimRefusal.VALUE, "`startIndex` and `count` are whole numbers");
  }
}
