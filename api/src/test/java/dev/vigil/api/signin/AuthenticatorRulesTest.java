// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.util.Base64;
import com.webauthn4j.test.TestAttestationUtil;
import com.webauthn4j.test.authenticator.webauthn.PackedAuthenticator;
import com.webauthn4j.test.authenticator.webauthn.WebAuthnAuthenticatorAdaptor;
import dev.vigil.identity.passkey.AuthenticatorRule;
import dev.vigil.identity.passkey.Certification;
import dev.vigil.identity.passkey.Models;
import dev.vigil.kernel.Outcome;
import dev.vigil.testkit.ManualTime;
import dev.vigil.testkit.TestCa;
import java.security.interfaces.ECPrivateKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Which authenticators a group may register, over the wire: an authenticator that says what it is,
/// metadata that say what that is worth, and rules that allow, deny and ask for a certification.
class AuthenticatorRulesTest {

  private static final UUID MODEL = new UUID(0, 0);
  private static final UUID OTHER = UUID.fromString("cb69481e-8ff7-4039-93ec-0a2729a154a8");
  private static final Models METADATA = metadata();

  private final Wire wire = new Wire();

  /// Metadata that know the model as certified at level 1.
  private static Models metadata() {
    try {
      var authority = TestCa.create("metadata");
      var leaf = authority.server(List.of("mds.example"));
      var root = Base64.encode(TestAttestationUtil.load3tierTestRootCACertificate().getEncoded());
      var payload =
          """
          {"no":1,"nextUpdate":"2026-12-31","entries":[{"aaguid":"%s",
            "metadataStatement":{"description":"a key","attestationRootCertificates":["%s"]},
            "statusReports":[{"status":"FIDO_CERTIFIED_L1","effectiveDate":"2026-01-01"}]}]}
          """
              .formatted(MODEL, root);
      var blob =
          new JWSObject(
              new JWSHeader.Builder(JWSAlgorithm.ES256)
                  .x509CertChain(List.of(Base64.encode(leaf.certificate().getEncoded())))
                  .build(),
              new Payload(payload));
      blob.sign(new ECDSASigner((ECPrivateKey) leaf.key()));
      var signer = new Models.Signer(authority.certificate(), "mds.example");
      return switch (Models.read(blob.serialize(), signer, ManualTime.atNoon().now())) {
        case Outcome.Done<Models>(Models models) -> models;
        case Outcome.Refused<Models> refused -> throw new AssertionError(refused.toString());
      };
    } catch (com.nimbusds.jose.JOSEException | java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static AuthenticatorRule rule(
      String group, Set<UUID> allow, Set<UUID> deny, Optional<Certification> certified) {
    return new AuthenticatorRule(Optional.of(group), allow, deny, certified);
  }

  /// Alice of the group `staff` registers what she has, under this rule.
  private Wire.Answer registered(AuthenticatorRule rule) {
    try (var house = new House(List.of(rule), METADATA)) {
      var page = new Browser(house, wire);
      page.platform.setAuthenticatorAdaptor(
          new WebAuthnAuthenticatorAdaptor(new PackedAuthenticator()));
      var secret = SignInScene.text(house.invite("alice@bank.example").secret());
      page.csrf = page.post("/register/invitation", Map.of("secret", secret)).text("csrf");
      var answer = page.create(page.post("/register/options", Map.of()).json());
      boolean in = answer.status() == 200;
      assertThat(house.events().contains("passkey-registered")).isEqualTo(in);
      assertThat(
              new Recorded(house.changes)
                  .count("passkey-registration-refused", in ? "" : answer.text("code")))
          .isEqualTo(in ? 0 : 1);
      return answer;
    }
  }

  private void refused(String code, AuthenticatorRule rule) {
    var answer = registered(rule);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.text("code")).isEqualTo(code);
    assertThat(answer.text("next"))
        .isEqualTo(
            "use an authenticator that your organisation accepts; an administrator knows which");
  }

  @Test
  void a_model_that_is_allowed_and_certified_highly_enough_is_taken() {
    var rule =
        rule("staff", Set.of(MODEL), Set.of(OTHER), Optional.of(Certification.FIDO_CERTIFIED_L1));
    assertThat(registered(rule).status()).isEqualTo(200);
  }

  @Test
  void a_model_that_is_not_on_the_list_is_refused_with_what_to_do() {
    refused("passkey.model", rule("staff", Set.of(OTHER), Set.of(), Optional.empty()));
  }

  @Test
  void a_model_that_is_denied_is_refused_even_if_it_is_allowed_too() {
    refused("passkey.model", rule("staff", Set.of(), Set.of(MODEL), Optional.empty()));
    refused("passkey.model", rule("staff", Set.of(MODEL), Set.of(MODEL), Optional.empty()));
  }

  @Test
  void a_model_that_is_not_certified_highly_enough_is_refused_with_what_to_do() {
    refused(
        "passkey.uncertified",
        rule("staff", Set.of(), Set.of(), Optional.of(Certification.FIDO_CERTIFIED_L2)));
  }

  @Test
  void a_rule_of_another_group_binds_nobody_else() {
    var rule = rule("treasury", Set.of(OTHER), Set.of(), Optional.empty());
    assertThat(registered(rule).status()).isEqualTo(200);
  }
}
