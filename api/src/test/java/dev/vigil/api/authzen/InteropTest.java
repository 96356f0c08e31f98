// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.authzen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.vigil.identity.Population;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The AuthZEN working group's interoperability requests and the decisions that it expects, over
/// the wire, decided by policies written in Vigil's language.
class InteropTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// The todo application's people, by what the scenarios call them.
  private static final Map<String, String> PEOPLE =
      new TreeMap<>(
          Map.of(
              "rick", "A the-citadel",
              "morty", "E the-citadel",
              "summer", "I the-smiths",
              "beth", "M the-smiths",
              "jerry", "Q the-smiths"));

  private AuthzenHouse house = house();

  private static AuthzenHouse house() {
    try {
      return new AuthzenHouse();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void close() {
    house.close();
  }

  private static JsonNode interop(String file) throws IOException {
    var root = Path.of(System.getProperty("vigil.root", "..")).toAbsolutePath().normalize();
    var found =
        Stream.of("..", "../..")
            .map(up -> root.resolve(up).resolve("shared/testdata/authzen/interop").resolve(file))
            .filter(Files::exists)
            .findFirst();
    assumeThat(found).as("the working group's interop files").isPresent();
    return JSON.readTree(found.orElseThrow());
  }

  private static String person(String name) {
    var words = PEOPLE.getOrDefault(name, "").split(" ", -1);
    return "  "
        + name
        + ": subject.id in [\"CiRmZD"
        + words[0]
        + "2MTRkMy1jMzlhLTQ3ODEtYjdiZC04Yjk2ZjVhNTEwMGQSBWxvY2Fs\", \""
        + email(name)
        + "\"]\n"
        + "  own-of-"
        + name
        + ": level(\""
        + name
        + "\") && app.attributes.owner_id == \""
        + email(name)
        + "\"\n";
  }

  private static String email(String name) {
    return name + "@" + PEOPLE.getOrDefault(name, "").split(" ", -1)[1] + ".com";
  }

  /// Who is what in the todo application, and what each may do there.
  private static String todo() {
    return "attribute:\n"
        + "  owner_id: {of: app, type: string, description: whose todo it is}\n"
        + "level:\n"
        + PEOPLE.keySet().stream().map(InteropTest::person).collect(Collectors.joining())
        + """
          admin: level("rick")
          editor: level("morty") || level("summer")
          viewer: level("beth") || level("jerry")
          known: level("admin") || level("editor") || level("viewer")
          own: level("own-of-morty") || level("own-of-summer")
        permit:
          users:
            app: user
            who: request.method == "can_read_user" && level("known")
          todos:
            app: todo
            who: request.method == "can_read_todos" && level("known")
          create:
            app: todo
            who: request.method == "can_create_todo" && (level("admin") || level("editor"))
          change:
            app: todo
            who: >-
              request.method in ["can_update_todo", "can_delete_todo"]
              && (level("admin") || level("editor") && level("own"))
          routes:
            app: route
            who: >-
              request.method == "GET" && request.path in ["/users/{userId}", "/todos"] && level("known")
          routes-that-change:
            app: route
            who: >-
              (request.method == "POST" && request.path == "/todos"
              || request.method in ["PUT", "DELETE"] && request.path == "/todos/{todoId}")
              && (level("admin") || level("editor"))
        """;
  }

  @BeforeEach
  void todoApplication() {
    house.policy(todo());
    house.enforces("user", "todo", "route", "record");
  }

  /// The drafts had properties beside `type` and `id`; since draft 01 they stand in `properties`.
  private static JsonNode asSinceDraft01(JsonNode request) {
    for (String name : List.of("subject", "resource")) {
      if (!(request.path(name) instanceof ObjectNode entity)) continue;
      var properties = entity.withObject("properties");
      for (String member : List.of("ownerID", "userID", "identity")) {
        var value = entity.remove(member);
        if (value != null) properties.set(member, value);
      }
    }
    return request;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "authzen-todo-backend/test/decisions.json",
        "authzen-todo-backend/test/decisions-authorization-api-1_0-00.json",
        "authzen-todo-backend/test/decisions-authorization-api-1_0-01.json",
        "authzen-todo-backend/test/decisions-authorization-api-1_0-02.json",
        "authzen-api-gateways/test-harness/test/decisions.json"
      })
  void every_expected_decision_of_the_todo_application_comes_out(String file) throws IOException {
    var all = interop(file);
    int asked = 0;
    for (String list : List.of("evaluation", "decisions")) {
      for (var one : all.path(list)) {
        var request = asSinceDraft01(one.path("request"));
        assertThat(house.permits(request.toString()))
            .as(request.toString())
            .isEqualTo(one.path("expected").asBoolean());
        asked++;
      }
    }
    assertThat(asked).isGreaterThanOrEqualTo(25);
    for (var one : all.path("evaluations")) {
      var answer = house.ask("/access/v1/evaluations", one.path("request").toString());
      assertThat(decisions(answer.path("evaluations")))
          .as(one.path("request").toString())
          .isEqualTo(decisions(one.path("expected")));
    }
  }

  private static List<Boolean> decisions(JsonNode evaluations) {
    return evaluations.valueStream().map(one -> one.path("decision").asBoolean()).toList();
  }

  /// The search demonstration: records 101 to 120, whose they are and of which department.
  private static final List<String> OWNERS =
      List.of("alice", "bob", "carol", "dan", "erin", "felix");

  private static final String DEPARTMENTS = "LLLALASLASALSAFLLALA";

  private static String records(IntPredicate which) {
    return IntStream.range(0, 20)
        .filter(which)
        .mapToObj(i -> "\"/" + (101 + i) + "\"")
        .collect(Collectors.joining(", ", "request.path in [", "]"));
  }

  private static String search() {
    var levels = new TreeMap<String, String>();
    for (char department : "LASF".toCharArray())
      levels.put(
          "in-" + Character.toLowerCase(department),
          "\"department-"
              + Character.toLowerCase(department)
              + "\" in subject.groups && "
              + records(i -> DEPARTMENTS.charAt(i) == department));
    for (int owner = 0; owner < OWNERS.size(); owner++) {
      int whose = owner;
      levels.put(
          "of-" + OWNERS.get(owner),
          "\"named-"
              + OWNERS.get(owner)
              + "\" in subject.groups && "
              + records(i -> i % OWNERS.size() == whose));
    }
    String department = any(levels.keySet().stream().filter(name -> name.startsWith("in-")));
    String owner = any(levels.keySet().stream().filter(name -> name.startsWith("of-")));
    return "level:\n"
        + levels.entrySet().stream()
            .map(level -> "  " + level.getKey() + ": '" + level.getValue() + "'\n")
            .collect(Collectors.joining())
        + "  department: '"
        + department
        + "'\n"
        + "  owner: '"
        + owner
        + "'\n"
        + """
          manager: '"manager" in subject.groups'
        permit:
          view:
            app: record
            who: request.method == "view" && (level("manager") || level("department") || level("owner"))
          edit:
            app: record
            who: request.method == "edit" && (level("owner") || level("manager") && level("department"))
          delete:
            app: record
            who: request.method == "delete" && level("owner")
        """;
  }

  private static String any(Stream<String> levels) {
    return levels.map(level -> "level(\"" + level + "\")").collect(Collectors.joining(" || "));
  }

  private void searchDemonstration() {
    house.policy(search());
    var roles =
        List.of(
            "manager s", "employee l", "contractor l", "manager f", "employee f", "contractor a");
    for (int i = 0; i < OWNERS.size(); i++) {
      var words = roles.get(i).split(" ", -1);
      house.subject(
          OWNERS.get(i),
          Population.EMPLOYEE,
          words[0],
          "department-" + words[1],
          "named-" + OWNERS.get(i));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"subject", "resource", "action"})
  void every_search_of_the_demonstration_finds_what_is_expected(String kind) throws IOException {
    searchDemonstration();
    var all = interop("authzen-search-demo/test-harness/src/" + kind + "/results.json");
    for (var one : all.path("evaluation")) {
      var answer = house.ask("/access/v1/search/" + kind, one.path("request").toString());
      assertThat(results(answer))
          .as(one.path("request").toString())
          .isEqualTo(results(one.path("expected")));
    }
    assertThat(all.path("evaluation").size()).isGreaterThanOrEqualTo(18);
  }

  private static Set<String> results(JsonNode answer) {
    return answer
        .path("results")
        .valueStream()
        .map(one ->
            one.path("type").asString("")
                + " "
                + one.path("id").asString("")
                + one.path("name").asString(""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void what_a_search_finds_is_what_an_evaluation_permits() {
    searchDemonstration();
    var found =
        house.ask(
            "/access/v1/search/resource",
            "{\"subject\":{\"type\":\"user\",\"id\":\"dan\"},\"action\":{\"name\":\"edit\"},\"resource\":{\"type\":\"record\"}}");
    assertThat(found.path("results").size()).isEqualTo(4);
    for (var one : found.path("results"))
      assertThat(
              house.permits(
                  "{\"subject\":{\"type\":\"user\",\"id\":\"dan\"},\"action\":{\"name\":\"edit\"},\"resource\":"
                      + one
                      + "}"))
          .isTrue();
  }
}
