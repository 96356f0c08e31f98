// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.workspaceone;

import dev.vigil.admission.feed.PostureSource;
import dev.vigil.feeds.said.Api;
import dev.vigil.feeds.said.Listed;
import dev.vigil.feeds.web.ClientCredentials;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.TimeSource;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Devices of Workspace ONE UEM (`/api/mdm/devices/search`), page by page; pages count from 0.
/// Every round tells everything.
public final class WorkspaceOne implements PostureSource {

  private static final int PAGE = 500;
  private static final int LONGEST_CURSOR = 6;

  private final String id;
  private final URI base;
  private final Api api;

  /// @param base where the API is, without a path
  public WorkspaceOne(String id, URI base, Api api) {
    this.id = id;
    this.base = base;
    this.api = api;
  }

  /// With which of an administrator's credentials the API is asked.
  public sealed interface Account {

    /// An OAuth client.
    ///
    /// @param tenantCode the API key of the organisation group, if the server wants one
    record Client(ClientCredentials credentials, Optional<Secret> tenantCode) implements Account {}

    /// An administrator's name and password, with the API key.
    record Administrator(String name, Secret password, Secret tenantCode) implements Account {}
  }

  /// How the API is asked.
  public static Api api(URI base, Account account, Api.Sender sender, TimeSource time) {
    return switch (account) {
      case Account.Client(var credentials, var code) ->
          new Api(request -> sender.send(keyed(request, base, code)), credentials, time);
      case Account.Administrator(var name, var password, var code) -> {
        String basic = ClientCredentials.basic(name, text(password));
        yield new Api(
            request ->
                sender.send(
                    keyed(request, base, Optional.of(code)).setHeader("Authorization", basic)),
            new Checked(base),
            time);
      }
    };
  }

  /// The API key goes to the API only, not to where OAuth tokens come from.
  private static HttpRequest.Builder keyed(
      HttpRequest.Builder request, URI base, Optional<Secret> code) {
    boolean there = request.build().uri().toString().startsWith(base + "/");
    if (there) code.ifPresent(one -> request.setHeader("aw-tenant-code", text(one)));
    return request;
  }

  /// A password is its own token; whether it is accepted is seen by asking something small.
  private record Checked(URI base) implements Api.Login {
    @Override
    public HttpRequest.Builder request(Instant now) {
      return HttpRequest.newBuilder(URI.create(base + "/api/system/info"))
          .header("Accept", "application/json");
    }

    @Override
    public Optional<Api.Token> read(ObjectNode answer, Instant now) {
      var nothing = Secret.of("basic".getBytes(StandardCharsets.US_ASCII));
      return Optional.of(new Api.Token(nothing, now.plus(Duration.ofHours(1))));
    }
  }

  private static String text(Secret secret) {
    return new String(secret.reveal(), StandardCharsets.UTF_8);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Page read(Optional<String> cursor) throws Unavailable {
    int page = page(cursor);
    var address = URI.create(base + "/api/mdm/devices/search?page=" + page + "&pagesize=" + PAGE);
    var answer = api.get(address, page == 0 ? Api.Page.FIRST : Api.Page.LATER);
    var listed = Listed.read(answer.path("Devices"), UemDevice::read);
    var total = answer.path("Total");
    boolean more =
        total.isIntegralNumber() ? (page + 1L) * PAGE < total.asLong() : listed.size() >= PAGE;
    if (more && listed.size() == 0)
      throw new Unavailable(
          Reason.GARBAGE, "a page is empty although more devices should follow", Optional.empty());
    return listed.page(cursor, more ? Optional.of(Integer.toString(page + 1)) : Optional.empty());
  }

  private static int page(Optional<String> cursor) throws Unavailable {
    if (cursor.isEmpty()) return 0;
    if (!cursor.get().matches("[0-9]{1," + LONGEST_CURSOR + "}"))
      throw new Unavailable(Reason.CURSOR_EXPIRED, "this is no page of ours", Optional.empty());
    return Integer.parseInt(cursor.get());
  }
}
