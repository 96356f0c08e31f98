// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// The written API and the real one are the same: the list of routes in `tidy/routes.txt`, which a
/// test of its own holds together with the code.
class OpenApiTest {

  private static final Set<String> METHODS =
      Set.of("get", "head", "post", "put", "delete", "patch");
  private static final String PAGE_ASSETS = "/assets/";

  @Test
  void every_route_stands_in_the_document_with_its_callers_and_content_and_the_reverse()
      throws IOException {
    assertThat(documented()).containsExactlyElementsOf(real());
  }

  @Test
  void every_operation_has_a_name_of_its_own_and_says_how_it_refuses() throws IOException {
    var names = new ArrayList<String>();
    forEachOperation((path, operation) -> {
      names.add(String.valueOf(operation.get("operationId")));
      assertThat(map(operation.get("responses")).containsKey("default")).as(path).isTrue();
      assertThat(operation.get("summary")).as(path).asString().isNotBlank();
    });
    assertThat(names).doesNotHaveDuplicates().doesNotContain("null");
  }

  @Test
  void every_schema_is_used_and_every_one_that_is_used_is_there() throws IOException {
    var used = new TreeSet<String>();
    var found = Pattern.compile("#/components/schemas/([A-Za-z]+)'").matcher(text());
    while (found.find()) used.add(found.group(1));
    var described = new TreeSet<String>();
    map(map(document().get("components")).get("schemas"))
        .keySet()
        .forEach(name -> described.add(String.valueOf(name)));
    assertThat(used).isEqualTo(described);
  }

  @Test
  void whoever_is_not_everyone_has_something_to_show() throws IOException {
    Set<String> schemes = new TreeSet<>();
    map(map(document().get("components")).get("securitySchemes"))
        .keySet()
        .forEach(name -> schemes.add(String.valueOf(name)));
    forEachOperation((path, operation) -> {
      boolean person = String.valueOf(operation.get("x-vigil-caller")).startsWith("administrator(");
      if (person) assertThat(operation.containsKey("security")).as(path).isFalse();
      if (!(operation.get("security") instanceof List<?> listed)) return;
      for (var one : listed)
        for (var scheme : map(one).keySet()) assertThat(schemes).contains(String.valueOf(scheme));
    });
  }

  @Test
  void every_change_by_an_administrator_asks_for_a_reason() throws IOException {
    Map<?, ?> schemas = map(map(document().get("components")).get("schemas"));
    forEachOperation((path, operation) -> {
      boolean changes =
          path.startsWith("/admin/v1/")
              && operation.containsKey("requestBody")
              && !path.endsWith("/plan");
      if (!changes) return;
      Map<?, ?> content =
          map(map(map(operation.get("requestBody")).get("content")).get("application/json"));
      String schema =
          String.valueOf(map(content.get("schema")).get("$ref")).replaceFirst(".*/", "");
      assertThat(map(schemas.get(schema)).get("required")).as(path).asString().contains("reason");
    });
  }

  private static Set<String> documented() throws IOException {
    var found = new TreeSet<String>();
    for (var path : map(document().get("paths")).entrySet()) {
      for (var operation : map(path.getValue()).entrySet()) {
        if (!METHODS.contains(String.valueOf(operation.getKey()))) continue;
        Map<?, ?> described = map(operation.getValue());
        var callers = new TreeSet<String>();
        callers.add(String.valueOf(described.get("x-vigil-caller")));
        if (described.get("x-vigil-mutual-tls-caller") instanceof String other) callers.add(other);
        found.add(
            String.join(
                "  ",
                String.valueOf(operation.getKey()).toUpperCase(Locale.ROOT),
                String.valueOf(path.getKey()),
                String.join(" or ", callers),
                content(described)));
      }
    }
    return found;
  }

  private static String content(Map<?, ?> operation) {
    return operation.containsKey("requestBody")
        ? String.valueOf(
            map(map(operation.get("requestBody")).get("content")).keySet().iterator().next())
        : "-";
  }

  /// Each route once, however many listeners it is on, with all its callers.
  private static Set<String> real() throws IOException {
    var callers = new TreeMap<String, Set<String>>();
    var takes = new HashMap<String, String>();
    for (String line : Files.readAllLines(root().resolve("tidy/routes.txt"))) {
      if (line.startsWith("#") || line.isBlank()) continue;
      String[] parts = line.split(" {2}", -1);
      if (parts[2].startsWith(PAGE_ASSETS)) continue;
      String route = parts[1] + "  " + parts[2];
      callers.computeIfAbsent(route, _ -> new TreeSet<>()).add(parts[3]);
      takes.put(route, parts[4].replaceFirst(" .*", ""));
    }
    var all = new TreeSet<String>();
    callers.forEach(
        (route, who) -> all.add(route + "  " + String.join(" or ", who) + "  " + takes.get(route)));
    return all;
  }

  private interface Visitor {
    void see(String path, Map<?, ?> operation);
  }

  private static void forEachOperation(Visitor visitor) throws IOException {
    map(document().get("paths"))
        .forEach((path, operations) ->
            map(operations)
                .forEach((method, operation) -> {
                  if (METHODS.contains(String.valueOf(method)))
                    visitor.see(String.valueOf(path), map(operation));
                }));
  }

  private static Path root() {
    return Path.of(System.getProperty("vigil.root", ".."));
  }

  private static String text() throws IOException {
    return Files.readString(root().resolve("docs/openapi.yaml"));
  }

  private static Map<?, ?> document() throws IOException {
    return map(new Yaml(new SafeConstructor(new LoaderOptions())).load(text()));
  }

  private static Map<?, ?> map(@Nullable Object node) {
    return node instanceof Map<?, ?> map ? map : Map.of();
  }
}
