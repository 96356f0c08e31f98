// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk;

import dev.vigil.sdk.port.Body;
import dev.vigil.sdk.port.Headers;
import dev.vigil.sdk.port.Transport;
import dev.vigil.sdk.port.UntrustedServerException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The one server we sign in at: metadata, requests with proof of the device's key, nonces and the
/// difference between our clock and its.
final class Issuer {

  private static final Duration CLOSE_ENOUGH = Duration.ofSeconds(5);

  private final Profile profile;
  private final Ports ports;
  private final Proofs proofs;
  private final Transport.Peer peer;
  private volatile Optional<Endpoints> endpoints = Optional.empty();
  private volatile Optional<String> nonce = Optional.empty();
  private volatile Duration skew = Duration.ZERO;

  Issuer(Profile profile, Ports ports, Proofs proofs) {
    this.profile = profile;
    this.ports = ports;
    this.proofs = proofs;
    this.peer = new Transport.Peer(Optional.empty(), profile.anchors(), Optional.empty());
  }

  /// Where things are (RFC 8414). All on the issuer's own origin, so that no token can be sent
  /// elsewhere.
  record Endpoints(URI authorization, URI token, URI pushed) {}

  /// The issuer's time, as far as we know it.
  Instant now() {
    return ports.clock().instant().plus(skew);
  }

  Endpoints endpoints() throws Halt {
    if (endpoints.isEmpty()) {
      endpoints = Optional.of(discover());
    }
    return endpoints.get();
  }

  private Endpoints discover() throws Halt {
    var reply =
        send(
            new Transport.Request(
                "GET",
                profile.metadata(),
                Headers.NONE.with("Accept", "application/json"),
                Body.EMPTY));
    if (!reply.fine()) {
      throw new Halt(Problem.refused(reply));
    }
    var json = reply.mustBeJson();
    if (!json.textOr("issuer", "").equals(profile.issuer().toString())) {
      throw Halt.untrusted("the metadata is another issuer's");
    }
    return new Endpoints(
        page(json, "authorization_endpoint"),
        endpoint(json, "token_endpoint"),
        endpoint(json, "pushed_authorization_request_endpoint"));
  }

  /// The page that the person's browser opens. It may live elsewhere: nothing secret is sent to it,
  /// and what comes back is bound to this phone's key. In the clear it is allowed on this very
  /// machine only.
  private static URI page(Json json, String name) throws Halt {
    try {
      var uri = URI.create(json.textOr(name, ""));
      boolean here = "http".equals(uri.getScheme()) && "localhost".equals(uri.getHost());
      if (uri.getHost() == null || !(here || "https".equals(uri.getScheme()))) {
        throw Halt.untrusted("`" + name + "` is not an https address");
      }
      return uri;
    } catch (IllegalArgumentException e) {
      throw Halt.unreadable("`" + name + "` is not an address");
    }
  }

  private URI endpoint(Json json, String name) throws Halt {
    try {
      var uri = URI.create(json.textOr(name, ""));
      if (!"https".equals(uri.getScheme())
          || !profile.issuer().getRawAuthority().equals(uri.getRawAuthority())) {
        throw Halt.untrusted("`" + name + "` is not on the issuer's own address");
      }
      return uri;
    } catch (IllegalArgumentException e) {
      throw Halt.unreadable("`" + name + "` is not an address");
    }
  }

  /// A form with a proof.
  Reply form(URI uri, Map<String, String> fields) throws Halt {
    var body =
        fields.entrySet().stream()
            .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&"));
    return post(
        uri,
        "application/x-www-form-urlencoded",
        body.getBytes(StandardCharsets.US_ASCII),
        Optional.empty());
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// A JSON object to an address below the issuer's, with a proof and perhaps a token bound to its
  /// key.
  Reply json(String path, Map<String, ?> content, Optional<String> token) throws Halt {
    endpoints();
    return post(profile.below(path), "application/json", Json.write(content), token);
  }

  private Reply post(URI uri, String type, byte[] body, Optional<String> token) throws Halt {
    var first = nonce;
    var reply = proven(uri, type, body, token);
    return wantsNonce(reply) && !nonce.equals(first) ? proven(uri, type, body, token) : reply;
  }

  private Reply proven(URI uri, String type, byte[] body, Optional<String> token) throws Halt {
    try {
      var headers =
          Headers.NONE
              .with("Content-Type", type)
              .with("Accept", "application/json")
              .with("DPoP", proofs.proof("POST", uri, now(), token, nonce));
      var complete =
          token.isPresent() ? headers.with("Authorization", "DPoP " + token.get()) : headers;
      return send(new Transport.Request("POST", uri, complete, Body.of(body)));
    } catch (GeneralSecurityException e) {
      throw Halt.unreadable("the device's key could not be used");
    }
  }

  /// RFC 9449 section 8: the server wants a proof with the nonce it just gave.
  private static boolean wantsNonce(Reply reply) {
    if ((reply.status() != 400 && reply.status() != 401)
        || reply.headers().first("DPoP-Nonce").isEmpty()) {
      return false;
    }
    return Challenge.of(reply.headers(), "DPoP")
            .filter(challenge -> challenge.error("use_dpop_nonce"))
            .isPresent()
        || reply
            .json()
            .flatMap(json -> json.text("error"))
            .filter("use_dpop_nonce"::equals)
            .isPresent();
  }

  private Reply send(Transport.Request request) throws Halt {
    try {
      var reply = Reply.read(ports.transport().send(request, peer));
      reply
          .headers()
          .first("DPoP-Nonce")
          .filter(value -> value.length() <= 512)
          .ifPresent(value -> nonce = Optional.of(value));
      reply.headers().first("Date").ifPresent(this::compareClocks);
      return reply;
    } catch (UntrustedServerException e) {
      throw Halt.untrusted(
          "the server at " + profile.issuer().getHost() + " could not prove who it is");
    } catch (IOException e) {
      throw Halt.unreadable("the server at " + profile.issuer().getHost() + " does not answer");
    }
  }

  private void compareClocks(String date) {
    try {
      var theirs = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      var difference = Duration.between(ports.clock().instant(), theirs);
      skew = difference.abs().compareTo(CLOSE_ENOUGH) > 0 ? difference : Duration.ZERO;
    } catch (DateTimeException | ArithmeticException e) {
      skew = Duration.ZERO;
    }
  }
}
