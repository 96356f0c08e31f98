// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.lookout;

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
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Devices of an organisation in Lookout's Mobile Risk API, version 2, page by page after the last
/// device's `oid`. Every round tells everything.
public final class Lookout implements PostureSource {

  /// Where it is unless a test says otherwise.
  public static final URI USUAL = URI.create("https://api.lookout.com");

  private static final int PAGE = 250;

  private final String id;
  private final URI base;
  private final Api api;

  /// @param base where the API is, without a path
  public Lookout(String id, URI base, Api api) {
    this.id = id;
    this.base = base;
    this.api = api;
  }

  /// How the API is asked: the application key is shown as a bearer for an access token.
  public static Api api(URI base, Secret applicationKey, Api.Sender sender, TimeSource time) {
    return new Api(sender, new KeyLogin(base, applicationKey), time);
  }

  private record KeyLogin(URI base, Secret key) implements Api.Login {

    private static final Duration USUAL_LIFE = Duration.ofHours(1);

    @Override
    public HttpRequest.Builder request(Instant now) {
      return HttpRequest.newBuilder(URI.create(base + "/oauth2/token"))
          .header("Accept", "application/json")
          .header("Authorization", "Bearer " + new String(key.reveal(), StandardCharsets.US_ASCII))
          .header("Content-Type", "application/x-www-form-urlencoded")
          .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"));
    }

    @Override
    public Optional<Api.Token> read(ObjectNode answer, Instant now) {
      return Api.Token.read(answer, "access_token", USUAL_LIFE, now);
    }
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Page read(Optional<String> cursor) throws Unavailable {
    String after = cursor.map(oid -> "&oid=" + Listed.encoded(oid)).orElse("");
    var address = URI.create(base + "/mra/api/v2/devices?limit=" + PAGE + after);
    var answer = api.get(address, cursor.isPresent() ? Api.Page.LATER : Api.Page.FIRST);
    var devices = answer.path("devices");
    var listed = Listed.read(devices, LookoutDevice::read);
    var last = devices.path(listed.size() - 1).path("oid");
    if (listed.size() >= PAGE && Listed.text(last).isEmpty())
      throw new Unavailable(Reason.GARBAGE, "the last device has no `oid`", Optional.empty());
    return listed.page(cursor, listed.size() < PAGE ? Optional.empty() : Listed.text(last));
  }
}
