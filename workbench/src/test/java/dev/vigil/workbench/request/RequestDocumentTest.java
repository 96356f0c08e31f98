// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.kernel.EvidenceTier;
import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Evidence;
import dev.vigil.policy.Fact;
import dev.vigil.policy.FactType;
import dev.vigil.policy.FactsSchema;
import dev.vigil.policy.language.PolicySource;
import dev.vigil.policy.language.Problem;
import dev.vigil.workbench.request.RequestDocument.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What a request document says, and what becomes of one that is not.
class RequestDocumentTest {

  private static final Instant NINE = Instant.parse("2026-06-01T09:00:00Z");
  private static final FactsSchema SCHEMA = FactsSchema.standard();

  @Test
  void names_and_entities_say_the_same() {
    var byName =
        loaded(
            """
            {"at":"2026-06-01T09:00:00Z",
             "facts":{"subject.population":"employee","subject.groups":["treasury"],
                      "device.rooted":false,"device.os_version":"17.1"}}
            """);
    var byEntity =
        loaded(
            """
            at: 2026-06-01T09:00:00Z
            subject: {population: employee, groups: [treasury]}
            device:
              rooted: false
              os_version: 17.1
            """);
    assertThat(RequestDocument.write(byName)).isEqualTo(RequestDocument.write(byEntity));
    assertThat(byName.device().find("device.rooted")).contains(false);
    assertThat(byName.subject().find("subject.groups")).contains(List.of("treasury"));
  }

  @Test
  void what_is_not_named_is_unknown_and_so_is_null() {
    var request = loaded("at: 2026-06-01T09:00:00Z\ndevice: {rooted: null}\nrisk: ~");
    assertThat(SCHEMA.all())
        .allSatisfy(
            fact -> assertThat(request.about(fact.entity()).find(fact.qualifiedName())).isEmpty());
  }

  @Test
  void a_bare_value_is_observed_now_and_evidence_can_be_spelled_out() {
    var request =
        loaded(
            """
            at: 2026-06-01T09:00:00Z
            device:
              rooted: false
              patch_date: {value: 2026-05-01, tier: managed, observed: 2026-06-01T08:00:00Z}
            authentication:
              strength: {value: passkey, age: 9h}
            """);
    assertThat(evidence(request, "device.rooted"))
        .isEqualTo(new Evidence(EvidenceTier.OBSERVED, NINE));
    assertThat(request.device().find("device.patch_date")).contains(LocalDate.of(2026, 5, 1));
    assertThat(evidence(request, "device.patch_date"))
        .isEqualTo(new Evidence(EvidenceTier.MANAGED, NINE.minus(Duration.ofHours(1))));
    assertThat(evidence(request, "authentication.strength").observed())
        .isEqualTo(NINE.minus(Duration.ofHours(9)));
  }

  @Test
  void whatever_is_written_is_read_back_as_the_same_request() {
    for (long seed = 0; seed < 2000; seed++) {
      var request = anyRequest(new Random(seed));
      var text = RequestDocument.write(request);
      var back = loaded(text);
      assertThat(back.at()).isEqualTo(request.at());
      for (var fact : SCHEMA.all()) {
        assertThat(back.about(fact.entity()).valueAt(fact.slot()))
            .as("seed %d: %s in %s", seed, fact.qualifiedName(), text)
            .isEqualTo(request.about(fact.entity()).valueAt(fact.slot()));
        assertThat(back.about(fact.entity()).evidenceAt(fact.slot()))
            .isEqualTo(request.about(fact.entity()).evidenceAt(fact.slot()));
      }
    }
  }

  @Test
  void everything_that_is_wrong_is_told_at_once_with_its_place() {
    var problems =
        rejected(
            """
            at: yesterday
            devise: {rooted: true}
            device:
              root: true
              rooted: "yes"
              platform: androit
              os_version: seventeen
              patch_date: {value: 2026-05-01, tier: top, age: 1h, observed: never}
            subject: {groups: treasury, population: employee}
            facts: {subject.population: customer}
            """);
    assertThat(problems)
        .extracting(Problem::toString)
        .containsExactly(
            "request:1:5: `yesterday` is not a time; a time is in UTC, of the years 1900 to 9999;"
                + " write it like `2026-06-01T09:00:00Z`",
            "request:2:1: a request cannot have `devise`; the key is unknown; did you mean"
                + " `device`?",
            "request:4:3: there is no fact `device.root`; the facts schema does not declare it; did"
                + " you mean `device.rooted`?",
            "request:5:11: `device.rooted` cannot be `\"yes\"`; it is true or false; write `true`"
                + " or `false`, without quotes",
            "request:6:13: `device.platform` cannot be `androit`; it is one of a few words; did you"
                + " mean `android`?",
            "request:7:15: `device.os_version` cannot be `seventeen`; it is a version; write 1 to 6"
                + " dot-separated numbers in quotes, such as `\"17.1\"`",
            "request:8:15: `device.patch_date` has `observed` and `age`; only one could count;"
                + " remove one",
            "request:8:41: there is no evidence tier `top`; evidence is worth one of four tiers;"
                + " choose one of `attested`, `managed`, `observed`, `reported`",
            "request:8:65: `never` is not a time; a time is in UTC, of the years 1900 to 9999;"
                + " write it like `2026-06-01T09:00:00Z`",
            "request:9:19: `subject.groups` is a single value; it is a list of texts; write a list"
                + " such as `[\"one\", \"two\"]`",
            "request:9:29: `subject.population` is stated twice; only one could count; remove one");
  }

  @Test
  void a_request_must_say_its_time_unless_it_is_asked_now() {
    assertThat(rejected("device: {rooted: true}"))
        .singleElement()
        .extracting(Problem::what)
        .isEqualTo("there is no `at`");
    var now =
        RequestDocument.read(
            new PolicySource("request", "device: {rooted: true}"), SCHEMA, Optional.of(NINE));
    assertThat(now)
        .isInstanceOfSatisfying(
            Reading.Loaded.class, loaded -> assertThat(loaded.request().at()).isEqualTo(NINE));
  }

  @Test
  void hostile_requests_are_refused_within_bounds() {
    assertThat(first("{\"device\":".repeat(40_000))).contains("nested more than 16 deep");
    assertThat(first("{\"device\":".repeat(30) + "1" + "}".repeat(30))).contains("nested");
    assertThat(first("[".repeat(18) + "]".repeat(18))).contains("nested more than 16 deep");
    assertThat(first("a: " + "[".repeat(50_000))).contains("nested more than 16 deep");
    assertThat(first("x".repeat(600_000))).contains("there are 600000 characters");
    assertThat(first("a: &a [*a]")).contains("`&a` repeats a part");
    assertThat(first("a: &a [1]\nb: *a")).contains("`&a` repeats a part");
    assertThat(first("a: !!javax.script.ScriptEngineManager [x]")).contains("YAML tag");
    assertThat(first("at: x\n--- \nat: y")).contains("second document");
    assertThat(first("{\"at\": \"x\" \"y\"}")).isEqualTo("this is not JSON");
    assertThat(first("{} {}")).isEqualTo("something follows the end");
    assertThat(first("{\"at\": NaN}")).isEqualTo("this is not JSON");
    assertThat(first("{\"facts\":{\"request.body_bytes\":" + "9".repeat(5000) + "}}"))
        .isEqualTo("this is not JSON");
    assertThat(first("{\"at\":\"" + "a".repeat(20_000) + "\"}")).contains("20000 characters");
    assertThat(first("")).contains("nothing here");
    assertThat(first("at: 'x\u0000'")).contains("cannot be printed");
    assertThat(first("{? [a] : b}")).contains("not JSON");
    assertThat(first("at: 2026-06-01T09:00:00Z\n? [a]\n: b")).contains("a key is a list");
    assertThat(first("[".repeat(3) + "1,".repeat(60_000))).contains("more than 50000 parts");
    assertThat(first("{\"at\":\"-999999999-01-01T00:00:00Z\"}")).contains("is not a time");
    assertThat(rejected("{\"facts\":{" + "\"x\":1,".repeat(1000) + "\"y\":1}}"))
        .hasSizeLessThanOrEqualTo(200);
  }

  private static String first(String text) {
    return rejected(text).getFirst().what();
  }

  private static Evidence evidence(AccessRequest request, String name) {
    var fact = SCHEMA.find(name).orElseThrow();
    var evidence = request.about(fact.entity()).evidenceAt(fact.slot());
    if (evidence == null) throw new AssertionError(name + " is unknown");
    return evidence;
  }

  private static AccessRequest loaded(String text) {
    return switch (RequestDocument.read(text, SCHEMA)) {
      case Reading.Loaded(AccessRequest request) -> request;
      case Reading.Rejected(List<Problem> problems) -> throw new AssertionError(problems);
    };
  }

  private static List<Problem> rejected(String text) {
    return switch (RequestDocument.read(text, SCHEMA)) {
      case Reading.Loaded loaded -> throw new AssertionError(loaded);
      case Reading.Rejected(List<Problem> problems) -> problems;
    };
  }

  private static AccessRequest anyRequest(Random random) {
    var at = NINE.plusNanos(random.nextLong(1_000_000_000_000L));
    var request = Given.NOTHING.at(at);
    for (var fact : SCHEMA.all()) {
      if (random.nextInt(3) == 0) continue;
      var tier = List.of(EvidenceTier.values()).get(random.nextInt(4));
      var observed = random.nextBoolean() ? at : at.minusSeconds(random.nextInt(1_000_000));
      var about = request.about(fact.entity());
      request =
          request.with(
              about.with(
                  fact.qualifiedName(), anyValue(fact, random), new Evidence(tier, observed)));
    }
    return request;
  }

  private static Object anyValue(Fact fact, Random random) {
    if (!fact.allowed().isEmpty() && fact.type() == FactType.STRING)
      return List.copyOf(fact.allowed()).get(random.nextInt(fact.allowed().size()));
    return switch (fact.type()) {
      case BOOLEAN -> random.nextBoolean();
      case STRING -> anyText(random);
      case INTEGER -> random.nextLong();
      case DECIMAL -> random.nextDouble();
      case STRINGS ->
          fact.allowed().isEmpty()
              ? random.ints(random.nextInt(4)).mapToObj(n -> "x" + n).toList()
              : List.copyOf(fact.allowed());
      case VERSION -> dev.vigil.policy.Version.parse(random.nextInt(30) + "." + random.nextInt(9));
      case DATE -> LocalDate.ofEpochDay(random.nextInt(30_000));
      case TIMESTAMP -> Instant.ofEpochMilli(random.nextLong(2_000_000_000_000L));
      case DURATION -> Duration.ofMillis(random.nextInt(Integer.MAX_VALUE));
      case ADDRESS -> {
        var bytes = new byte[random.nextBoolean() ? 4 : 16];
        random.nextBytes(bytes);
        yield dev.vigil.policy.IpAddress.of(bytes);
      }
    };
  }

  private static String anyText(Random random) {
    var words =
        List.of("null", "~", "true", "17.10", "{", "a: b", "\"", "\\", "\u2028", "é😀", " x ");
    return words.get(random.nextInt(words.size())) + (random.nextBoolean() ? "" : random.nextInt());
  }
}
