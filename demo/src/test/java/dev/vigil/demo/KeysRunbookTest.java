// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo;

import static dev.vigil.demo.phone.Phone.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vigil.demo.bank.Bank;
import dev.vigil.demo.bank.Watch;
import dev.vigil.demo.phone.Phone;
import dev.vigil.server.Assembly;
import dev.vigil.server.SystemTime;
import dev.vigil.server.config.ConfigurationReader;
import dev.vigil.server.config.ConfigurationReader.Reading;
import dev.vigil.testkit.SoftToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The runbook of `docs/keys.md`, command by command, on a bank with phones connected and a token
/// in software.
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class KeysRunbookTest {

  private static final Path PAGE =
      Path.of(Objects.requireNonNullElse(System.getProperty("vigil.root"), ".."))
          .resolve("docs/keys.md");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
  private static final String ALLOWED = "allowed 200";

  @TempDir private Path folder;
  private Assembly server;
  private Bank bank;
  private String without = "";
  private int people;

  @BeforeEach
  void open() throws IOException {
    assumeTrue(SoftToken.installed().isPresent(), "SoftHSM is not installed");
    var premises = OpenBank.premises(folder);
    server = premises.start();
    bank = Bank.open(server, premises, new SystemTime(), SystemTime.entropy());
    without = Files.readString(premises.file());
  }

  @Test
  void the_runbook_does_what_it_says() throws Exception {
    try {
      play(SoftToken.take(folder));
    } finally {
      bank.close();
      server.close();
    }
  }

  private void play(SoftToken token) throws Exception {
    var phone = enrolled();
    configure(without + token.yaml());
    perform("Move the authorities into a token, or to another token");
    assertThat(places()).filteredOn("token"::equals).hasSize(3);
    var watch = stream(phone);
    loseToken(phone);
    configure(without);
    assertThat(watch.isOpen()).isTrue();
    perform("The token is lost");
    assertThat(places()).doesNotContain("token", "token, away");
    goesOn(phone);
    theft(phone);
    furnishStick();
    perform("Take the root key away");
    perform("Bring the root key back, rotate, and take it away again");
    letIn(phone);
    letIn(enrolled());
  }

  private void theft(Phone phone) throws Exception {
    var watch = stream(phone);
    perform("An authority's key was stolen");
    assertThat(watch.fate()).isEqualTo("cut");
    goesOn(phone);
    perform("A key that signs tokens was stolen");
    letIn(phone);
  }

  private void loseToken(Phone phone) throws Exception {
    var newcomer = newcomer();
    SoftToken.takeOut();
    try {
      assertThat(outcome(newcomer.enrol())).contains("no certificate can be issued");
      goesOn(phone);
      while (!bank.desk().run("events", "tail", "--once").contains("signing-token-away"))
        Thread.onSpinWait();
      assertThat(places()).filteredOn("token, away"::equals).hasSize(3);
    } finally {
      SoftToken.putBack();
    }
  }

  private Phone newcomer() throws IOException {
    people++;
    var local = "127.0.23." + people;
    var visitor = bank.invite("c" + people + "@mail.example", "Customer", "customer", local);
    return bank.phone(visitor, "phone " + people, local);
  }

  private Phone enrolled() throws IOException {
    var phone = newcomer();
    assertThat(outcome(phone.enrol())).isEqualTo("done");
    return phone;
  }

  private static void goesOn(Phone phone) {
    assertThat(outcome(phone.get(Bank.BANKING, "/accounts")).lines().findFirst()).contains(ALLOWED);
  }

  /// The gateway lets it in; the apps of the bank know the keys that there were when they started.
  private static void letIn(Phone phone) {
    assertThat(outcome(phone.get(Bank.BANKING, "/accounts"))).startsWith("allowed ");
  }

  private static Watch stream(Phone phone) throws Exception {
    var watch = new Watch();
    assertThat(outcome(phone.open(Bank.BANKING, "/live", watch))).isEqualTo("allowed stream");
    watch.firstMessage();
    return watch;
  }

  private List<String> places() {
    return bank.desk()
        .ask("keys", "list")
        .path("items")
        .valueStream()
        .map(one -> one.path("place").asString())
        .toList();
  }

  private void furnishStick() throws IOException {
    var file = Files.createDirectory(folder.resolve("stick")).resolve("password");
    Files.writeString(file, "the password of the stick, long enough");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private void configure(String text) throws IOException {
    Files.writeString(folder.resolve("vigil.yaml"), text);
  }

  private void perform(String heading) throws IOException {
    var lines = Files.readString(PAGE).split("### " + Pattern.quote(heading) + "\n", 2)[1].lines();
    var block =
        lines
            .dropWhile(line -> !line.equals("```"))
            .skip(1)
            .takeWhile(line -> !line.equals("```"))
            .toList();
    assertThat(block).isNotEmpty();
    for (var line : block) type(line);
  }

  private void type(String line) throws IOException {
    switch (line) {
      case "systemctl stop vigil" -> server.close();
      case "systemctl start vigil" -> start();
      case "systemctl restart vigil" -> {
        server.close();
        start();
      }
      default -> bank.desk().run(words(line));
    }
  }

  private String[] words(String line) {
    var words = new ArrayList<String>();
    var matcher = WORD.matcher(line);
    while (matcher.find())
      words.add(Objects.requireNonNullElse(matcher.group(1), matcher.group(2)));
    assertThat(words.removeFirst()).isEqualTo("vigil");
    return words.stream()
        .map(word ->
            word.replace("https://id.bank.example", bank.issuer().toString())
                .replace("/media/stick", folder.resolve("stick").toString())
                .replace("/etc/vigil/vigil.yaml", folder.resolve("vigil.yaml").toString())
                .replaceAll("^authority.pem$", folder.resolve("authority.pem").toString()))
        .toArray(String[]::new);
  }

  private void start() throws IOException {
    var text = Files.readString(folder.resolve("vigil.yaml"));
    if (!(ConfigurationReader.read("vigil.yaml", text, folder) instanceof Reading.Read(var read)))
      throw new AssertionError("the configuration cannot be read");
    server = Assembly.start(read);
  }
}
