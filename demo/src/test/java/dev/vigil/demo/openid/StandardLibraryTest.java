// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.openid;

import dev.vigil.demo.bank.Desk;
import dev.vigil.demo.bank.Premises;
import dev.vigil.demo.phone.PageVisitor;
import dev.vigil.demo.phone.SoftwarePasskey;
import dev.vigil.server.Assembly;
import dev.vigil.server.SystemTime;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A standard OpenID client library drives Vigil's OpenID provider through all of its flows, over
/// the wire; a person's browser signs in with a passkey. What the library checks of our answers
/// (issuer, signatures, hashes, nonces, forms) is checked here by somebody else's code.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class StandardLibraryTest {

  private final MovedTime time = new MovedTime();
  private final SoftwarePasskey passkey = new SoftwarePasskey();
  private Optional<House> open = Optional.empty();

  private record House(Assembly server, Premises premises, Clients clients) {}

  @BeforeAll
  void open(@TempDir Path folder) throws IOException, GeneralSecurityException {
    Library.install();
    var policies = Path.of("src/test/resources/openid/policies").toAbsolutePath();
    var premises = new Premises(folder, policies, Premises.Doors.ANY);
    var server = Assembly.start(premises.furnish(), time);
    server.writeAnchor(folder);
    var issuer = server.configuration().face().issuer();
    var desk = new Desk(folder.resolve("desk"), time, SystemTime.entropy());
    var clients = new Clients(desk, folder, issuer);
    open = Optional.of(new House(server, premises, clients));
    desk.register(server.firstAdministrator().orElseThrow());
    desk.signIn(issuer, premises.authority());
    desk.change("apps sign in here", "policy", "apply", policies.toString());
    var invited = desk.change("joins", "user", "invite", "alice@bank.example", "--name", "Alice");
    new PageVisitor(passkey, "127.0.0.1")
        .register(URI.create(invited.path("invitation").path("url").asString()), Optional.empty());
    clients.register();
  }

  @AfterAll
  void close() {
    open.ifPresent(house -> house.server().close());
  }

  private void play(String scene) throws IOException {
    var house = open.orElseThrow();
    var pages = house.server().configuration().face().browser();
    try (var browser = new WebBrowser(pages, new WithPasskey(passkey))) {
      Library.play(
          scene,
          house.clients().write(time.ahead()),
          house.premises().authority(),
          new Library.Surroundings() {
            @Override
            public WebBrowser.Landed visit(URI page) throws IOException {
              return browser.go(page);
            }

            @Override
            public void pass(Duration duration) {
              time.pass(duration);
            }
          });
    }
  }

  @Test
  void the_profile_fapi2_from_discovery_to_revocation() throws IOException {
    play("fapi");
  }

  @Test
  void a_mixed_up_issuer_another_key_and_a_code_that_comes_twice_are_refused() throws IOException {
    play("theft");
  }

  @Test
  void a_native_app_rotates_its_refresh_token_and_one_that_comes_twice_ends_the_session()
      throws IOException {
    play("native");
  }

  @Test
  void a_client_with_a_certificate_gets_tokens_that_are_worth_nothing_without_it()
      throws IOException {
    play("certificate");
  }

  @Test
  void a_client_exchanges_a_persons_token_for_one_of_an_app_that_it_may_call() throws IOException {
    play("exchange");
  }

  @Test
  void a_partners_service_gets_tokens_for_itself_by_a_signed_assertion() throws IOException {
    play("service");
  }

  @Test
  void the_app_signs_the_person_out() throws IOException {
    play("logout");
  }

  @Test
  void an_app_that_is_told_to_steps_up_and_goes_on() throws IOException {
    play("stepUp");
  }

  @Test
  void plain_openid_connect_with_one_sign_in_for_all() throws IOException {
    play("plain");
  }
}
