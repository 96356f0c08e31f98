// SPDX-License-Identifier: Apache-2.0
package dev.vigil.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

  private final Random random = new Random(7);

  private byte[] seeded(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  @Test
  void a_new_id_reads_back_as_itself_and_is_not_made_twice() {
    var ids =
        IntStream.range(0, 1_000).mapToObj(_ -> DeviceId.random(this::seeded)).distinct().toList();
    assertThat(ids)
        .hasSize(1_000)
        .allSatisfy(id -> assertThat(new DeviceId(id.value())).isEqualTo(id));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "dev_",
        "ses_aaaaaaaaaaaaaaaaaaaaaaaaaa",
        "dev_AAAAAAAAAAAAAAAAAAAAAAAAAA",
        "dev_aaaaaaaaaaaaaaaaaaaaaaaaa1",
        "dev_aaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "dev_aaaaaaaaaaaaaaaaaaaaaaaaa\n"
      })
  void what_is_not_a_device_id_is_refused(String text) {
    assertThatThrownBy(() -> new DeviceId(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1app", "App", "a_b", "a.b", "-a", "a b"})
  void what_is_not_an_app_name_is_refused(String text) {
    assertThatThrownBy(() -> new AppId(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_secret_never_shows_itself() {
    var secret = Secret.of("hunter2".getBytes(StandardCharsets.UTF_8));
    assertThat(secret.toString()).isEqualTo("Secret(hidden)");
    assertThat(secret)
        .isEqualTo(Secret.of("hunter2".getBytes(StandardCharsets.UTF_8)))
        .isNotEqualTo(Secret.of(new byte[7]));
  }

  @Test
  void a_digest_reads_back_from_its_text_and_refuses_other_lengths() {
    var digest = Sha256.of(new byte[] {1, 2, 3});
    assertThat(Sha256.parse(digest.toString())).isEqualTo(digest);
    assertThatThrownBy(() -> Sha256.parse("AQID")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void actions_that_differ_anywhere_have_different_digests() {
    var content = Sha256.of(new byte[0]);
    var actions =
        List.of(
            new Action(new AppId("a"), "POST", "/pay", content),
                new Action(new AppId("b"), "POST", "/pay", content),
            new Action(new AppId("a"), "PUT", "/pay", content),
                new Action(new AppId("a"), "POST", "/pays", content),
            new Action(new AppId("a"), "POST/", "pay", content),
                new Action(new AppId("a"), "POST", "/pay", Sha256.of(new byte[1])));
    assertThat(actions.stream().map(Action::digest).distinct()).hasSize(actions.size());
  }

  @Test
  void a_suggestion_is_near_or_there_is_none() {
    var known = List.of("gateway.listen", "gateway.url");
    assertThat(Suggestion.nearest("gateway.lisen", known)).contains("gateway.listen");
    assertThat(Suggestion.nearest("x", known)).isEmpty();
  }

  @Test
  void a_refusal_travels_through_an_outcome_untouched() {
    enum Why implements Refusal {
      NO;

      @Override
      public Wording wording() {
        return new Wording("test.no", 403, "no", "ask again");
      }
    }
    Outcome<Integer> refused = Outcome.refused(Why.NO, "because");
    assertThat(refused.map(n -> n + 1).then(n -> Outcome.done("never")))
        .isEqualTo(new Outcome.Refused<>(Why.NO, "because"));
    assertThat(Outcome.done(1).map(n -> n + 1)).isEqualTo(new Outcome.Done<>(2));
  }
}
