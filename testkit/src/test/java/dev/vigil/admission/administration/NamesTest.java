// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import static dev.vigil.admission.administration.AdministrationScene.done;
import static dev.vigil.admission.administration.AdministrationScene.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.kernel.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What may be typed, and what it becomes.
class NamesTest {

  @Test
  void a_user_name_has_one_spelling_whatever_the_width_or_case_of_its_letters() {
    for (var typed :
        List.of(
            "alice@bank.example",
            " Alice@BANK.Example ",
            "\uff21\uff4cice@bank.example",
            "alic\u212f@bank.example")) {
      assertThat(done(UserName.of(typed)).value()).as(typed).isEqualTo("alice@bank.example");
    }
    assertThat(done(UserName.of("\u212aelvin")).value()).isEqualTo("kelvin");
    assertThat(done(UserName.of("o'brien+test@bank.example")).value())
        .isEqualTo("o'brien+test@bank.example");
  }

  @Test
  void a_user_name_in_letters_that_look_alike_or_with_anything_hidden_is_refused() {
    var bad =
        List.of(
            "",
            " ",
            "\u0430lice@bank.example",
            "alice@b\u0430nk.example",
            "al\u0456ce",
            "\u0130stanbul",
            "alice\r\nbob",
            "alice\u200b",
            "alice\u202e",
            "al ice",
            "a@b@c",
            "@bank.example",
            "alice@",
            ".alice",
            "a..b",
            "-alice",
            "alice\u0000",
            "x".repeat(255),
            "<script>",
            "alice;drop",
            "a/b",
            "\ud800",
            "caf\u00e9@bank.example");
    for (var typed : bad) {
      assertThat(refusal(UserName.of(typed)))
          .as(typed)
          .contains(AdministrationRefusal.USER_NAME_FORM);
    }
  }

  @Test
  void what_a_refusal_shows_of_what_was_typed_cannot_break_a_line_or_hide() {
    var refused =
        (Outcome.Refused<UserName>) UserName.of("evil\r\nSet-Cookie: x\u202e`" + "y".repeat(500));
    assertThat(refused.detail())
        .doesNotContain("\r", "\n", "\u202e")
        .hasSizeLessThan(120)
        .contains("evil??Set-Cookie");
  }

  @Test
  void a_display_name_may_be_in_any_script_and_never_on_two_lines() {
    assertThat(done(DisplayName.of("  \u0410\u043b\u0438\u0441\u0430 \u4f50\u85e4  ")).value())
        .isEqualTo("\u0410\u043b\u0438\u0441\u0430 \u4f50\u85e4");
    assertThat(done(DisplayName.of("Rene\u0301")).value()).isEqualTo("Ren\u00e9");
    for (var typed :
        List.of(
            "",
            "  ",
            "Alice\nBob",
            "Al\rice",
            "Alice\u202eecilA",
            "a\u0000b",
            "a\u2028b",
            "x".repeat(121),
            "\u200b")) {
      assertThat(refusal(DisplayName.of(typed)))
          .as(typed)
          .contains(AdministrationRefusal.DISPLAY_NAME_FORM);
    }
  }

  @Test
  void a_group_is_kept_in_lower_case() {
    assertThat(done(GroupName.of("Payments-Team")).value()).isEqualTo("payments-team");
    for (var typed :
        List.of("", "payments team", "-x", "p\u0430yments", "x".repeat(65), "a\nb", "a,b")) {
      assertThat(refusal(GroupName.of(typed))).as(typed).contains(AdministrationRefusal.GROUP_FORM);
    }
  }

  @Test
  void a_host_is_a_plain_name_and_nothing_that_a_request_could_spell_otherwise() {
    assertThat(done(HostName.of("Bank.Apps.Example")).value()).isEqualTo("bank.apps.example");
    assertThat(done(HostName.of("xn--bcher-kva.example")).value())
        .isEqualTo("xn--bcher-kva.example");
    var bad =
        List.of(
            "",
            "bank.example:443",
            "bank.example.",
            "*.example",
            "bank..example",
            "user@bank.example",
            "bank.example/path",
            "bank.example?x",
            "bank_example",
            "-bank.example",
            "bank-.example",
            "127.0.0.1",
            "0x7f.1",
            "1",
            "bank.1",
            "[::1]",
            "b\u00fccher.example",
            "bank.example\r\nX: y",
            "bank.example\u0000",
            " bank.example",
            "BAN\u212a.example",
            "a".repeat(64) + ".example",
            "a.".repeat(127) + "example",
            "bank.example#",
            "bank\u3002example");
    for (var typed : bad) {
      assertThat(refusal(HostName.of(typed))).as(typed).contains(AdministrationRefusal.HOST_FORM);
    }
  }

  @Test
  void an_upstream_is_a_scheme_a_host_and_a_port() {
    assertThat(done(Upstream.of("HTTPS://Core.Bank.Example:8443/")).uri())
        .hasToString("https://core.bank.example:8443");
    assertThat(done(Upstream.of("http://127.0.0.1:9000")).uri())
        .hasToString("http://127.0.0.1:9000");
    assertThat(done(Upstream.of("http://[::1]:9000")).uri()).hasToString("http://[::1]:9000");
  }

  @Test
  void an_upstream_that_carries_more_or_leads_to_the_machine_s_own_credentials_is_refused() {
    var bad =
        List.of(
            "",
            "bank.example",
            "ftp://bank.example",
            "file:///etc/passwd",
            "https://",
            "https://user:pw@bank.example",
            "https://bank.example/path",
            "https://bank.example?x=1",
            "https://bank.example#f",
            "https://bank.example:0",
            "https://bank.example:65536",
            "https://bank.example:99999999999",
            "javascript:alert(1)",
            "http://169.254.169.254",
            "http://[fe80::1]",
            "http://[::ffff:169.254.169.254]",
            "http://[::]",
            "http://0.0.0.0",
            "http://224.0.0.1",
            "http://2852039166",
            "http://0xa9fea9fe",
            "http://0251.0376.0251.0376",
            "http://169.254.43518",
            "http://1.2.3.0x4",
            "http://bank.example\r\nX: y",
            "http://b\u00e4nk.example",
            "http:bank.example",
            "http://bank.example\\@evil.example",
            "x".repeat(301));
    for (var typed : bad) {
      assertThat(refusal(Upstream.of(typed)))
          .as(typed)
          .contains(AdministrationRefusal.UPSTREAM_FORM);
    }
  }

  @Test
  void a_reason_is_one_line_and_never_missing() {
    assertThat(done(Reason.of("  joined on Monday ")).text()).isEqualTo("joined on Monday");
    assertThat(refusal(Reason.of("  "))).contains(AdministrationRefusal.REASON_REQUIRED);
    for (var typed : List.of("a\nb", "a\u001b[2Jb", "x".repeat(257)))
      assertThat(refusal(Reason.of(typed))).contains(AdministrationRefusal.REASON_FORM);
    assertThatThrownBy(() -> new Reason("")).isInstanceOf(IllegalArgumentException.class);
  }
}
