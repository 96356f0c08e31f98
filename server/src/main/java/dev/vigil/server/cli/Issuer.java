// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// The server's OAuth endpoints as the command line uses them (RFC 8414, 9126, 6749, 9449, 7009).
final class Issuer {

  static final String CLIENT = "vigil-cli";
  private static final String AUDIENCE = "vigil-api";

  private final URI issuer;
  private final Web web;
  private final Context context;
  private final ProofKey key;

  Issuer(URI issuer, Web web, Context context, ProofKey key) {
    this.issuer = issuer;
    this.web = web;
    this.context = context;
    this.key = key;
  }

  /// The address that was typed, as an issuer: `https` and a host, no user name, query or fragment;
  /// no slash at the end.
  static URI parse(String typed) {
    try {
      var uri = URI.create(typed.endsWith("/") ? typed.substring(0, typed.length() - 1) : typed);
      boolean sound =
          "https".equals(uri.getScheme())
              && uri.getHost() != null
              && uri.getRawUserInfo() == null
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null
              && (uri.getRawPath() == null || uri.getRawPath().isEmpty());
      if (sound) return uri;
    } catch (IllegalArgumentException e) {
      throw Failure.usage(
          "`" + typed + "` is not an address", "write it like `https://vigil.example`");
    }
    throw Failure.usage(
        "`" + typed + "` is not an issuer",
        "write `https://`, the host and perhaps a port, like `https://vigil.example`");
  }

  /// Where things are. The endpoints that see secrets are on the issuer's own origin.
  record Endpoints(URI authorization, URI token, URI pushed, Optional<URI> revocation) {}

  Endpoints discover() {
    var address = URI.create(issuer + "/.well-known/oauth-authorization-server");
    var reply = web.send(new Web.Ask("GET", address, "", "", Map.of()));
    if (!reply.fine() || !issuer.toString().equals(text(reply.body(), "issuer"))) {
      throw new Failure(
          Exit.REFUSED,
          "`" + issuer + "` is not a Vigil server",
          "it does not say so at `" + address.getPath() + "`",
          "check the address given with `--issuer`");
    }
    return new Endpoints(
        page(reply.body()),
        own(reply.body(), "token_endpoint"),
        own(reply.body(), "pushed_authorization_request_endpoint"),
        reply.body().has("revocation_endpoint")
            ? Optional.of(own(reply.body(), "revocation_endpoint"))
            : Optional.empty());
  }

  private URI own(JsonNode metadata, String name) {
    var uri = address(metadata, name);
    if (!"https".equals(uri.getScheme()) || !issuer.getRawAuthority().equals(uri.getRawAuthority()))
      throw elsewhere(name);
    return uri;
  }

  private URI page(JsonNode metadata) {
    var uri = address(metadata, "authorization_endpoint");
    boolean loopback = "http".equals(uri.getScheme()) && "localhost".equals(uri.getHost());
    if (!loopback && !"https".equals(uri.getScheme())) throw elsewhere("authorization_endpoint");
    return uri;
  }

  private static URI address(JsonNode metadata, String name) {
    try {
      return URI.create(text(metadata, name));
    } catch (IllegalArgumentException e) {
      throw elsewhere(name);
    }
  }

  private static Failure elsewhere(String name) {
    return new Failure(
        Exit.REFUSED,
        "the server is not believed",
        "its `" + name + "` is not on its own address",
        "tell whoever runs the server");
  }

  static String text(JsonNode node, String name) {
    var member = node.get(name);
    return member != null && member.isString() ? member.asString() : "";
  }

  /// Tokens, as an answer of the token endpoint carries them.
  record Tokens(String access, String refresh, Instant expiresAt) {
    @Override
    public String toString() {
      return "Tokens(hidden)";
    }
  }

  Tokens redeem(URI endpoint, String code, String verifier, URI redirect) {
    var fields = new LinkedHashMap<String, String>();
    fields.put("grant_type", "authorization_code");
    fields.put("code", code);
    fields.put("code_verifier", verifier);
    fields.put("redirect_uri", redirect.toString());
    fields.put("audience", AUDIENCE);
    return tokens(form(endpoint, fields));
  }

  Tokens refresh(URI endpoint, String refreshToken) {
    var fields = new LinkedHashMap<String, String>();
    fields.put("grant_type", "refresh_token");
    fields.put("refresh_token", refreshToken);
    fields.put("audience", AUDIENCE);
    var reply = form(endpoint, fields);
    if ("invalid_grant".equals(text(reply.body(), "error")))
      throw Failure.notSignedIn("the session has ended");
    return tokens(reply);
  }

  private Tokens tokens(Web.Reply reply) {
    if (!reply.fine()) throw Problems.failure("you were not signed in", reply);
    String access = text(reply.body(), "access_token");
    String refresh = text(reply.body(), "refresh_token");
    if (access.isEmpty() || !"DPoP".equalsIgnoreCase(text(reply.body(), "token_type"))) {
      throw new Failure(
          Exit.REFUSED,
          "you were not signed in",
          "the server gave no token that is bound to this machine's key",
          "tell whoever runs the server");
    }
    var life = reply.body().get("expires_in");
    long seconds = life != null && life.isNumber() ? Math.clamp(life.asLong(), 0, 86_400) : 60;
    return new Tokens(access, refresh, context.time().now().plusSeconds(seconds));
  }

  /// A form with our client id and a proof of our key; sent again if the server wants its nonce in
  /// the proof.
  Web.Reply form(URI endpoint, Map<String, String> fields) {
    var all = new LinkedHashMap<>(fields);
    all.put("client_id", CLIENT);
    var content =
        all.entrySet().stream()
            .map(field -> field.getKey() + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&"));
    var reply = web.send(proven(endpoint, content, Optional.empty()));
    boolean wanted =
        "use_dpop_nonce".equals(text(reply.body(), "error"))
            && reply.header("DPoP-Nonce").isPresent();
    return wanted ? web.send(proven(endpoint, content, reply.header("DPoP-Nonce"))) : reply;
  }

  private Web.Ask proven(URI endpoint, String content, Optional<String> nonce) {
    var proof = key.proof("POST", endpoint, context.time().now(), Optional.empty(), nonce);
    return new Web.Ask(
        "POST", endpoint, "application/x-www-form-urlencoded", content, Map.of("DPoP", proof));
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
