// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.said;

import dev.vigil.admission.StrictJson;
import dev.vigil.admission.feed.PostureSource.Reason;
import dev.vigil.admission.feed.PostureSource.Unavailable;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.TimeSource;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Asks one product's API for JSON with an access token, which is kept while it lasts, and sorts
/// what can go wrong by its remedy. One question at a time.
public final class Api {

  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int BAD_REQUEST = 400;
  private static final Set<Integer> FORGOTTEN = Set.of(BAD_REQUEST, 404, 410);
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;
  private static final Duration EARLY = Duration.ofMinutes(1);
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private final Sender sender;
  private final Login login;
  private final TimeSource time;
  private Optional<Token> token = Optional.empty();

  public Api(Sender sender, Login login, TimeSource time) {
    this.sender = sender;
    this.login = login;
    this.time = time;
  }

  /// Sends a request; the answer may have any status.
  @FunctionalInterface
  public interface Sender {
    Reply send(HttpRequest.Builder request) throws Unavailable;
  }

  /// An answer.
  ///
  /// @param retryAfter the header of this name
  public record Reply(int status, Bytes body, Optional<String> retryAfter) {}

  /// How an access token is got.
  public interface Login {

    /// The request for one.
    HttpRequest.Builder request(Instant now);

    /// The token in the answer; empty if there is none.
    Optional<Token> read(ObjectNode answer, Instant now);
  }

  /// An access token.
  ///
  /// @param until when it ends
  public record Token(Secret value, Instant until) {

    private static final int LONGEST = 16 * 1024;
    private static final Duration LONGEST_LIFE = Duration.ofDays(1);

    /// The token of an OAuth answer (RFC 6749 section 5.1), or of one like it.
    ///
    /// @param member where the token is
    /// @param otherwise how long it lasts if the answer does not say
    public static Optional<Token> read(
        ObjectNode answer, String member, Duration otherwise, Instant now) {
      String text = answer.path(member).asString("");
      boolean sound =
          !text.isEmpty()
              && text.length() <= LONGEST
              && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
      if (!sound) return Optional.empty();
      long seconds = answer.path("expires_in").asLong(otherwise.toSeconds());
      var life = Duration.ofSeconds(Math.clamp(seconds, 0, LONGEST_LIFE.toSeconds()));
      return Optional.of(
          new Token(Secret.of(text.getBytes(StandardCharsets.US_ASCII)), now.plus(life)));
    }
  }

  /// The JSON object at an address. A token that is not accepted is got anew, once.
  ///
  /// @param page the address is of a page that an earlier answer named
  public synchronized ObjectNode get(URI address, Page page) throws Unavailable {
    var reply = ask(address);
    if (reply.status() == UNAUTHORIZED) {
      token = Optional.empty();
      reply = ask(address);
    }
    if (reply.status() == OK) return json(reply);
    if (page == Page.LATER && FORGOTTEN.contains(reply.status()))
      throw new Unavailable(Reason.CURSOR_EXPIRED, "the product knows this page no longer", none());
    throw failure(reply, "the product");
  }

  /// Which page of a round is asked for.
  public enum Page {
    FIRST,
    LATER
  }

  private Reply ask(URI address) throws Unavailable {
    String bearer = new String(accessToken().reveal(), StandardCharsets.US_ASCII);
    return sender.send(
        HttpRequest.newBuilder(address)
            .header("Accept", "application/json")
            .header("Authorization", "Bearer " + bearer));
  }

  private Secret accessToken() throws Unavailable {
    var now = time.now();
    var held = token.filter(one -> now.isBefore(one.until().minus(EARLY)));
    if (held.isPresent()) return held.get().value();
    var reply = sender.send(login.request(now));
    if (reply.status() == BAD_REQUEST) throw refused("the product's sign-in");
    if (reply.status() != OK) throw failure(reply, "the product's sign-in");
    var fresh = login.read(json(reply), now);
    if (fresh.isEmpty())
      throw new Unavailable(Reason.GARBAGE, "the product's sign-in gave no token", none());
    token = fresh;
    return fresh.get().value();
  }

  private static ObjectNode json(Reply reply) throws Unavailable {
    try {
      return StrictJson.object(reply.body().toArray());
    } catch (StrictJson.Malformed e) {
      throw new Unavailable(Reason.GARBAGE, e.says(), none());
    }
  }

  private Unavailable failure(Reply reply, String who) {
    int status = reply.status();
    if (status == UNAUTHORIZED || status == FORBIDDEN) return refused(who);
    var again = reply.retryAfter().flatMap(this::again);
    if (status == TOO_MANY)
      return new Unavailable(Reason.THROTTLED, who + " wants to be asked less", again);
    return new Unavailable(
        status >= SERVER_ERROR ? Reason.DOWN : Reason.GARBAGE, who + " answered " + status, again);
  }

  private static Unavailable refused(String who) {
    return new Unavailable(Reason.CREDENTIAL, who + " does not accept our credential", none());
  }

  /// Seconds or a date (RFC 9110 section 10.2.3), at most a day ahead.
  private Optional<Instant> again(String header) {
    var now = time.now();
    try {
      var at =
          header.chars().allMatch(c -> c >= '0' && c <= '9') && header.length() < 10
              ? now.plusSeconds(Long.parseLong(header))
              : ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      var latest = now.plus(LONGEST_WAIT);
      return Optional.of(at.isAfter(latest) ? latest : at);
    } catch (DateTimeException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> none() {
    return Optional.empty();
  }
}
