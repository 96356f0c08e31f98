// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.openid;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.vigil.admission.federation.FederatedSignIn.Finished;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Signing out at a provider ends what came of the sign-in there, and nothing else.
class BackChannelLogoutTest extends FederationScene {

  private JWTClaimsSet.Builder notice() {
    return new JWTClaimsSet.Builder()
        .issuer(bank.issuer)
        .audience(CLIENT)
        .issueTime(Date.from(time.now()))
        .expirationTime(Date.from(time.now().plusSeconds(120)))
        .jwtID(UUID.randomUUID().toString())
        .claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
  }

  private String signed(JWTClaimsSet.Builder claims) {
    return bank.signed(claims.build(), "logout+jwt");
  }

  @Test
  void the_session_there_ends_the_session_here() {
    var first = signIn("bank", "alice", claims -> claims.claim("sid", "one"));
    var second = signIn("bank", "alice", claims -> claims.claim("sid", "two"));
    assertThat(done(logout("bank", signed(notice().claim("sid", "one")))).sessions()).isEqualTo(1);
    assertThat(now(first).ended()).isPresent();
    assertThat(now(second).ended()).isEmpty();
  }

  @Test
  void the_person_there_ends_every_session_here_but_not_those_through_others() {
    var first = signIn("bank", "alice");
    var second = signIn("bank", "alice");
    var bob = signIn("bank", "bob");
    var elsewhere =
        signIn("other", "alice", claims -> claims.claim("preferred_username", "alice2"));
    assertThat(done(logout("bank", signed(notice().subject("alice")))).sessions()).isEqualTo(2);
    assertThat(List.of(now(first), now(second))).allMatch(one -> one.ended().isPresent());
    assertThat(List.of(now(bob), now(elsewhere))).allMatch(one -> one.ended().isEmpty());
  }

  @Test
  void a_code_that_was_not_redeemed_yet_is_worth_nothing_after_it() {
    var leg = start("bank");
    bank.idToken = () -> bank.signed(claims(bank, leg, "alice").build());
    var redirect = ((Finished.ForApp) done(finish("bank", leg))).redirect();
    done(logout("bank", signed(notice().subject("alice"))));
    assertThat(redeem(leg.phone(), member(query(redirect), "code")).toString()).contains("SESSION");
  }

  @Test
  void the_same_token_counts_once() {
    String token = signed(notice().subject("alice"));
    done(logout("bank", token));
    var later = signIn("bank", "alice");
    refused(logout("bank", token), "federation.logout-token");
    assertThat(now(later).ended()).isEmpty();
  }

  @Test
  void a_token_that_is_no_logout_token_ends_nothing() {
    var session = signIn("bank", "alice");
    wrong(claims -> claims.claim("nonce", "any"));
    wrong(claims -> claims.subject(null));
    wrong(claims -> claims.claim("sid", 7));
    wrong(claims -> claims.claim("events", null));
    wrong(claims -> claims.claim("events", Map.of("urn:other", Map.of())));
    wrong(claims -> claims.claim("events", "http://schemas.openid.net/event/backchannel-logout"));
    wrong(claims -> claims.jwtID(null));
    wrong(claims -> claims.audience("another"));
    wrong(claims -> claims.expirationTime(Date.from(time.now().minusSeconds(120))));
    wrong(claims -> claims.issueTime(Date.from(time.now().minusSeconds(1200))));
    refused(
        logout("bank", bank.signed(notice().subject("alice").build(), "JWT")),
        "federation.logout-token");
    refused(
        logout("bank", signed(notice().subject("alice").issuer("https://evil.example"))),
        "federation.issuer");
    refused(
        logout("bank", other.signed(notice().subject("alice").build(), "logout+jwt")),
        "federation.signature");
    refused(logout("bank", ""), "federation.token");
    refused(logout("bank", "x.y.z"), "federation.token");
    assertThat(now(session).ended()).isEmpty();
  }

  private void wrong(UnaryOperator<JWTClaimsSet.Builder> with) {
    refused(
        logout("bank", signed(with.apply(notice().subject("alice")))), "federation.logout-token");
  }
}
