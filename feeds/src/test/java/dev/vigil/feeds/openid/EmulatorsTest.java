// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.openid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.identity.Session;
import dev.vigil.identity.federation.AuthorizationCall;
import dev.vigil.identity.federation.Provider;
import dev.vigil.testkit.ManualTime;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Entra and Okta as others emulate them.
class EmulatorsTest extends FederationScene {

  private static final String TENANT = "9188040d-6c67-4c5b-b112-36a304b66dad";

  EmulatorsTest() {
    super(new ManualTime(Instant.now()));
  }

  @Test
  void people_sign_in_through_entra_and_okta_and_keep_who_they_are() throws IOException {
    try (var emulators = Emulators.start(URI.create(PAGES + "/federation/callback"))) {
      String entra = emulators.entra + "/" + TENANT + "/v2.0";
      configure("entra", bank, p -> of(p, Provider.Kind.ENTRA, entra, Set.of(TENANT)));
      configure("okta", other, p -> of(p, Provider.Kind.OKTA, emulators.okta, Set.of()));
      var alice = through("entra");
      assertThat(person(alice).userName()).isEqualTo("alice@bank.example");
      assertThat(through("entra").subject()).isEqualTo(alice.subject());
      var link = changes.read(view -> view.federation().linksOf(alice.subject())).getFirst();
      assertThat(link.key().value()).startsWith(TENANT + " ");
      var leg = start("okta");
      refused(finish("okta", leg, answer(leg)), "federation.name-taken");
    }
  }

  private Session through(String provider) {
    var leg = start(provider);
    return session(leg.phone(), done(finish(provider, leg, answer(leg))));
  }

  private static AuthorizationCall.Answer answer(Leg leg) {
    var back = query(Emulators.choose(leg.address()));
    return new AuthorizationCall.Answer(
        Optional.of(member(back, "code")), Optional.empty(), Optional.ofNullable(back.get("iss")));
  }
}
