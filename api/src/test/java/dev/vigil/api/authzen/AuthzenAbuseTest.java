// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.authzen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Requests that lack something, mean something else, or ask for too much.
class AuthzenAbuseTest extends AuthzenScene {
  @Test
  void what_lacks_a_part_is_refused_and_says_which() {
    for (var json :
        List.of(
            "{}",
            "{\"subject\":{\"type\":\"user\"},\"action\":{\"name\":\"GET\"},\"resource\":{"
                + STAFF
                + "}}",
            "{\"subject\":{" + ALICE + "},\"action\":{},\"resource\":{" + STAFF + "}}",
            "{\"subject\":{" + ALICE + "},\"action\":{\"name\":7},\"resource\":{" + STAFF + "}}",
            "{\"subject\":{" + ALICE + "},\"action\":\"GET\",\"resource\":{" + STAFF + "}}",
            "{\"subject\":[],\"action\":{\"name\":\"GET\"},\"resource\":{" + STAFF + "}}",
            "{\"subject\":{\"type\":\"user\",\"id\":\"\\u0000\"},\"action\":{\"name\":\"GET\"},\"resource\":{"
                + STAFF
                + "}}",
            "{\"subject\":{\"type\":\"user\",\"id\":\"\\ud800\"},\"action\":{\"name\":\"GET\"},\"resource\":{"
                + STAFF
                + "}}")) {
      var answer = house.post("/access/v1/evaluation", json);
      refused(answer, 400, "authzen.member");
      assertThat(answer.body()).as(json).containsPattern("`(subject|action)");
    }
  }

  @Test
  void paths_that_mean_something_else_than_they_say_are_refused() {
    for (var path :
        List.of("/a/../b", "/./a", "//a", "/a//b", "/a%2e%2e", "/a?b=c", "a", "/a\\\\b", "/..", ""))
      assertThat(
              house
                  .post(
                      "/access/v1/evaluation",
                      request(
                          ALICE,
                          "GET",
                          "\"type\":\"route\",\"id\":\""
                              + path
                              + "\",\"properties\":{\"app\":\"wiki\"}",
                          ""))
                  .statusCode())
          .as(path)
          .isEqualTo(400);
    refused(
        house.post(
            "/access/v1/evaluation",
            request(ALICE, "GET", "\"type\":\"note\",\"id\":\"public/../secret\"", "")),
        400,
        "authzen.path");
  }

  @Test
  void too_much_is_refused_before_it_costs_anything() {
    var item = "{\"resource\":{" + STAFF + "}}";
    refused(
        house.post(
            "/access/v1/evaluations",
            "{\"subject\":{"
                + ALICE
                + "},\"action\":{\"name\":\"GET\"},\"evaluations\":["
                + (item + ",").repeat(100)
                + item
                + "]}"),
        400,
        "authzen.too-much");
    refused(
        house.post("/access/v1/evaluation", "{\"x\":" + "[".repeat(1000) + "]".repeat(1000) + "}"),
        400,
        "http.malformed");
    refused(
        house.post("/access/v1/evaluation", "{\"x\":\"" + "x".repeat(300_000) + "\"}"),
        413,
        "http.too-large");
    assertThat(house.records).isEmpty();
  }

  @Test
  void what_cannot_be_recorded_is_not_answered() {
    house.recordsFull.set(true);
    refused(
        house.post("/access/v1/evaluation", request(ALICE, "GET", STAFF, "")),
        503,
        "access.records-full");
    house.recordsFull.set(false);
    house.world.suspend();
    refused(
        house.post("/access/v1/evaluation", request(ALICE, "GET", STAFF, "")),
        503,
        "access.not-ready");
  }
}
