// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.signin.SignInRefusal;
import dev.vigil.identity.passkey.PasskeyRefusal;
import dev.vigil.kernel.EvidenceTier;
import dev.vigil.kernel.Refusal;
import dev.vigil.posture.SignalForm;
import dev.vigil.posture.SignalName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The bundles of messages: complete, and in the language that the person reads.
class MessagesTest {

  private static final Pattern USED = Pattern.compile("\\bt\\(\\s*\"([^\"]+)\"");
  private static final Set<String> FOR_ADMINISTRATORS =
      Set.of("sign-in.pass-life", "sign-in.pass-for-administrator");

  private static JsonNode bundle(String language) {
    try (var in = Messages.class.getResourceAsStream("messages." + language + ".json")) {
      return JsonMapper.shared()
          .readTree(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> words(String language) {
    return bundle(language).properties().stream()
        .map(Map.Entry::getKey)
        .filter(key -> !key.startsWith("refusal."))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void every_language_has_every_message_with_the_same_places_for_values() {
    for (var language : Messages.LANGUAGES) {
      assertThat(words(language)).isEqualTo(words("en"));
      assertThat(bundle(language).path("language").asString()).isEqualTo(language);
      words("en")
          .forEach(key ->
              assertThat(places(bundle(language).path(key).asString()))
                  .as(language + " " + key)
                  .isEqualTo(places(bundle("en").path(key).asString())));
    }
  }

  private static Set<String> places(String text) {
    return Pattern.compile("\\{\\d}")
        .matcher(text)
        .results()
        .map(r -> r.group())
        .collect(Collectors.toSet());
  }

  @Test
  void every_message_that_a_page_uses_is_there() throws IOException {
    var known = words("en");
    try (var files = Files.list(Path.of("src/main/resources/dev/vigil/api/signin"))) {
      files
          .filter(file -> file.toString().endsWith(".js"))
          .forEach(
              file -> assertThat(used(file)).as(file.getFileName().toString()).isSubsetOf(known));
    }
  }

  private static Set<String> used(Path script) {
    try {
      return USED.matcher(Files.readString(script))
          .results()
          .map(match -> match.group(1))
          .filter(key -> !key.endsWith("."))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void every_signal_and_every_word_it_can_say_has_words_for_people() {
    var known = words("en");
    for (var name : SignalName.values()) {
      assertThat(known).contains("signal." + name.label());
      if (name.form() instanceof SignalForm.OneOf(var values))
        values.forEach(value -> assertThat(known).contains("signal." + name.label() + "." + value));
    }
    for (var tier : EvidenceTier.values())
      assertThat(known).contains("own.known.tier." + tier.name().toLowerCase(Locale.ROOT));
    for (var from : List.of("app", "vigil", "product", "hardware", "hardware.test", "store"))
      assertThat(known).contains("own.known.from." + from);
    for (var purpose : List.of("updates", "protection", "key", "app", "management"))
      assertThat(known)
          .contains("own.known.purpose." + purpose, "own.known.purpose." + purpose + ".why");
  }

  @Test
  void refusals_that_people_see_are_said_in_their_language() {
    var german = bundle("de");
    Stream.<Refusal>concat(
            Arrays.stream(SignInRefusal.values()), Arrays.stream(PasskeyRefusal.values()))
        .map(Refusal::code)
        .filter(code -> !FOR_ADMINISTRATORS.contains(code))
        .forEach(code -> {
          assertThat(german.has("refusal." + code)).as(code).isTrue();
          assertThat(german.has("refusal." + code + ".next")).as(code).isTrue();
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "de-CH,de;q=0.9,en;q=0.8 | de",
        "en-GB | en",
        "fr,de;q=0.5 | de",
        "fr | en",
        "'' | en",
        "*;;; | en"
      })
  void the_language_is_the_one_that_the_browser_likes_best(String header, String language) {
    assertThat(Messages.language(header)).isEqualTo(language);
  }

  @Test
  void a_hostile_header_costs_nothing() {
    assertThat(Messages.language("a,".repeat(100_000))).isEqualTo("en");
  }
}
