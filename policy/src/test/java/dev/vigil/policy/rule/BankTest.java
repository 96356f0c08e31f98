// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.kernel.EvidenceTier;
import dev.vigil.policy.Decision;
import dev.vigil.policy.Decision.Step;
import dev.vigil.policy.Obligations;
import dev.vigil.policy.Sentence;
import dev.vigil.policy.language.PolicySource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The policies in `examples/bank`, scene by scene.
class BankTest {

  private static final CompiledPolicySet BANK = Scene.policy(sources());

  private static List<PolicySource> sources() {
    var folder = Path.of(System.getProperty("vigil.root", ".."), "examples", "bank", "policies");
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().matches(".*[a-z]/[a-z-]+\\.yaml"))
          .sorted()
          .map(BankTest::source)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PolicySource source(Path file) {
    try {
      return new PolicySource(String.valueOf(file.getFileName()), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Scene phone() {
    return Scene.empty()
        .with("subject.active", true)
        .with("device.active", true)
        .with("device.rooted", false)
        .with("device.patch_date", "2026-09-01")
        .with("device.screen_lock", true)
        .with("device.threat_level", "none")
        .with("device.encrypted", true)
        .with("connection.mutual_tls", true)
        .with("connection.tls_version", "TLSv1.3")
        .with("connection.binding", "certificate")
        .with("network.address", "127.0.0.9")
        .with("app.sensitivity", "normal")
        .with("request.method", "GET")
        .with("request.path", "/");
  }

  private static Scene signedIn(Scene scene, Duration ago) {
    return scene
        .with("authentication.strength", "passkey", EvidenceTier.OBSERVED, ago)
        .with("authentication.phishing_resistant", true)
        .with("authentication.user_verified", true);
  }

  private static Scene customer() {
    return signedIn(phone(), Duration.ofHours(1))
        .with("subject.population", "customer")
        .with("app.id", "banking");
  }

  private static Scene employee(String app) {
    return signedIn(phone(), Duration.ofMinutes(10))
        .with("subject.population", "employee")
        .with("app.id", app)
        .with("subject.groups", List.of("treasury"))
        .with("device.managed", true)
        .with("device.corporate", true)
        .with("device.compliant", true);
  }

  private static Scene partner() {
    return phone()
        .with("subject.population", "partner")
        .with("app.id", "partner-api")
        .with("app.sensitivity", "high");
  }

  @Test
  void a_customer_reads_on_a_sound_phone() {
    var decision = BANK.decide(customer().request());
    assertThat(decision).isInstanceOf(Decision.Allow.class);
    assertThat(((Decision.Allow) decision).obligations()).isEqualTo(Obligations.NONE);
    assertThat(decision.basis().deciding()).startsWith("customers-bank");
    assertThat(decision.basis().policyVersion()).isEqualTo(7);
    assertThat(decision.basis().validUntil())
        .isEqualTo(Scene.NOW.minus(Duration.ofHours(1)).plus(Duration.ofDays(30)));
  }

  @Test
  void a_customer_who_has_not_signed_in_is_asked_to() {
    var decision = BANK.decide(customer().without("authentication.strength").request());
    assertThat(decision).isInstanceOf(Decision.StepUp.class);
    assertThat(((Decision.StepUp) decision).steps())
        .containsExactly(
            new Step.Authenticate(
                "passkey",
                Duration.ofDays(30).toSeconds(),
                false,
                Sentence.of("Sign in with your passkey.")));
  }

  @Test
  void a_payment_needs_exactly_this_payment_approved() {
    var payment = customer().with("request.method", "POST").with("request.path", "/payments");
    var decision = BANK.decide(payment.request());
    assertThat(decision).isInstanceOf(Decision.StepUp.class);
    assertThat(((Decision.StepUp) decision).steps())
        .extracting(Step.Authenticate::transaction)
        .containsExactly(true);
    assertThat(BANK.decide(payment.with("authentication.transaction_approved", true).request()))
        .isInstanceOf(Decision.Allow.class);
  }

  @Test
  void a_rooted_phone_is_to_be_restored_first() {
    var decision = BANK.decide(customer().with("device.rooted", true).request());
    assertThat(decision).isInstanceOf(Decision.Remediate.class);
    assertThat(((Decision.Remediate) decision).steps())
        .extracting(step -> ((Step.Fix) step).fix())
        .containsExactly("restore-system");
  }

  @Test
  void an_old_phone_is_told_all_that_it_lacks_at_once() {
    var decision =
        BANK.decide(
            customer()
                .with("device.patch_date", "2025-12-05")
                .with("device.screen_lock", false)
                .without("authentication.strength")
                .request());
    assertThat(decision).isInstanceOf(Decision.Remediate.class);
    assertThat(((Decision.Remediate) decision).steps())
        .hasSize(3)
        .anyMatch(Step.Authenticate.class::isInstance);
    assertThat(decision.basis().reasons())
        .extracting(Decision.Reason::requirement)
        .containsExactlyInAnyOrder("update-os", "set-screen-lock", "passkey");
  }

  @Test
  void what_is_not_known_of_a_phone_counts_against_it() {
    for (var fact : List.of("device.rooted", "device.patch_date", "device.screen_lock")) {
      assertThat(BANK.decide(customer().without(fact).request()))
          .as(fact)
          .isInstanceOf(Decision.Remediate.class);
    }
    assertThat(BANK.decide(customer().without("device.active").request()))
        .isInstanceOf(Decision.Deny.class);
    assertThat(BANK.decide(customer().without("network.address").request()))
        .as("it might be under embargo")
        .isInstanceOf(Decision.Deny.class);
  }

  @Test
  void from_an_embargoed_place_nobody_is_let_in_and_nobody_is_told_why() {
    var decision = BANK.decide(customer().with("network.address", "127.0.66.20").request());
    assertThat(decision).isInstanceOf(Decision.Deny.class);
    assertThat(decision.basis().deciding()).containsExactly("embargo");
    assertThat(decision.basis().reasons())
        .extracting(Decision.Reason::text)
        .containsOnly(Sentence.of("not permitted"));
  }

  @Test
  void an_employee_works_on_a_corporate_device_only() {
    assertThat(BANK.decide(employee("staff").request())).isInstanceOf(Decision.Allow.class);
    for (var fact :
        List.of("device.managed", "device.corporate", "device.compliant", "device.encrypted")) {
      var decision = BANK.decide(employee("staff").with(fact, false).request());
      assertThat(decision).as(fact).isInstanceOf(Decision.Remediate.class);
      assertThat(((Decision.Remediate) decision).steps())
          .extracting(step -> ((Step.Fix) step).fix())
          .containsExactly("enrol-in-management");
    }
  }

  @Test
  void an_employee_signs_in_again_after_eight_hours() {
    var scene = signedIn(employee("staff"), Duration.ofHours(8).minusSeconds(1));
    var decision = BANK.decide(scene.request());
    assertThat(decision.basis().validUntil()).isEqualTo(Scene.NOW.plusSeconds(1));
    assertThat(decision).isInstanceOf(Decision.Allow.class);
    assertThat(BANK.decide(scene.request().at(Scene.NOW.plusSeconds(1))))
        .isInstanceOf(Decision.StepUp.class);
  }

  @Test
  void a_treasurer_acts_on_a_corporate_device_and_only_looks_on_another() {
    var acts = (Decision.Allow) BANK.decide(employee("treasury").request());
    assertThat(acts.obligations().readOnly()).isFalse();
    var looks =
        (Decision.Allow)
            BANK.decide(employee("treasury").with("device.corporate", false).request());
    assertThat(looks.obligations())
        .isEqualTo(new Obligations(true, true, Optional.of(Duration.ofHours(1)), Set.of()));
    assertThat(
            BANK.decide(employee("treasury").with("connection.tls_version", "TLSv1.2").request()))
        .isInstanceOf(Decision.Deny.class);
    assertThat(BANK.decide(employee("treasury").with("subject.groups", List.of()).request()))
        .isInstanceOf(Decision.Deny.class);
  }

  @Test
  void a_partner_needs_a_token_bound_to_its_certificate() {
    assertThat(BANK.decide(partner().request())).isInstanceOf(Decision.Allow.class);
    assertThat(BANK.decide(partner().with("connection.binding", "dpop").request()))
        .isInstanceOf(Decision.Deny.class);
    assertThat(BANK.decide(partner().with("connection.mutual_tls", false).request()))
        .isInstanceOf(Decision.Deny.class);
    assertThat(BANK.decide(partner().with("app.id", "staff").request()))
        .isInstanceOf(Decision.Deny.class);
  }

  @Test
  void an_app_without_a_permit_is_closed() {
    var decision = BANK.decide(customer().with("app.id", "elsewhere").request());
    assertThat(decision).isInstanceOf(Decision.Deny.class);
    assertThat(decision.basis().deciding()).isEmpty();
  }

  @Test
  void what_a_report_rule_would_do_is_seen_by_administrators_only() {
    var request = employee("staff").request();
    var shadow = BANK.shadow(request);
    assertThat(BANK.decide(request)).isInstanceOf(Decision.Allow.class);
    assertThat(shadow.together()).isInstanceOf(Decision.Deny.class);
    assertThat(shadow.alone())
        .hasEntrySatisfying(
            "managed-evidence", alone -> assertThat(alone).isInstanceOf(Decision.Deny.class));
    var managed =
        employee("staff")
            .with("device.compliant", true, EvidenceTier.MANAGED, Duration.ofMinutes(2))
            .request();
    assertThat(BANK.shadow(managed).together()).isInstanceOf(Decision.Allow.class);
  }

  @Test
  void an_administrator_sees_every_rule_with_its_truth_and_values() {
    var explanation = BANK.explain(customer().with("device.rooted", true).request());
    assertThat(explanation.decision()).isInstanceOf(Decision.Remediate.class);
    assertThat(explanation.rules()).hasSameSizeAs(BANK.rules().all());
    var rule =
        explanation.rules().stream()
            .filter(view -> view.name().equals("not-rooted"))
            .findFirst()
            .orElseThrow();
    assertThat(rule.applies()).isTrue();
    assertThat(rule.requirements().getFirst().condition().written()).isEqualTo("!device.rooted");
    assertThat(rule.requirements().getFirst().condition().truth().name()).isEqualTo("FALSE");
    assertThat(rule.requirements().getFirst().condition().values().getFirst().value())
        .contains(true);
  }
}
