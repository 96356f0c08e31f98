// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.identity.oauth.RegisteredClient;
import dev.vigil.identity.oauth.RegisteredClient.Kind;
import dev.vigil.identity.oauth.RegisteredClient.Method;
import dev.vigil.identity.oauth.RegisteredClient.Profile;
import dev.vigil.kernel.AppId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Apps on people's devices that an administrator registered: no secret, a key of their own.
class NativeClientTest extends OpenIdScene {

  private final WebApp app = new WebApp(house, wire, "payslips");

  private void installed(String... ids) {
    alice();
    for (String id : ids)
      house.openId.register(
          new RegisteredClient(
              id,
              "Payslips",
              Kind.NATIVE,
              Profile.FAPI2,
              new Method.Proof(),
              new AppId("payroll"),
              Set.of(Phone.CALLBACK),
              Set.of(),
              Optional.empty(),
              Set.of("openid", "offline_access"),
              Set.of(),
              Optional.empty()));
  }

  private Wire.Answer send(WebApp by, String path, Map<String, String> form) {
    var named = new HashMap<>(form);
    named.put("client_id", by.id);
    var first = by.send(path, named);
    return first.text("error").equals("use_dpop_nonce") ? by.send(path, named) : first;
  }

  @Override
  Wire.Answer tokens() {
    var form = app.request("redirect_uri", Phone.CALLBACK);
    form.put("scope", "openid offline_access");
    String uri = send(app, "/oauth/par", form).text("request_uri");
    var back = arrive("/oauth/authorize?client_id=payslips&request_uri=" + uri);
    String where = back.header("location").orElseThrow(() -> new AssertionError(back.body()));
    var redemption =
        new HashMap<>(app.redemption(where.substring(where.indexOf("code=") + 5).split("&", 2)[0]));
    redemption.put("redirect_uri", Phone.CALLBACK);
    return send(app, "/oauth/token", redemption);
  }

  private Wire.Answer refresh(WebApp by, String token) {
    return send(by, "/oauth/token", Map.of("grant_type", "refresh_token", "refresh_token", token));
  }

  /// As libraries do it: the app's name and the token, and no proof.
  private Wire.Answer revoke(String client, String token) {
    return wire.send(
        app.dpop.formRequest("/oauth/revoke", Map.of("client_id", client, "token", token)));
  }

  @Test
  void a_native_app_is_refused_without_a_proof_of_its_key() {
    installed("payslips");
    var tokens = tokens();
    assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
    var form =
        Map.of(
            "client_id",
            "payslips",
            "grant_type",
            "refresh_token",
            "refresh_token",
            tokens.text("refresh_token"));
    var bare = wire.send(app.dpop.formRequest("/oauth/token", form));
    assertThat(bare.text("code")).isEqualTo("openid.unconstrained");
    var push = app.request("redirect_uri", Phone.CALLBACK);
    assertThat(wire.send(app.dpop.formRequest("/oauth/par", push)).status()).isEqualTo(400);
    assertThat(house.events()).contains("client-refused");
  }

  @Test
  void a_stolen_refresh_token_is_worth_nothing_without_the_key_and_ends_the_session_if_it_is_old() {
    installed("payslips");
    String first = tokens().text("refresh_token");
    assertThat(refresh(new WebApp(house, wire, "payslips"), first).text("error"))
        .isEqualTo("invalid_grant");
    String second = refresh(app, first).text("refresh_token");
    assertThat(second).isNotEmpty().isNotEqualTo(first);
    assertThat(refresh(app, first).text("code")).isEqualTo("openid.grant-reused");
    assertThat(refresh(app, second).text("error")).isEqualTo("invalid_grant");
    assertThat(house.events()).contains("token-refused", "session-revoked");
  }

  @Test
  void a_native_app_revokes_with_its_name_and_the_token_alone_and_only_what_is_its_own() {
    installed("payslips", "other-app");
    String token = tokens().text("refresh_token");
    assertThat(revoke("other-app", token).status()).isEqualTo(200);
    assertThat(revoke("payslips", "payslips.guessed").status()).isEqualTo(200);
    assertThat(revoke("payroll", token).status()).isEqualTo(401);
    var thief = new WebApp(house, wire, "payslips");
    assertThat(send(thief, "/oauth/revoke", Map.of("token", token)).status()).isEqualTo(200);
    String next = refresh(app, token).text("refresh_token");
    assertThat(next).isNotEmpty();
    assertThat(revoke("payslips", next).status()).isEqualTo(200);
    assertThat(refresh(app, next).text("error")).isEqualTo("invalid_grant");
  }
}
