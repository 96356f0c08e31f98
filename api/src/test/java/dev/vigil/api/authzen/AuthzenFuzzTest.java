// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.authzen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.StrictJson;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Response;
import dev.vigil.identity.Population;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// Requests that nobody would write: every one is answered or refused, and none breaks anything. A
/// failure names its seed.
class AuthzenFuzzTest {

  private static final int ROUNDS = Integer.getInteger("vigil.fuzz", 20_000);
  private static final Doors.EnforcementPoint NOBODY =
      new Doors.EnforcementPoint(
          new SubjectId("sub_aaaaaaaaaaaaaaaaaaaaaaaaaa"),
          Sha256.of(new byte[0]),
          Set.of(new AppId("app"), new AppId("todo")));

  private static final List<String> SEEDS =
      List.of(
          "{\"subject\":{\"type\":\"user\",\"id\":\"alice\",\"properties\":{\"ip_address\":\"192.0.2.1\",\"department\":\"x\",\"device_id\":\"dev_aaaaaaaaaaaaaaaaaaaaaaaaaa\"}},\"action\":{\"name\":\"GET\",\"properties\":{\"method\":\"GET\"}},\"resource\":{\"type\":\"todo\",\"id\":\"1\",\"properties\":{\"ownerID\":\"alice\"}},\"context\":{\"session\":\"ses_aaaaaaaaaaaaaaaaaaaaaaaaaa\",\"time\":\"2026-01-01T00:00:00Z\",\"device\":{\"os_version\":\"17.1\",\"patch_date\":\"2026-01-01\",\"rooted\":false},\"network\":{\"asn\":64496},\"request\":{\"body_bytes\":12,\"tool\":\"x\"},\"enforces\":[\"no_download\"]}}",
          "{\"subject\":{\"type\":\"user\",\"id\":\"alice\"},\"options\":{\"evaluations_semantic\":\"deny_on_first_deny\"},\"evaluations\":[{\"action\":{\"name\":\"a\"},\"resource\":{\"type\":\"todo\",\"id\":\"1\"}},{\"action\":{\"name\":\"b\"},\"resource\":{\"type\":\"todo\",\"id\":\"2\"}}]}",
          "{\"subject\":{\"type\":\"user\"},\"action\":{\"name\":\"GET\"},\"resource\":{\"type\":\"todo\",\"id\":\"1\"},\"page\":{\"limit\":2,\"token\":\"\"}}");

  private static final List<String> SCRAPS =
      List.of(
          "null",
          "true",
          "[]",
          "{}",
          "\"\"",
          "-1",
          "1e999",
          "9223372036854775808",
          "0.1",
          "[[[[",
          "\"\\ud800\"",
          "\"\\u0000\"",
          "\"..\"",
          "\"/../\"",
          ",",
          ":",
          "}",
          "]",
          "\"type\":",
          "\"properties\":{",
          "\"page\":{\"limit\":",
          "\"evaluations\":[",
          "\"subject\":");

  private static String mutated(Random random) {
    var text = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
    for (int i = 1 + random.nextInt(4); i > 0; i--) mutate(text, random);
    return text.toString();
  }

  private static void mutate(StringBuilder text, Random random) {
    if (text.isEmpty()) return;
    int at = random.nextInt(text.length());
    int end = Math.min(text.length(), at + random.nextInt(12));
    switch (random.nextInt(6)) {
      case 0 -> text.delete(at, end);
      case 1 -> text.insert(at, text.substring(at, end));
      case 2 -> text.setCharAt(at, (char) random.nextInt(0x80));
      case 3 -> text.setCharAt(at, (char) random.nextInt(0x10000));
      case 4 -> text.insert(at, SCRAPS.get(random.nextInt(SCRAPS.size())));
      default -> replaceValue(text, at, SCRAPS.get(random.nextInt(SCRAPS.size())));
    }
  }

  /// Puts a scrap where a value stands, so that the whole often stays JSON.
  private static void replaceValue(StringBuilder text, int from, String scrap) {
    int colon = text.indexOf(":", from);
    if (colon < 0) return;
    int end = colon + 1;
    while (end < text.length() && ",}]".indexOf(text.charAt(end)) < 0) end++;
    text.replace(colon + 1, end, scrap);
  }

  private static Response answered(Point point, ObjectNode content, Random random) {
    var evaluations = new Evaluations(point);
    var searches = new Searches(point);
    try {
      return switch (random.nextInt(5)) {
        case 0 -> evaluations.one(NOBODY, content);
        case 1 -> evaluations.many(NOBODY, content);
        case 2 -> searches.subjects(NOBODY, content);
        case 3 -> searches.resources(NOBODY, content);
        default -> searches.actions(NOBODY, content);
      };
    } catch (Unanswerable e) {
      return Response.problem(e.refusal(), e.detail());
    }
  }

  @Test
  void every_mutated_request_is_answered_or_refused_and_none_breaks_anything() throws Exception {
    try (var house = new AuthzenHouse()) {
      house.policy(
          "attribute: {owner_id: {of: app, type: string}, department: {of: subject, type:"
              + " string}}\n"
              + "permit: {all: {app: todo, who: 'request.method in [\"GET\", \"a\"] && request.path"
              + " in [\"/1\", \"/2\"]'}}");
      house.subject("alice", Population.EMPLOYEE);
      int answered = 0;
      for (int seed = 0; seed < ROUNDS; seed++) {
        var random = new Random(seed);
        String text = mutated(random);
        ObjectNode content;
        try {
          content = StrictJson.object(text.getBytes(StandardCharsets.UTF_8));
        } catch (StrictJson.Malformed e) {
          continue;
        }
        var answer = judged(house.point, content, random, seed + ": " + text);
        if (answer instanceof Response.Json) answered++;
      }
      assertThat(answered).as("answers among %s mutations", ROUNDS).isGreaterThan(ROUNDS / 20);
      for (int seed = 0; seed < 50; seed++)
        assertThat(house.post("/access/v1/evaluations", mutated(new Random(seed))).statusCode())
            .as("seed " + seed)
            .isIn(200, 400, 403);
    }
  }

  private static Response judged(Point point, ObjectNode content, Random random, String told) {
    try {
      var answer = answered(point, content, random);
      if (answer instanceof Response.Problem problem)
        assertThat(problem.refusal().status()).as(told).isIn(400, 403);
      return answer;
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(told, e);
    }
  }
}
