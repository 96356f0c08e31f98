// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.said;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.feed.PostureSource.Reason;
import dev.vigil.admission.feed.PostureSource.Unavailable;
import dev.vigil.feeds.said.StandIn.Answer;
import dev.vigil.feeds.web.Web;
import dev.vigil.feeds.web.WebSender;
import dev.vigil.testkit.ManualTime;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// What can go wrong between us and a product, whichever it is.
class ApiTest {

  private final ManualTime time = ManualTime.atNoon();
  private final StandIn product = new StandIn().tokensAt("/token", "access_token");
  private final Web web = new Web(Duration.ofSeconds(5), 8 << 20);
  private final Api api = new Api(new WebSender(web), new Login(product.base()), time);

  private record Login(URI base) implements Api.Login {
    @Override
    public HttpRequest.Builder request(Instant now) {
      return HttpRequest.newBuilder(URI.create(base + "/token"))
          .POST(HttpRequest.BodyPublishers.noBody());
    }

    @Override
    public Optional<Api.Token> read(ObjectNode answer, Instant now) {
      return Api.Token.read(answer, "access_token", Duration.ofMinutes(10), now);
    }
  }

  @AfterEach
  void close() {
    product.close();
    web.close();
  }

  @Test
  void a_token_serves_until_a_minute_before_it_ends() throws Unavailable {
    product.at("/devices", _ -> Answer.ok("{}"));
    get();
    time.pass(Duration.ofMinutes(58));
    get();
    assertThat(product.times("/token")).isEqualTo(1);
    time.pass(Duration.ofMinutes(1));
    get();
    assertThat(product.times("/token")).isEqualTo(2);
    assertThat(product.asked.getLast().header("Authorization")).isEqualTo("Bearer token-2");
  }

  @Test
  void a_token_that_is_refused_early_is_got_anew_once() throws Unavailable {
    product.at(
        "/devices",
        asked ->
            asked.header("Authorization").equals("Bearer token-1")
                ? Answer.status(401)
                : Answer.ok("{\"fine\": true}"));
    assertThat(get().path("fine").booleanValue()).isTrue();
    product.at("/devices", _ -> Answer.status(401));
    assertThat(trouble().reason()).isEqualTo(Reason.CREDENTIAL);
    assertThat(product.times("/token")).isEqualTo(3);
  }

  @Test
  void a_credential_that_ran_out_is_told_as_such() {
    for (int status : new int[] {400, 401, 403}) {
      product.at("/token", _ -> Answer.status(status));
      assertThat(trouble().reason()).as("" + status).isEqualTo(Reason.CREDENTIAL);
    }
    assertThat(product.times("/devices")).isZero();
  }

  @Test
  void a_right_that_is_missing_is_a_matter_of_the_credential() {
    product.at("/devices", _ -> Answer.status(403));
    assertThat(trouble().reason()).isEqualTo(Reason.CREDENTIAL);
  }

  @Test
  void a_product_that_wants_to_be_asked_less_says_when() {
    product.at("/devices", _ -> new Answer(429, "", Map.of("Retry-After", "120")));
    assertThat(trouble().reason()).isEqualTo(Reason.THROTTLED);
    assertThat(trouble().again()).contains(time.now().plusSeconds(120));
    product.at(
        "/devices",
        _ -> new Answer(429, "", Map.of("Retry-After", "Sun, 22 Nov 2026 13:00:00 GMT")));
    assertThat(trouble().again()).contains(Instant.parse("2026-11-22T13:00:00Z"));
    product.at("/devices", _ -> new Answer(429, "", Map.of("Retry-After", "999999999")));
    assertThat(trouble().again()).contains(time.now().plus(Duration.ofDays(1)));
    product.at("/devices", _ -> new Answer(503, "", Map.of("Retry-After", "later")));
    assertThat(trouble().reason()).isEqualTo(Reason.DOWN);
    assertThat(trouble().again()).isEmpty();
  }

  @Test
  void a_page_that_is_forgotten_means_to_begin_anew() {
    for (int status : new int[] {400, 404, 410}) {
      product.at("/devices", _ -> Answer.status(status));
      assertThat(trouble(Api.Page.LATER).reason()).as("" + status).isEqualTo(Reason.CURSOR_EXPIRED);
      assertThat(trouble(Api.Page.FIRST).reason()).as("" + status).isEqualTo(Reason.GARBAGE);
    }
  }

  @Test
  void an_answer_that_is_no_json_object_is_garbage() {
    for (String body : new String[] {"", "<html>", "[]", "null", "{\"a\":1", "{\"a\":1,\"a\":2}"}) {
      product.at("/devices", _ -> Answer.ok(body));
      assertThat(trouble().reason()).as(body).isEqualTo(Reason.GARBAGE);
    }
    product.at("/token", _ -> Answer.ok("{\"access_token\": \"a b\"}"));
    time.pass(Duration.ofHours(2));
    assertThat(trouble().reason()).isEqualTo(Reason.GARBAGE);
  }

  @Test
  void an_answer_larger_than_any_page_is_not_read() {
    product.at("/devices", _ -> Answer.ok("{\"x\": \"" + "x".repeat(20_000_000) + "\"}"));
    assertThat(trouble().reason()).isEqualTo(Reason.DOWN);
  }

  @Test
  void a_redirect_is_not_followed_with_our_token() {
    product.at(
        "/devices", _ -> new Answer(302, "", Map.of("Location", product.base() + "/elsewhere")));
    assertThat(trouble().reason()).isEqualTo(Reason.GARBAGE);
    assertThat(product.times("/elsewhere")).isZero();
  }

  @Test
  void an_address_in_the_clear_that_is_not_this_machine_is_not_asked() {
    for (String address :
        new String[] {"http://product.example/", "https://user@product.example/", "file:///etc"})
      assertThat(Web.allowed(URI.create(address))).as(address).isFalse();
  }

  @Test
  void nobody_there_is_down_and_no_secret_is_told() {
    product.close();
    var trouble = trouble();
    assertThat(trouble.reason()).isEqualTo(Reason.DOWN);
    assertThat(trouble.getMessage()).doesNotContain("token-");
  }

  private ObjectNode get() throws Unavailable {
    return api.get(URI.create(product.base() + "/devices"), Api.Page.FIRST);
  }

  private Unavailable trouble() {
    return trouble(Api.Page.FIRST);
  }

  private Unavailable trouble(Api.Page page) {
    try {
      throw new AssertionError(api.get(URI.create(product.base() + "/devices"), page));
    } catch (Unavailable e) {
      return e;
    }
  }
}
