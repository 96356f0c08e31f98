// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.said;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.admission.feed.PostureSource;
import dev.vigil.admission.feed.PostureSource.Unavailable;
import dev.vigil.feeds.defender.Defender;
import dev.vigil.feeds.lookout.Lookout;
import dev.vigil.feeds.said.StandIn.Answer;
import dev.vigil.feeds.web.Web;
import dev.vigil.feeds.web.WebSender;
import dev.vigil.feeds.zimperium.Zimperium;
import dev.vigil.kernel.Secret;
import dev.vigil.testkit.ManualTime;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// How threat defence products are asked, page by page, at a stand-in.
class ThreatDefenceTest {

  private final ManualTime time = ManualTime.atNoon();
  private final StandIn product = new StandIn();
  private final Web web = new Web(Duration.ofSeconds(5), 8 << 20);

  @AfterEach
  void close() {
    product.close();
    web.close();
  }

  @Test
  void defender_is_read_with_top_and_skip() throws Unavailable {
    product
        .tokensAt("/token", "access_token")
        .at(
            "/api/machines",
            asked ->
                Answer.ok(
                    "{\"@odata.context\": \"x\", \"value\": ["
                        + entries("id", from(asked.query(), "$skip="), 250, 600)
                        + "]}"));
    assertThat(all(defender())).hasSize(600).doesNotHaveDuplicates();
    assertThat(product.asked.getLast().query()).isEqualTo("$top=250&$skip=500");
    assertThat(product.asked.getLast().header("Authorization")).isEqualTo("Bearer token-1");
    assertThatThrownBy(() -> defender().read(Optional.of("https://elsewhere.example")))
        .isInstanceOf(Unavailable.class);
  }

  @Test
  void lookout_is_signed_in_with_its_application_key_and_read_after_the_last_oid()
      throws Unavailable {
    product
        .tokensAt("/oauth2/token", "access_token")
        .at(
            "/mra/api/v2/devices",
            asked -> {
              int from = asked.query().contains("oid=") ? from(asked.query(), "oid=") + 1 : 0;
              return Answer.ok(
                  "{\"count\": 1, \"devices\": [" + entries("guid", from, 250, 251) + "]}");
            });
    assertThat(all(lookout())).hasSize(251).doesNotHaveDuplicates();
    assertThat(product.asked.getFirst().header("Authorization")).isEqualTo("Bearer app-key");
    assertThat(product.asked.getFirst().body()).isEqualTo("grant_type=client_credentials");
    assertThat(product.asked.getLast().query()).isEqualTo("limit=250&oid=249");
  }

  @Test
  void zimperium_is_signed_in_with_its_api_key_and_scrolled_to_the_end() throws Unavailable {
    product
        .tokensAt("/api/auth/v1/api_keys/login", "accessToken")
        .at("/api/devices/public/v2/devices/start-scroll", _ -> scrolled(0))
        .at(
            "/api/devices/public/v2/devices/scroll/qZ w==",
            _ -> scrolled(100 * product.times("/api/devices/public/v2/devices/scroll/qZ w==")));
    assertThat(all(zimperium())).hasSize(250).doesNotHaveDuplicates();
    assertThat(product.asked.getFirst().body()).contains("\"clientId\":\"vigil\"", "\"secret\"");
  }

  @Test
  void an_answer_without_a_list_is_garbage_and_not_an_empty_list() {
    product
        .tokensAt("/token", "access_token")
        .tokensAt("/oauth2/token", "access_token")
        .tokensAt("/api/auth/v1/api_keys/login", "accessToken")
        .at("/api/machines", _ -> Answer.ok("{\"error\": \"?\"}"))
        .at("/mra/api/v2/devices", _ -> Answer.ok("{\"devices\": null}"))
        .at("/api/devices/public/v2/devices/start-scroll", _ -> Answer.ok("{}"));
    for (var source : List.of(defender(), lookout(), zimperium()))
      assertThatThrownBy(() -> source.read(Optional.empty()))
          .isInstanceOfSatisfying(
              Unavailable.class,
              trouble -> assertThat(trouble.reason()).isEqualTo(PostureSource.Reason.GARBAGE));
  }

  @Test
  void entries_that_are_garbage_are_counted_and_the_rest_is_read() throws Unavailable {
    product
        .tokensAt("/token", "access_token")
        .at("/api/machines", _ -> Answer.ok("{\"value\": [7, null, {}, {\"id\": \"good\"}]}"));
    var page = defender().read(Optional.empty());
    assertThat(page.unreadable()).isEqualTo(3);
    assertThat(page.devices()).hasSize(1);
    assertThat(page.next()).isEmpty();
  }

  private static Answer scrolled(int from) {
    return Answer.ok(
        "{\"totalHits\": 250, \"scrollId\": \"qZ w==\", \"content\": ["
            + entries("id", from, 100, 250)
            + "]}");
  }

  private static int from(String query, String parameter) {
    return Integer.parseInt(query.substring(query.indexOf(parameter) + parameter.length()));
  }

  private static String entries(String member, int from, int most, int all) {
    return IntStream.range(from, Math.min(from + most, all))
        .mapToObj("{\"%s\": \"d%%1$d\", \"oid\": \"%%1$d\"}".formatted(member)::formatted)
        .collect(Collectors.joining(","));
  }

  private static List<String> all(PostureSource source) throws Unavailable {
    var ids = new ArrayList<String>();
    var cursor = Optional.<String>empty();
    do {
      var page = source.read(cursor);
      page.devices().forEach(one -> ids.add(one.id().management()));
      cursor = page.next();
    } while (cursor.isPresent());
    return ids;
  }

  private Defender defender() {
    var login =
        new Api.Login() {
          @Override
          public HttpRequest.Builder request(Instant now) {
            return HttpRequest.newBuilder(URI.create(product.base() + "/token"));
          }

          @Override
          public Optional<Api.Token> read(ObjectNode answer, Instant now) {
            return Api.Token.read(answer, "access_token", Duration.ofMinutes(10), now);
          }
        };
    return new Defender("defender", product.base(), new Api(new WebSender(web), login, time));
  }

  private Lookout lookout() {
    return new Lookout(
        "lookout",
        product.base(),
        Lookout.api(product.base(), secret("app-key"), new WebSender(web), time));
  }

  private Zimperium zimperium() {
    var key = new Zimperium.Key("vigil", secret("s3cret"));
    return new Zimperium(
        "zimperium", product.base(), Zimperium.api(product.base(), key, new WebSender(web), time));
  }

  private static Secret secret(String text) {
    return Secret.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
