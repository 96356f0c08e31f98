// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// A sign-in page opens the app to be shown this phone.
class DeviceLinkTest {

  private static final String TICKET = "Zm9ydHktdGhyZWUtbGV0dGVycy1vZi1iYXNlNjR1cmw";

  private final Phone phone = new Phone();
  private final FakeVigil server = new FakeVigil(phone.clock);
  private final VigilClient client = phone.client(server);

  private static URI link(String text) {
    return URI.create(text);
  }

  @Test
  void a_phone_shows_itself_with_its_key_and_no_token() {
    client.enrol(Posture.EMPTY);
    assertThat(client.showDevice(link("dev.vigil.phone:/device?ticket=" + TICKET)))
        .isEqualTo(Done.CHANGED);
    var request = server.to("/signin/device").get(0);
    assertThat(request.headers().first("DPoP")).isPresent();
    assertThat(request.headers().first("Authorization")).isEmpty();
    assertThat(new String(request.body().bytes(), StandardCharsets.UTF_8))
        .isEqualTo("{\"ticket\":\"" + TICKET + "\"}");
  }

  @Test
  void a_link_of_any_other_kind_reaches_nobody() {
    client.enrol(Posture.EMPTY);
    int before = server.seen.size();
    for (var link :
        new String[] {
          "https://evil.example/device?ticket=" + TICKET,
          "dev.vigil.phone://evil.example/device?ticket=" + TICKET,
          "dev.other.phone:/device?ticket=" + TICKET,
          "dev.vigil.phone:/callback?ticket=" + TICKET,
          "dev.vigil.phone:/device?ticket=" + TICKET + "&issuer=https://evil.example",
          "dev.vigil.phone:/device?ticket=short",
          "dev.vigil.phone:/device?ticket=" + TICKET.repeat(4),
          "dev.vigil.phone:/device?ticket=" + TICKET + "#more",
          "dev.vigil.phone:/device"
        })
      assertThat(client.showDevice(link(link)))
          .as(link)
          .isInstanceOf(Refused.NotTrusted.class)
          .asString()
          .doesNotContain(TICKET);
    assertThat(server.seen).hasSize(before);
  }

  @Test
  void a_ticket_that_is_spent_is_told_as_the_server_tells_it() {
    client.enrol(Posture.EMPTY);
    server.instead.put(
        "/signin/device",
        request ->
            FakeVigil.text(400, "{\"code\":\"oauth.request\",\"title\":\"the ticket is spent\"}"));
    assertThat(client.showDevice(link("dev.vigil.phone:/device?ticket=" + TICKET)))
        .isInstanceOfSatisfying(
            Refused.Denied.class,
            denied -> assertThat(denied.text()).isEqualTo("the ticket is spent"));
  }

  @Test
  void a_phone_that_is_not_enrolled_has_nothing_to_show() {
    assertThat(client.showDevice(link("dev.vigil.phone:/device?ticket=" + TICKET)))
        .isInstanceOf(Refused.EnrolmentRequired.class);
    assertThat(server.seen).isEmpty();
  }
}
