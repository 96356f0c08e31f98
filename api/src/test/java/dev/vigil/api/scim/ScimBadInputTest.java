// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.api.scim.ScimHouse.Client;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Filters and content that would cost more than they are worth: refused unread, and recorded with
/// the provider that sent them.
class ScimBadInputTest {

  private ScimHouse house;
  private Client entra;

  @BeforeEach
  void open() throws Exception {
    house = new ScimHouse();
    entra = house.entra();
  }

  @AfterEach
  void close() {
    house.close();
  }

  private void recorded(String code) {
    var last = house.events("provisioning-refused").getLast();
    assertThat(last.details()).containsEntry("code", code);
    assertThat(last.details().get("provider")).startsWith("prv_");
  }

  @Test
  void filter_bombs_are_recorded() throws Exception {
    entra.find("/Users", "(".repeat(40) + "userName pr" + ")".repeat(40)).refused(400, "tooMany");
    recorded("scim.filter-too-complex");
    entra
        .find(
            "/Users",
            IntStream.range(0, 40).mapToObj(_ -> "title pr").collect(Collectors.joining(" or ")))
        .refused(400, "tooMany");
    entra.find("/Users", "userName eq \"" + "x".repeat(2_100) + "\"").refused(413, "invalidFilter");
    recorded("scim.filter-too-long");
    assertThat(house.events("provisioning-refused")).hasSize(3);
  }

  @Test
  void too_many_values_are_recorded_but_not_without_end() throws Exception {
    String mails =
        IntStream.range(0, 60)
            .mapToObj(i -> "{\"value\":\"m" + i + "\"}")
            .collect(Collectors.joining(","));
    for (int i = 0; i < 20; i++)
      entra
          .post("/Users", "{\"userName\":\"ok\",\"emails\":[" + mails + "]}")
          .refused(400, "tooMany");
    recorded("scim.too-many-values");
    assertThat(house.events("provisioning-refused")).hasSizeBetween(1, 10);
  }

  @Test
  void a_filter_that_is_only_wrong_is_no_event() throws Exception {
    entra.find("/Users", "usrName eq \"x\"").refused(400, "invalidFilter");
    assertThat(house.events("provisioning-refused")).isEmpty();
  }

  @Test
  void nested_and_huge_content_is_recorded() throws Exception {
    entra
        .post("/Users", "{\"a\":" + "[".repeat(500) + "]".repeat(500) + "}")
        .refused(400, "invalidSyntax");
    assertThat(house.events("request-refused").getLast().details())
        .containsEntry("code", "http.malformed")
        .containsEntry("request", "POST /scim/v2/Users");
    entra.post("/Users", "{\"userName\":\"" + "x".repeat(600_000) + "\"}").refused(413, "");
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (house.events("request-refused").size() < 2 && System.nanoTime() < end)
      Thread.onSpinWait();
    assertThat(house.events("request-refused")).hasSize(2);
  }
}
