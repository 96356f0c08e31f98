// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.Actor;
import dev.vigil.admission.TokenClaims;
import dev.vigil.admission.openid.ClientAuthentication;
import dev.vigil.admission.openid.OpenIdTokens;
import dev.vigil.admission.openid.ServiceGrant;
import dev.vigil.admission.signin.AppDecisions;
import dev.vigil.identity.Population;
import dev.vigil.identity.Subject;
import dev.vigil.identity.oauth.RegisteredClient;
import dev.vigil.identity.oauth.RegisteredClient.Kind;
import dev.vigil.identity.oauth.RegisteredClient.Method;
import dev.vigil.identity.oauth.RegisteredClient.Profile;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import dev.vigil.pki.IssuedCertificate;
import dev.vigil.posture.Device;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A partner's service gets tokens for itself: for its own app and those it was registered to call,
/// after a decision about its machine, bound to what it proved.
class ServiceGrantTest extends SignInScene {

  private static final Sha256 CERTIFICATE = Sha256.of(new byte[] {7});

  private final WebApp ledger = new WebApp(house, wire, "ledger-sync");
  private final Recorded recorded = new Recorded(house.changes);
  private final SubjectId machine = SubjectId.random(house.entropy);
  private final DeviceId device = DeviceId.random(house.entropy);

  @BeforeEach
  void a_partners_machine_is_registered() {
    machine();
    house.openId.register(
        service(new Method.Keys(keys(ledger)), Kind.SERVICE, Optional.of(machine)));
  }

  private static String keys(WebApp app) {
    return new com.nimbusds.jose.jwk.JWKSet(app.key.toPublicJWK()).toString();
  }

  private static RegisteredClient service(Method method, Kind kind, Optional<SubjectId> machine) {
    return new RegisteredClient(
        "ledger-sync",
        "Ledger",
        kind,
        Profile.FAPI2,
        method,
        new AppId("ledger"),
        kind == Kind.SERVICE ? Set.of() : Set.of("https://ledger.example/callback"),
        Set.of(),
        Optional.empty(),
        Set.of("entries.read"),
        Set.of(new AppId("payments")),
        machine);
  }

  private void put(boolean active) {
    house.changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx()
              .put(
                  new Subject(
                      machine,
                      "ledger-machine",
                      "Ledger",
                      Population.WORKLOAD,
                      Set.of(),
                      Set.of(),
                      active,
                      work.now()));
          work.event("subject-changed", "test", Map.of(), machine);
          return true;
        });
  }

  private void machine() {
    put(true);
    house.changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx()
              .put(
                  new Device(
                      device,
                      Device.Kind.PARTNER,
                      machine,
                      Sha256.of(new byte[] {1}),
                      "ledger",
                      work.now(),
                      Optional.empty()));
          work.tx()
              .put(
                  new IssuedCertificate(
                      CERTIFICATE,
                      "01",
                      device,
                      work.now(),
                      work.now().plus(Duration.ofDays(1)),
                      Bytes.of(new byte[] {7})));
          work.event("machine-registered", "test", Map.of(), machine, device);
          return true;
        });
  }

  private Wire.Answer ask(String... more) {
    var form = new HashMap<String, String>();
    form.put("grant_type", "client_credentials");
    for (int i = 0; i < more.length; i += 2) form.put(more[i], more[i + 1]);
    return ledger.post("/oauth/token", form);
  }

  private OpenIdTokens.AppToken token(Wire.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return Objects.requireNonNull(house.openId.accesses.get(answer.text("access_token")));
  }

  private void refused(String code, String... more) {
    recorded.once("token-refused", code, () -> assertThat(ask(more).text("code")).isEqualTo(code));
    assertThat(house.openId.accesses).isEmpty();
  }

  @Test
  void a_service_gets_a_token_for_its_own_app_bound_to_its_key_after_a_decision() {
    var answer = ask("scope", "entries.read");
    var token = token(answer);
    assertThat(answer.text("token_type")).isEqualTo("DPoP");
    assertThat(answer.json().has("refresh_token")).isFalse();
    assertThat(answer.json().has("id_token")).isFalse();
    assertThat(token.app()).contains(new AppId("ledger"));
    assertThat(token.subject()).isEqualTo(machine);
    assertThat(token.scopes()).containsExactly("entries.read");
    assertThat(token.binding()).contains(new TokenClaims.Binding.Key(ledger.dpop.thumbprint()));
    assertThat(house.openId.asked).hasSize(1);
    assertThat(house.openId.asked.getFirst().app()).isEqualTo(new AppId("ledger"));
    assertThat(house.openId.asked.getFirst().subject()).isEqualTo(machine);
  }

  @Test
  void a_service_calls_an_app_that_it_was_registered_for_in_the_same_session() {
    var own = token(ask());
    var other = token(ask("audience", "payments"));
    assertThat(other.app()).contains(new AppId("payments"));
    assertThat(other.session()).isEqualTo(own.session());
    assertThat(token(ask("audience", "urn:vigil:app:payments")).app())
        .contains(new AppId("payments"));
    assertThat(house.openId.asked.getLast().app()).isEqualTo(new AppId("payments"));
  }

  @Test
  void what_the_policy_refuses_is_not_issued() {
    house.openId.decision = new AppDecisions.Denied("dec_1");
    refused("openid.grant");
    house.openId.decision =
        new AppDecisions.StepUp("dec_2", Optional.empty(), Optional.empty(), java.util.List.of());
    refused("openid.grant");
  }

  @Test
  void another_app_another_scope_or_no_app_at_all_is_refused() {
    refused("oauth.target", "audience", "vault");
    refused("oauth.scope", "scope", "entries.read openid");
    assertThat(ask("audience", "../payments").text("code")).isEqualTo("oauth.target");
    assertThat(house.openId.asked).isEmpty();
  }

  @Test
  void without_a_proof_there_is_nothing_to_bind_a_token_to() {
    recorded.once(
        "token-refused",
        "openid.unconstrained",
        () ->
            assertThat(
                    ledger
                        .plain("/oauth/token", Map.of("grant_type", "client_credentials"))
                        .text("code"))
                .isEqualTo("openid.unconstrained"));
  }

  @Test
  void a_disabled_machine_gets_nothing() {
    put(false);
    refused("openid.unauthorized");
  }

  @Test
  void a_client_that_was_removed_gets_nothing() {
    assertThat(token(ask())).isNotNull();
    assertThat(house.openId.remove("ledger-sync")).isInstanceOf(Outcome.Done.class);
    recorded.once("client-refused", "openid.client", this::ask);
  }

  @Test
  void a_web_client_is_no_service() {
    house.openId.register(service(new Method.Keys(keys(ledger)), Kind.WEB, Optional.empty()));
    refused("openid.unauthorized");
  }

  private ServiceGrant grant() {
    return new ServiceGrant(house.changes, house.openId::decide, house.openId);
  }

  private Outcome<ClientAuthentication.Known> shown(Sha256 certificate) {
    return new ClientAuthentication(house.changes, house.origin)
        .authenticate(
            new ClientAuthentication.Shown(
                Optional.of("ledger-sync"),
                Optional.empty(),
                Optional.of(certificate),
                Optional.empty(),
                "127.0.0.1"));
  }

  @Test
  void over_mutual_tls_the_token_is_bound_to_the_certificate() {
    house.openId.register(
        service(new Method.Certificates(Set.of(CERTIFICATE)), Kind.SERVICE, Optional.of(machine)));
    var issued = shown(CERTIFICATE).then(known -> grant().issue(known, Optional.empty(), Set.of()));
    if (!(issued instanceof Outcome.Done<dev.vigil.admission.openid.Grants.Issued>(var tokens)))
      throw new AssertionError(issued);
    assertThat(tokens.type()).isEqualTo("Bearer");
    assertThat(Objects.requireNonNull(house.openId.accesses.get(tokens.accessToken())).binding())
        .contains(new TokenClaims.Binding.Certificate(CERTIFICATE));
    recorded.once("client-refused", "openid.client", () -> shown(Sha256.of(new byte[] {8})));
    house.time.pass(Duration.ofDays(1));
    recorded.once("client-refused", "openid.client", () -> shown(CERTIFICATE));
  }
}
