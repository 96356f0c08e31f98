// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// All the doors of one listener.
public final class Routes {

  private record Door(Route<?> route, List<String> segments) {}

  private final List<Door> doors;

  /// @throws IllegalArgumentException if two routes have the same method and path
  public Routes(List<Route<?>> routes) {
    var seen = new TreeSet<String>();
    for (var route : routes) {
      if (!seen.add(route.method() + " " + route.path().replaceAll("\\{[^}]*}", "{}"))) {
        throw new IllegalArgumentException("two routes for " + route.method() + " " + route.path());
      }
    }
    this.doors = routes.stream().map(route -> new Door(route, segments(route.path()))).toList();
  }

  /// Every route with its caller, one line each, sorted: the text of the golden file.
  public List<String> describe() {
    return doors.stream().map(door -> door.route().describe()).sorted().toList();
  }

  /// Where a request goes.
  sealed interface Match {
    record Found(Route<?> route, Map<String, String> segments) implements Match {}

    record OtherMethods(String allow) implements Match {}

    record Nothing() implements Match {}
  }

  Match match(String method, String rawPath) {
    var path = segments(rawPath);
    var atPath = new ArrayList<Match.Found>();
    for (var door : doors)
      fit(door, path).ifPresent(values -> atPath.add(new Match.Found(door.route(), values)));
    if (atPath.isEmpty()) return new Match.Nothing();
    return atPath.stream()
        .filter(found -> found.route().method().equals(method))
        .min((a, b) -> Integer.compare(a.segments().size(), b.segments().size()))
        .<Match>map(found -> found)
        .orElseGet(() ->
            new Match.OtherMethods(
                atPath.stream()
                    .map(found -> found.route().method())
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining(", "))));
  }

  private static Optional<Map<String, String>> fit(Door door, List<String> path) {
    if (door.segments().size() != path.size()) return Optional.empty();
    var values = new LinkedHashMap<String, String>();
    for (int i = 0; i < path.size(); i++) {
      String wanted = door.segments().get(i);
      String given = path.get(i);
      if (wanted.startsWith("{")) {
        if (given.isEmpty()) return Optional.empty();
        values.put(wanted.substring(1, wanted.length() - 1), given);
      } else if (!wanted.equals(given)) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }

  private static List<String> segments(String path) {
    return List.of(path.split("/", -1));
  }

  static String decoded(String segment) {
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
