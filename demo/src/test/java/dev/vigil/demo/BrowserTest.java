// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo;

import static dev.vigil.demo.phone.Phone.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.demo.bank.Bank;
import dev.vigil.demo.phone.MemoryState;
import dev.vigil.demo.phone.Phone;
import dev.vigil.demo.phone.SoftwareKeys;
import dev.vigil.demo.phone.VertxTransport;
import dev.vigil.kernel.Entropy;
import dev.vigil.sdk.AppRequest;
import dev.vigil.sdk.Ports;
import dev.vigil.sdk.Profile;
import dev.vigil.sdk.Refused.StepUpRequired;
import dev.vigil.sdk.VigilClient;
import dev.vigil.sdk.port.Attestor;
import dev.vigil.server.Assembly;
import dev.vigil.server.SystemTime;
import dev.vigil.server.cli.CommandTree;
import dev.vigil.server.cli.Context;
import dev.vigil.server.cli.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;

/// People with a real browser: Chromium on plain `http://localhost`, against a real server.
class BrowserTest {

  private static final String PAYMENT =
      "{\"amount\":\"1250.00\",\"currency\":\"EUR\",\"payee\":\"Garden Centre Ltd\"}";

  @Command(name = "vigil")
  private static final class Root {}

  /// What a command printed, and how it ended.
  private record Typed(int code, String output) {}

  private static Typed type(Context.Opener opener, Path folder, String... command) {
    var output = new StringWriter();
    var errors = new StringWriter();
    var terminal = new Terminal(new PrintWriter(output), new PrintWriter(errors), Optional.empty());
    var context = new Context(terminal, folder, new SystemTime(), SystemTime.entropy(), opener);
    int code =
        new CommandTree(context, new Root(), CommandTree.administration(context)).run(command);
    return new Typed(code, code == 0 ? output.toString() : errors + output.toString());
  }

  @Test
  void the_first_administrator_registers_a_passkey_signs_in_and_administers(@TempDir Path folder)
      throws Exception {
    try (var chromium = Chromium.open()) {
      var premises = OpenBank.premises(folder);
      try (var server = premises.start()) {
        registerAdministrator(chromium, server);
        var desk = folder.resolve("desk");
        var login =
            type(
                page -> signIn(chromium, page),
                desk,
                "login",
                "--issuer",
                server.configuration().face().issuer().toString(),
                "--ca",
                premises.authority().toString());
        assertThat(login.code()).as(login.output()).isZero();
        var users = type(_ -> false, desk, "user", "list", "--json");
        assertThat(users.code()).as(users.output()).isZero();
        assertThat(users.output()).contains("ada@bank.example");
        assertThat(server.firstAdministrator()).isEmpty();
      }
    }
  }

  private static void registerAdministrator(Chromium chromium, Assembly server) {
    var page = chromium.page();
    page.navigate(server.firstAdministrator().orElseThrow().toString());
    page.locator("input[name=userName]").waitFor();
    assertThat(page.url()).startsWith("http://localhost:").doesNotContain("#");
    chromium.pictures("administrator");
    page.locator("input[name=userName]").fill("ada@bank.example");
    page.locator("input[name=displayName]").fill("Ada Admin");
    page.locator("button[type=submit]").click();
    page.locator(".done").waitFor();
    chromium.pictures("registered");
    assertThat(page.locator(".done").innerText()).isEqualTo("Welcome, ada@bank.example.");
  }

  private static boolean signIn(Chromium chromium, URI address) {
    var page = chromium.page();
    page.navigate(address.toString());
    page.locator("button").first().waitFor();
    chromium.pictures("login");
    page.locator("button").first().click();
    page.waitForURL(url -> url.startsWith("http://127.0.0.1:"));
    chromium.pictures("login-callback");
    return true;
  }

  @Test
  void a_person_sees_amount_and_payee_before_approving_a_payment(@TempDir Path folder)
      throws Exception {
    try (var chromium = Chromium.open();
        var house = OpenBank.in(folder)) {
      register(chromium, house);
      try (var transport = new VertxTransport(house.bank().vertx(), VertxTransport.Network.PLAIN)) {
        var anchors = Files.readString(folder.resolve("authority.pem"));
        var client = client(chromium, transport, house.bank().issuer(), anchors);
        assertThat(outcome(client.enrol(Phone.healthy()))).isEqualTo("done");
        var payment =
            AppRequest.post(
                URI.create("https://" + Bank.BANKING + "/payments"),
                "application/json",
                PAYMENT.getBytes(StandardCharsets.UTF_8));
        var asked = client.call(payment);
        assertThat(outcome(asked)).isEqualTo("step up: approve");
        assertThat(outcome(client.stepUp((StepUpRequired) asked))).isEqualTo("allowed 201");
        assertThat(house.bank().app("banking").payments()).isEqualTo(1);
      }
    }
  }

  private static void register(Chromium chromium, OpenBank house) {
    var invited =
        house
            .bank()
            .desk()
            .change(
                "new customer",
                "user",
                "invite",
                "clara@mail.example",
                "--name",
                "Clara Customer",
                "--population",
                "customer");
    var page = chromium.page();
    page.navigate(invited.path("invitation").path("url").asString());
    page.locator("button").waitFor();
    assertThat(page.locator("h1").innerText()).isEqualTo("Welcome, Clara Customer");
    chromium.pictures("invited");
    page.locator("button").click();
    page.locator(".done").waitFor();
  }

  private static VigilClient client(
      Chromium chromium, VertxTransport transport, URI issuer, String anchors) {
    Entropy entropy = SystemTime.entropy();
    var ports =
        new Ports(
            new SoftwareKeys(),
            new MemoryState(),
            Attestor.NONE,
            (address, _) -> Optional.of(confirm(chromium, address)),
            transport,
            Clock.systemUTC(),
            entropy::bytes);
    return new VigilClient(Profile.of(issuer, anchors, "Clara's phone"), ports);
  }

  /// What the person does when the phone shows a page: reads it, and agrees.
  private static URI confirm(Chromium chromium, URI address) {
    var page = chromium.page();
    page.navigate(address.toString());
    page.locator("button").first().waitFor();
    if (page.locator("h1").innerText().equals("Approve this?")) {
      chromium.pictures("approve");
      assertThat(page.locator("dl").innerText())
          .contains("amount", "1250.00", "currency", "EUR", "payee", "Garden Centre Ltd");
      assertThat(page.locator("button").first().innerText())
          .isEqualTo("Approve: 1250.00, EUR, Garden Centre Ltd");
    } else {
      chromium.pictures("sign-in");
    }
    page.locator("button").first().click();
    page.locator("a, #message.shown").waitFor();
    assertThat(page.locator("#message").innerText()).isBlank();
    var back = page.locator("a");
    return URI.create(back.getAttribute("href"));
  }
}
