// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.openid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.demo.bank.Desk;
import dev.vigil.demo.bank.Premises;
import dev.vigil.server.Assembly;
import dev.vigil.server.SystemTime;
import dev.vigil.server.config.Configuration;
import dev.vigil.server.config.ConfigurationReader;
import dev.vigil.server.config.ConfigurationReader.Reading;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// People sign in through a real Keycloak, configured as docs/federation.md says, in the full run
/// of `./verify`: Keycloak alone takes a minute to start.
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class KeycloakTest {

  private static final Path RESOURCES = Path.of("src/test/resources/openid").toAbsolutePath();
  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  private Optional<House> open = Optional.empty();

  private record House(Assembly server, Desk desk, Keycloak keycloak, URI address) {}

  @BeforeAll
  void open(@TempDir Path folder) throws IOException {
    var address = Keycloak.freeAddress();
    var policies = RESOURCES.resolve("federated");
    var premises = new Premises(folder, policies, Premises.Doors.ANY);
    premises.furnish();
    var server = Assembly.start(configured(premises, address));
    server.writeAnchor(folder);
    var face = server.configuration().face();
    var realm =
        Files.readString(RESOURCES.resolve("bank-realm.json"))
            .replace("@PAGES@", face.browser().toString())
            .replace("@SERVER@", face.issuer().toString());
    var keycloak = Keycloak.start(address, realm, premises.authority());
    var desk = new Desk(folder.resolve("desk"), new SystemTime(), SystemTime.entropy());
    open = Optional.of(new House(server, desk, keycloak, address));
    desk.register(server.firstAdministrator().orElseThrow());
    desk.signIn(face.issuer(), premises.authority());
    desk.change("tellers sign in", "policy", "apply", policies.toString());
    new Clients(desk, folder, face.issuer()).web("notes", "notes", "--plain");
  }

  private static Configuration configured(Premises premises, URI keycloak) throws IOException {
    var text =
        Files.readString(premises.file())
            + """
            identity:
              providers:
                - {id: keycloak, name: The Bank, kind: openid, issuer: "%s/realms/bank", client-id: vigil,
                   acr: {"1": password}, groups: {Tellers: tellers}, provision: on-first-sign-in}
            """
                .formatted(keycloak);
    return switch (ConfigurationReader.read("vigil.yaml", text, premises.folder())) {
      case Reading.Read(Configuration read) -> read;
      case Reading.Rejected(var problems) -> throw new AssertionError(problems);
    };
  }

  @AfterAll
  void close() {
    open.ifPresent(house -> {
      house.keycloak().close();
      house.server().close();
    });
  }

  private WebBrowser browser() {
    var house = open.orElseThrow();
    return new WebBrowser(
        house.server().configuration().face().browser(),
        new ThroughKeycloak("alice", "the-password-of-alice"),
        house.address());
  }

  /// Where the app `notes` sends people to sign in; what it is answered.
  private WebBrowser.Landed signIn(WebBrowser browser, String more) throws IOException {
    return browser.go(
        URI.create(
            browser.pages()
                + "/oauth/authorize?client_id=notes&response_type=code&scope=openid&state=s1"
                + "&redirect_uri=https://notes.example/callback&code_challenge_method=S256"
                + "&code_challenge="
                + CHALLENGE
                + more));
  }

  @Test
  void whoever_signs_in_at_keycloak_is_a_person_here_with_groups_and_acr_that_policies_believe()
      throws IOException {
    try (var browser = browser()) {
      var landed = signIn(browser, "");
      assertThat(landed.touches()).isOne();
      assertThat(landed.at().toString()).startsWith("https://notes.example/callback?code=");
      var shown = open.orElseThrow().desk().ask("user", "show", "alice");
      var person = shown.path("subject");
      assertThat(person.path("display_name").asString()).isEqualTo("Alice Example");
      assertThat(person.path("population").asString()).isEqualTo("employee");
      assertThat(person.path("groups").valueStream().map(one -> one.asString()))
          .containsExactly("tellers");
      assertThat(shown.path("passkeys").asInt()).isZero();
    }
  }

  @Test
  void who_is_signed_out_at_keycloak_is_signed_out_here() throws IOException {
    var house = open.orElseThrow();
    try (var browser = browser()) {
      signIn(browser, "");
      assertThat(signIn(browser, "&prompt=none").at().getQuery()).contains("code=");
      assertThat(house.desk().ask("session", "list", "--user", "alice")).isNotEmpty();
      house.keycloak().signOut("alice");
      assertThat(house.desk().ask("session", "list", "--user", "alice")).isEmpty();
      assertThat(signIn(browser, "&prompt=none").at().getQuery()).contains("login_required");
    }
  }

  @Test
  void a_session_at_keycloak_alone_is_no_password_that_was_typed() throws IOException {
    try (var browser = browser()) {
      signIn(browser, "");
      browser.forgetPages();
      assertThatThrownBy(() -> signIn(browser, ""))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("the browser stays at")
          .hasMessageContaining("/oauth/continue");
    }
  }

  @Test
  void a_new_key_of_keycloak_is_believed_at_the_next_sign_in_without_a_word() throws IOException {
    var house = open.orElseThrow();
    try (var before = browser();
        var after = browser()) {
      signIn(before, "");
      String old = house.keycloak().signingKey();
      house.keycloak().rotateKeys();
      assertThat(house.keycloak().signingKey()).isNotEqualTo(old);
      assertThat(signIn(after, "").at().getQuery()).contains("code=");
    }
  }
}
