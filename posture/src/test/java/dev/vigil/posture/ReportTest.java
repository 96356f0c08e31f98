// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.kernel.EvidenceTier;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.posture.Report.Claim;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What an app may say of its phone, and what is made of it.
class ReportTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private static Outcome<List<Signal>> report(
      String name, String value, Optional<Instant> observed) {
    return new Report(List.of(new Claim(name, value, observed))).read(NOON);
  }

  @ParameterizedTest
  @CsvSource({
    "platform,android", "model,Pixel 9", "os_version,17.6.1", "patch_date,2026-09-05",
        "rooted,false", "threat_level,low", "os_version,0",
    "screen_lock,true", "encrypted,true", "secure_boot,false", "managed,true", "corporate,true",
        "compliant,true", "hardware_key,true"
  })
  void what_the_app_says_is_worth_reported_and_no_more(String name, String value) {
    var expected =
        new Signal(
            SignalName.find(name).orElseThrow(),
            value,
            "sdk",
            EvidenceTier.REPORTED,
            NOON,
            NOON.plus(Signal.REPORTED_LIFETIME));
    assertThat(report(name, value, Optional.empty())).isEqualTo(Outcome.done(List.of(expected)));
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "rooted,no",
        "rooted,False",
        "rooted,0",
        "rooted, false",
        "platform,Android",
        "platform,symbian",
        "os_version,17.",
        "os_version,v17",
        "os_version,1.2.3.4.5.6.7",
        "os_version,1234567890",
        "os_version,-1",
        "patch_date,2026-9-5",
        "patch_date,2026-02-30",
        "patch_date,05.09.2026",
        "patch_date,2026-09-05T00:00:00Z",
        "threat_level,critical",
        "model, Pixel",
        "model,Pixel\u202e9",
        "model,''"
      })
  void a_value_of_another_form_is_refused(String name, String value) {
    assertThat(refusal(report(name, value, Optional.empty())))
        .isEqualTo(PostureRefusal.NOT_A_VALUE);
  }

  @Test
  void a_long_value_is_refused() {
    assertThat(refusal(report("model", "x".repeat(65), Optional.empty())))
        .isEqualTo(PostureRefusal.NOT_A_VALUE);
    assertThat(refusal(report("os_version", "1".repeat(1_000_000), Optional.empty())))
        .isEqualTo(PostureRefusal.NOT_A_VALUE);
  }

  @Test
  void evidence_from_the_future_is_refused() {
    assertThat(refusal(report("rooted", "false", Optional.of(NOON.plusSeconds(61)))))
        .isEqualTo(PostureRefusal.FROM_THE_FUTURE);
    assertThat(refusal(report("rooted", "false", Optional.of(Instant.MAX))))
        .isEqualTo(PostureRefusal.FROM_THE_FUTURE);
    assertThat(refusal(report("patch_date", "2026-11-24", Optional.empty())))
        .isEqualTo(PostureRefusal.FROM_THE_FUTURE);
  }

  @Test
  void evidence_from_another_age_is_refused() {
    for (var ancient : List.of(Instant.MIN, Instant.EPOCH)) {
      assertThat(refusal(report("rooted", "false", Optional.of(ancient))))
          .isEqualTo(PostureRefusal.TOO_OLD);
    }
  }

  @Test
  void its_age_counts_from_the_earlier_of_observed_and_received() {
    assertThat(observed(NOON.minusSeconds(3600))).isEqualTo(NOON.minusSeconds(3600));
    assertThat(observed(NOON.plusSeconds(59))).isEqualTo(NOON);
  }

  private static Instant observed(Instant claimed) {
    if (report("rooted", "false", Optional.of(claimed))
        instanceof Outcome.Done<List<Signal>>(List<Signal> signals))
      return signals.getFirst().observed();
    throw new AssertionError("it was refused");
  }

  @Test
  void a_tier_cannot_be_claimed() {
    for (var name : List.of("tier", "evidence", "attested", "rooted.tier")) {
      assertThat(refusal(report(name, "attested", Optional.empty())))
          .isEqualTo(PostureRefusal.UNKNOWN_SIGNAL);
    }
    assertThat(refusal(report("rooted", "false;tier=attested", Optional.empty())))
        .isEqualTo(PostureRefusal.NOT_A_VALUE);
  }

  @Test
  void a_name_nearly_right_gets_a_suggestion() {
    assertThat(report("os-version", "17", Optional.empty()))
        .isEqualTo(
            Outcome.refused(
                PostureRefusal.UNKNOWN_SIGNAL, "`os-version`; perhaps `os_version` is meant"));
    assertThat(report("a`b\n\u202e", "17", Optional.empty()))
        .isEqualTo(Outcome.refused(PostureRefusal.UNKNOWN_SIGNAL, "`a?b??`"));
  }

  @Test
  void a_signal_comes_once_and_a_report_is_small() {
    var claim = new Claim("rooted", "false", Optional.empty());
    assertThat(
            refusal(
                new Report(List.of(claim, new Claim("rooted", "true", Optional.empty())))
                    .read(NOON)))
        .isEqualTo(PostureRefusal.TWICE);
    var many = new ArrayList<Claim>();
    for (int i = 0; i < 33; i++) many.add(claim);
    assertThat(refusal(new Report(many).read(NOON))).isEqualTo(PostureRefusal.TOO_MANY);
  }

  @Test
  void stronger_evidence_stands_whatever_the_app_says_later() {
    var attested =
        new Signal(
            SignalName.ROOTED,
            "true",
            "hardware",
            EvidenceTier.ATTESTED,
            NOON.minusSeconds(600),
            NOON.plus(Signal.REPORTED_LIFETIME));
    var reported =
        new Signal(
            SignalName.ROOTED,
            "false",
            "sdk",
            EvidenceTier.REPORTED,
            NOON,
            NOON.plus(Signal.REPORTED_LIFETIME));
    assertThat(Posture.merge(List.of(reported, attested), NOON).find(SignalName.ROOTED))
        .contains(attested);
  }

  private static Refusal refusal(Outcome<?> outcome) {
    if (outcome instanceof Outcome.Refused<?> refused) return refused.refusal();
    throw new AssertionError("it was not refused");
  }
}
