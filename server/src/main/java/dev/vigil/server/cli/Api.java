// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The administration API, asked as whoever is signed in. Tokens are renewed when they are old, by
/// one command at a time.
final class Api implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String BASE = "/admin/v1";
  private static final long MARGIN_SECONDS = 20;

  private final Context context;
  private final StateFolder folder;
  private final Web web;
  private SignedIn signedIn;

  private Api(Context context, StateFolder folder, SignedIn signedIn) {
    this.context = context;
    this.folder = folder;
    this.signedIn = signedIn;
    this.web = new Web(signedIn.anchors());
  }

  /// The API of the kept sign-in.
  static Api open(Context context) {
    var folder = new StateFolder(context.folder());
    return new Api(
        context,
        folder,
        folder.load().orElseThrow(() -> Failure.notSignedIn("this machine keeps no sign-in")));
  }

  /// An address below the API's, its segments escaped.
  static String path(String... segments) {
    return "/"
        + java.util.Arrays.stream(segments).map(Issuer::encode).collect(Collectors.joining("/"));
  }

  /// @param what what does not happen if it is refused
  JsonNode get(String what, String path, Map<String, String> query) {
    var filled = new LinkedHashMap<>(query);
    filled.values().removeIf(String::isEmpty);
    var text =
        filled.entrySet().stream()
            .map(one -> one.getKey() + "=" + Issuer.encode(one.getValue()))
            .collect(Collectors.joining("&"));
    return call(what, "GET", text.isEmpty() ? path : path + "?" + text, Optional.empty());
  }

  JsonNode post(String what, String path, ObjectNode content) {
    return call(what, "POST", path, Optional.of(content));
  }

  JsonNode put(String what, String path, ObjectNode content) {
    return call(what, "PUT", path, Optional.of(content));
  }

  /// Every page of a list, as one.
  ArrayNode all(String what, String path, Map<String, String> query) {
    var items = JSON.createArrayNode();
    var asked = new HashMap<>(query);
    asked.put("limit", "200");
    while (true) {
      var page = get(what, path, asked);
      Optional.ofNullable(page.get("items"))
          .ifPresent(found -> found.forEach((Consumer<JsonNode>) items::add));
      String next = Issuer.text(page, "next");
      if (next.isEmpty() || next.equals(asked.get("after"))) return items;
      asked.put("after", next);
    }
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  private JsonNode call(String what, String method, String path, Optional<ObjectNode> content) {
    if (!context.time().now().plusSeconds(MARGIN_SECONDS).isBefore(signedIn.expiresAt())) renew();
    var reply = send(method, path, content);
    if (reply.status() == 401) {
      renew();
      reply = send(method, path, content);
    }
    if (reply.status() == 401)
      throw Failure.notSignedIn("the server does not accept the sign-in any more");
    if (!reply.fine()) throw Problems.failure(what, reply);
    return reply.body();
  }

  private Web.Reply send(String method, String path, Optional<ObjectNode> content) {
    var address = URI.create(signedIn.issuer() + BASE + path);
    var proof =
        key()
            .proof(
                method,
                address,
                context.time().now(),
                Optional.of(signedIn.accessToken()),
                Optional.empty());
    var headers = Map.of("Authorization", "DPoP " + signedIn.accessToken(), "DPoP", proof);
    return web.send(
        new Web.Ask(
            method,
            address,
            content.isPresent() ? "application/json" : "",
            content.map(ObjectNode::toString).orElse(""),
            headers));
  }

  private ProofKey key() {
    return new ProofKey(signedIn.key(), context.entropy());
  }

  /// Gets new tokens, unless another command did so meanwhile.
  private void renew() {
    String stale = signedIn.accessToken();
    folder.alone(() -> {
      signedIn = folder.load().orElseThrow(() -> Failure.notSignedIn("you signed out meanwhile"));
      if (signedIn.accessToken().equals(stale)) signedIn = renewed();
      return signedIn;
    });
  }

  private SignedIn renewed() {
    var issuer = new Issuer(signedIn.issuer(), web, context, key());
    var tokens = issuer.refresh(issuer.discover().token(), signedIn.refreshToken());
    var fresh =
        signedIn.with(
            tokens.refresh().isEmpty() ? signedIn.refreshToken() : tokens.refresh(),
            tokens.access(),
            tokens.expiresAt());
    folder.save(fresh);
    return fresh;
  }

  @Override
  public void close() {
    web.close();
  }
}
