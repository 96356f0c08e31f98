// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo;

import static dev.vigil.demo.phone.Phone.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.demo.bank.Bank;
import dev.vigil.sdk.port.Body;
import dev.vigil.sdk.port.Transport.Request;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// What an app behind the gateway gets to see when a phone lies about who and where it is.
class ForgedHeadersTest {

  private static final String FORGED = "forged";
  private static final List<String> IDENTITY =
      List.of(
          "Vigil-Assertion",
          "vigil_assertion",
          "VIGIL-Subject",
          "X-Vigil-User",
          "X-Forwarded-For",
          "X_Forwarded_For",
          "X-Forwarded-Host",
          "X-Forwarded-Proto",
          "X-Forwarded-Client-Cert",
          "Forwarded",
          "X-Real-IP",
          "Client-Cert",
          "Client-Cert-Chain",
          "X-Client-Cert",
          "X-Remote-User",
          "X-Original-URL",
          "X-HTTP-Method-Override");

  @Test
  void no_forged_identity_header_arrives_and_ours_arrives_once(@TempDir Path folder)
      throws Exception {
    try (var house = OpenBank.in(folder)) {
      var clara = house.bank().invite("clara@mail.example", "Clara", "customer", "127.0.20.1");
      var phone = house.bank().phone(clara, "Clara's phone", "127.0.20.1");
      assertThat(outcome(phone.enrol())).isEqualTo("done");
      assertThat(outcome(phone.get(Bank.BANKING, "/accounts"))).isEqualTo("allowed 200");

      var own = phone.wiretap().loot();
      var headers = own.request().headers().with("Accept-Language", "en");
      for (String name : IDENTITY) headers = headers.with(name, FORGED);
      var uri = URI.create("https://" + Bank.BANKING + "/headers");
      var response =
          phone.transport().send(new Request("GET", uri, headers, Body.EMPTY), own.peer());
      try (var body = response.body()) {
        assertThat(response.status()).isEqualTo(200);
        var arrived = JsonMapper.builder().build().readTree(body.readAllBytes());
        assertThat(arrived.toString()).doesNotContain(FORGED);
        assertThat(arrived.propertyNames()).doesNotContain("authorization");
        assertThat(arrived.path("accept-language").asString()).isEqualTo("en");
        assertThat(arrived.path("vigil-assertion").asString().split("\\.")).hasSize(3);
        assertThat(arrived.path("vigil-assertion").asString()).doesNotContain(",");
      }
    }
  }
}
