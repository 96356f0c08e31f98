// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.zimperium;

import dev.vigil.admission.StrictJson;
import dev.vigil.admission.feed.PostureSource;
import dev.vigil.feeds.said.Api;
import dev.vigil.feeds.said.Listed;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.TimeSource;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Devices of an organisation in a Zimperium console, page by page by a scroll that the console
/// keeps. Every round tells everything.
public final class Zimperium implements PostureSource {

  private static final String DEVICES = "/api/devices/public/v2/devices/";
  private static final int PAGE = 100;

  private final String id;
  private final URI base;
  private final Api api;

  /// @param base where the console is, without a path
  public Zimperium(String id, URI base, Api api) {
    this.id = id;
    this.base = base;
    this.api = api;
  }

  /// An API key of the console.
  public record Key(String clientId, Secret secret) {}

  /// How the console is asked with an API key.
  public static Api api(URI base, Key key, Api.Sender sender, TimeSource time) {
    return new Api(sender, new KeyLogin(base, key), time);
  }

  private record KeyLogin(URI base, Key key) implements Api.Login {

    private static final Duration USUAL_LIFE = Duration.ofMinutes(15);

    @Override
    public HttpRequest.Builder request(Instant now) {
      String secret = new String(key.secret().reveal(), StandardCharsets.UTF_8);
      String body = StrictJson.write(Map.of("clientId", key.clientId(), "secret", secret));
      return HttpRequest.newBuilder(URI.create(base + "/api/auth/v1/api_keys/login"))
          .header("Accept", "application/json")
          .header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    @Override
    public Optional<Api.Token> read(ObjectNode answer, Instant now) {
      return Api.Token.read(answer, "accessToken", USUAL_LIFE, now);
    }
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Page read(Optional<String> cursor) throws Unavailable {
    var scroll = cursor.map(Scroll::parse).orElse(Scroll.BEGIN);
    var answer = api.get(URI.create(base + DEVICES + scroll.path()), scroll.page());
    var listed = Listed.read(answer.path("content"), ZimperiumDevice::read);
    // What ends a scroll is a page that has nothing.
    var next = listed.size() == 0 ? Optional.<String>empty() : Listed.text(answer.path("scrollId"));
    return listed.page(cursor, next.map(name -> (scroll.number() + 1) + " " + name));
  }

  /// Where a scroll is. It may keep its name from page to page, so the pages are counted.
  private record Scroll(int number, String name) {

    static final Scroll BEGIN = new Scroll(0, "");

    static Scroll parse(String cursor) {
      int space = cursor.indexOf(' ');
      boolean counted = space > 0 && space < 8 && cursor.substring(0, space).matches("[0-9]+");
      return counted
          ? new Scroll(Integer.parseInt(cursor.substring(0, space)), cursor.substring(space + 1))
          : BEGIN;
    }

    Api.Page page() {
      return number == 0 ? Api.Page.FIRST : Api.Page.LATER;
    }

    String path() {
      return number == 0 ? "start-scroll?size=" + PAGE : "scroll/" + Listed.encoded(name);
    }
  }
}
