// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.scene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.demo.OpenBank;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The same scenes with people who come through an OpenID provider: only the configuration is
/// another.
class FederatedShowTest {

  private final MockOAuth2Server provider =
      new MockOAuth2Server(OAuth2Config.Companion.fromJson("{\"interactiveLogin\": true}"));

  @TempDir Path folder = Path.of("");
  private Optional<OpenBank> open = Optional.empty();

  private String issuer(String name) {
    return provider.issuerUrl(name).toString().replace("localhost", "127.0.0.1");
  }

  @TestFactory
  Stream<DynamicNode> every_scene_comes_out_the_same() throws Exception {
    provider.start();
    var identity =
        """
        identity:
          providers:
            - {id: staff, kind: openid, issuer: "%s", client-id: vigil, population: employee, groups: {Treasurers: treasury}, provision: on-first-sign-in, first-passkey: after-sign-in}
            - {id: customers, kind: openid, issuer: "%s", client-id: vigil, population: customer, provision: on-first-sign-in, first-passkey: after-sign-in}
        """
            .formatted(issuer("staff"), issuer("customers"));
    var house = OpenBank.in(folder, identity);
    open = Optional.of(house);
    var acts = new Show(house.bank()).acts();
    assertThat(house.bank().desk().subject("emil@bank.example").required("groups").toString())
        .isEqualTo("[\"treasury\"]");
    return ShowTest.scenes(acts);
  }

  @AfterEach
  void close() {
    open.ifPresent(OpenBank::close);
    provider.shutdown();
  }
}
