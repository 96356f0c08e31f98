// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.config;

import dev.vigil.admission.device.EnrolmentRules;
import dev.vigil.admission.device.EnrolmentRules.Approval;
import dev.vigil.admission.device.EnrolmentRules.Attestation;
import dev.vigil.admission.device.EnrolmentRules.TestRoot;
import dev.vigil.admission.device.EnrolmentRules.Who;
import dev.vigil.identity.Population;
import dev.vigil.kernel.Suggestion;
import dev.vigil.posture.SignalName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Reads one rule of `devices.enrolment`.
final class EnrolmentRuleReader {

  /// How a rule is written.
  static final String LIKE = "{group: treasury, most: 2, attestation: hardware}";

  private static final int MOST = 1000;
  private static final List<String> WORDS =
      List.of("group", "population", "most", "platforms", "attestation", "test-root", "approval");

  private final Map<String, List<String>> words;

  private EnrolmentRuleReader(Map<String, List<String>> words) {
    this.words = words;
  }

  /// @throws IllegalArgumentException which says what is wrong
  static EnrolmentRules.Rule rule(Map<String, List<String>> words) {
    for (String word : words.keySet())
      if (!WORDS.contains(word))
        throw new IllegalArgumentException(
            "a rule of enrolment has no `"
                + word
                + "`"
                + Suggestion.nearest(word, WORDS)
                    .map(near -> "; did you mean `" + near + "`?")
                    .orElse("; it has " + WORDS));
    var reader = new EnrolmentRuleReader(words);
    return new EnrolmentRules.Rule(
        reader.who(),
        reader.most(),
        reader.platforms(),
        reader.choice("attestation", Attestation.values(), Attestation.NONE),
        reader.choice("test-root", TestRoot.values(), TestRoot.REFUSED),
        reader.choice("approval", Approval.values(), Approval.NONE));
  }

  private Who who() {
    if (words.containsKey("group") == words.containsKey("population"))
      throw new IllegalArgumentException(
          "a rule of enrolment is for a `group` or for a `population`, such as `" + LIKE + "`");
    if (words.containsKey("group")) return new Who.OfGroup(one("group"));
    return new Who.OfPopulation(
        choice("population", Population.values(), Population.EMPLOYEE, Population::label));
  }

  private int most() {
    if (!words.containsKey("most")) return EnrolmentRules.USUAL_MOST;
    String text = one("most");
    if (text.matches("\\d{1,4}") && Integer.parseInt(text) <= MOST) return Integer.parseInt(text);
    throw new IllegalArgumentException(
        "`most` takes a number of devices from 0 to " + MOST + ", not `" + text + "`");
  }

  private Set<String> platforms() {
    var named = words.getOrDefault("platforms", List.of());
    if (words.containsKey("platforms") && named.isEmpty())
      throw new IllegalArgumentException("`platforms` names at least one; leave it out for any");
    for (String one : named)
      if (SignalName.PLATFORM.read(one).isEmpty())
        throw new IllegalArgumentException(
            "`platforms` takes " + SignalName.PLATFORM.form().expects() + ", not `" + one + "`");
    return Set.copyOf(named);
  }

  private <E extends Enum<E>> E choice(String word, E[] all, E otherwise) {
    return choice(word, all, otherwise, EnrolmentRuleReader::label);
  }

  private <E extends Enum<E>> E choice(
      String word, E[] all, E otherwise, Function<E, String> label) {
    if (!words.containsKey(word)) return otherwise;
    String text = one(word);
    return Arrays.stream(all)
        .filter(value -> label.apply(value).equals(text))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "`"
                    + word
                    + "` takes "
                    + Arrays.stream(all)
                        .map(value -> "`" + label.apply(value) + "`")
                        .collect(Collectors.joining(" or "))
                    + ", not `"
                    + text
                    + "`"));
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private String one(String word) {
    var values = words.getOrDefault(word, List.of());
    if (values.size() == 1 && !values.getFirst().isBlank()) return values.getFirst();
    throw new IllegalArgumentException("`" + word + "` takes one text");
  }
}
