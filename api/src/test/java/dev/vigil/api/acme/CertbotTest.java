// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Certbot, as distributions have it: it knows no devices, so it registers and deactivates an
/// account, and learns that there are no certificates for host names.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class CertbotTest {

  @TempDir Path folder = Path.of("");

  @Test
  void certbot_registers_is_refused_host_names_and_deactivates_its_account() throws Exception {
    assumeThat(Files.isExecutable(Path.of("/usr/bin/certbot"))).as("certbot is there").isTrue();
    try (var house = new AcmeHouse()) {
      var registered = certbot(house, 0, "register", "--agree-tos", "-m", "devices@bank.example");
      assertThat(registered).contains("Account registered");
      certbot(house, 1, "certonly", "--standalone", "--http-01-port", "0", "-d", "bank.example");
      assertThat(Files.readString(folder.resolve("logs/letsencrypt.log")))
          .contains("error:unsupportedIdentifier", "one `permanent-identifier` only");
      assertThat(certbot(house, 0, "unregister")).contains("deactivated");
      assertThat(house.events("request-refused"))
          .extracting(event -> event.details().get("code"))
          .contains("acme.identifier-unsupported");
    }
  }

  private String certbot(AcmeHouse house, int expected, String... words) throws Exception {
    var command = new ArrayList<>(List.of("/usr/bin/certbot", "--non-interactive"));
    command.addAll(List.of("--server", house.directory().toString()));
    for (String place : List.of("config", "work", "logs"))
      command.addAll(List.of("--" + place + "-dir", folder.resolve(place).toString()));
    command.addAll(List.of(words));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(expected);
    return said;
  }
}
