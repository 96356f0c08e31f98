// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo;

import static dev.vigil.demo.phone.Phone.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.demo.bank.Bank;
import dev.vigil.demo.bank.Watch;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An identity platform takes a person away whose phone has a stream open. Over the wire.
class ProvisioningTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String PERSON = "customer@mail.example";

  /// The platform's side of SCIM.
  private record Platform(HttpClient client, URI base, String token) {

    JsonNode send(String method, String path, String json) throws Exception {
      var request =
          HttpRequest.newBuilder(URI.create(base + path))
              .header("Authorization", "Bearer " + token)
              .header("Content-Type", "application/scim+json")
              .method(method, BodyPublishers.ofString(json))
              .build();
      var answer = client.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
      return JSON.readTree(answer.body());
    }
  }

  private static SSLContext trusting(OpenBank house) throws Exception {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("anchor", house.server().anchor());
    var trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    var tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    return tls;
  }

  @Test
  void who_is_deactivated_by_the_identity_platform_loses_the_open_stream_within_a_second(
      @TempDir Path folder) throws Exception {
    try (var house = OpenBank.in(folder);
        var client = HttpClient.newBuilder().sslContext(trusting(house)).build()) {
      var bank = house.bank();
      var granted =
          bank.desk()
              .change(
                  "people come from there",
                  "provisioning",
                  "add",
                  "entra",
                  "--adopt",
                  "--population",
                  "customer");
      var platform =
          new Platform(
              client, URI.create(granted.path("url").asString()), granted.path("token").asString());
      var visitor = bank.invite(PERSON, "Customer", "customer", "127.0.22.1");
      var phone = bank.phone(visitor, "phone", "127.0.22.1");
      assertThat(outcome(phone.enrol())).isEqualTo("done");
      String id =
          platform
              .send("POST", "/Users", "{\"userName\":\"" + PERSON + "\",\"active\":true}")
              .path("id")
              .asString();
      var watch = new Watch();
      assertThat(outcome(phone.open(Bank.BANKING, "/live", watch))).isEqualTo("allowed stream");
      watch.firstMessage();

      long start = System.nanoTime();
      platform.send(
          "PATCH",
          "/Users/" + id,
          "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":"
              + "[{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"False\"}]}");
      assertThat(watch.fate()).isEqualTo("cut");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
      assertThat(outcome(phone.get(Bank.BANKING, "/accounts"))).doesNotStartWith("allowed");
      assertThat(bank.desk().ask("session", "list", "--user", PERSON)).isEmpty();
    }
  }
}
