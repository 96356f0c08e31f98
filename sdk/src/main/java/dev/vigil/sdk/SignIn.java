// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk;

import dev.vigil.sdk.port.Browser;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One sign-in through the browser: pushed (RFC 9126), with PKCE (RFC 7636), bound to the device's
/// key from the start, and safe against mix-up (RFC 9207).
final class SignIn {

  private static final String SCOPE = "vigil";

  private final Profile profile;
  private final Issuer issuer;
  private final Browser browser;
  private final Tokens tokens;
  private final String state;
  private final String verifier;

  SignIn(Profile profile, Issuer issuer, Browser browser, Proofs proofs, Tokens tokens) {
    this.profile = profile;
    this.issuer = issuer;
    this.browser = browser;
    this.tokens = tokens;
    this.state = proofs.random();
    this.verifier = proofs.random();
  }

  /// What the sign-in must yield beyond a session.
  ///
  /// @param action the request to be approved, for a transaction
  record Wish(List<String> strengths, Optional<Duration> maximumAge, Optional<Transaction> action) {
    static final Wish SESSION = new Wish(List.of(), Optional.empty(), Optional.empty());
  }

  /// A request of an app, known to the server by the app's name.
  record Transaction(String app, AppRequest request) {}

  /// Runs it to the end; afterwards the session's tokens are there.
  void run(Wish wish) throws Halt {
    var endpoints = issuer.endpoints();
    var pushed = push(endpoints.pushed(), wish);
    var page =
        URI.create(
            endpoints.authorization()
                + "?client_id="
                + Issuer.encode(profile.clientId())
                + "&request_uri="
                + Issuer.encode(pushed));
    redeem(endpoints.token(), code(returned(page)));
  }

  private String push(URI endpoint, Wish wish) throws Halt {
    var fields = new LinkedHashMap<String, String>();
    fields.put("client_id", profile.clientId());
    fields.put("response_type", "code");
    fields.put("redirect_uri", profile.redirect().toString());
    fields.put("scope", SCOPE);
    fields.put("state", state);
    fields.put("code_challenge", Proofs.sha256(verifier));
    fields.put("code_challenge_method", "S256");
    if (!wish.strengths().isEmpty()) {
      fields.put("acr_values", String.join(" ", wish.strengths()));
    }
    wish.maximumAge().ifPresent(age -> fields.put("max_age", Long.toString(age.toSeconds())));
    wish.action().ifPresent(action -> fields.put("authorization_details", details(action)));
    var reply = issuer.form(endpoint, fields);
    if (!reply.fine()) {
      throw new Halt(Problem.refused(reply));
    }
    return reply
        .mustBeJson()
        .text("request_uri")
        .orElseThrow(() -> Halt.unreadable("the answer holds no request_uri"));
  }

  /// RFC 9396: exactly this request is to be approved.
  private static String details(Transaction transaction) {
    var detail = new LinkedHashMap<String, Object>();
    var action = transaction.request();
    detail.put("type", "vigil_action");
    detail.put("app", transaction.app());
    detail.put("method", action.method());
    detail.put("path", action.path());
    detail.put(
        "body", Base64.getUrlEncoder().withoutPadding().encodeToString(action.body().bytes()));
    return com.nimbusds.jose.util.JSONArrayUtils.toJSONString(List.of(detail));
  }

  private Map<String, String> returned(URI page) throws Halt {
    URI address;
    try {
      address =
          browser
              .open(page, profile.redirect())
              .orElseThrow(() ->
                  new Halt(
                      new Refused.SignInRequired("the sign-in was closed before it was done")));
    } catch (IOException e) {
      throw Halt.unreadable("the browser could not be opened");
    }
    var query = address.getRawQuery();
    var bare = address.toString();
    var cut = bare.indexOf('?');
    if (query == null || cut < 0 || !bare.substring(0, cut).equals(profile.redirect().toString())) {
      throw Halt.untrusted("the browser came back to another address");
    }
    return parameters(query);
  }

  private static Map<String, String> parameters(String query) throws Halt {
    var parameters = new HashMap<String, String>();
    for (var pair : query.split("&", -1)) {
      var equals = pair.indexOf('=');
      try {
        var name =
            URLDecoder.decode(
                equals < 0 ? pair : pair.substring(0, equals), StandardCharsets.UTF_8);
        var value =
            URLDecoder.decode(equals < 0 ? "" : pair.substring(equals + 1), StandardCharsets.UTF_8);
        if (parameters.put(name, value) != null) {
          throw Halt.untrusted("the browser came back with `" + name + "` twice");
        }
      } catch (IllegalArgumentException e) {
        throw Halt.unreadable("the browser came back to a malformed address");
      }
    }
    return parameters;
  }

  /// The code, once it is sure that the answer is to our question and from our issuer.
  private String code(Map<String, String> parameters) throws Halt {
    if (!same(state, parameters.getOrDefault("state", ""))) {
      throw Halt.untrusted("the browser came back with the answer to another sign-in");
    }
    if (!parameters.getOrDefault("iss", "").equals(profile.issuer().toString())) {
      throw Halt.untrusted("the browser came back from another issuer");
    }
    var error = parameters.get("error");
    if (error != null) {
      throw new Halt(
          new Refused.Denied(
              parameters.getOrDefault("error_description", "the sign-in was refused"),
              "",
              error,
              "sign in again"));
    }
    return Optional.ofNullable(parameters.get("code"))
        .filter(code -> !code.isEmpty())
        .orElseThrow(() -> Halt.unreadable("the browser came back without a code"));
  }

  private static boolean same(String expected, String received) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), received.getBytes(StandardCharsets.UTF_8));
  }

  private void redeem(URI endpoint, String code) throws Halt {
    var fields = new LinkedHashMap<String, String>();
    fields.put("grant_type", "authorization_code");
    fields.put("code", code);
    fields.put("code_verifier", verifier);
    fields.put("redirect_uri", profile.redirect().toString());
    fields.put("client_id", profile.clientId());
    fields.put("audience", Tokens.Audience.API.wire);
    var reply = issuer.form(endpoint, fields);
    if (!reply.fine()) {
      throw new Halt(Problem.refused(reply));
    }
    tokens.accept(reply.mustBeJson(), Tokens.Audience.API);
    tokens.discard(Tokens.Audience.GATEWAY);
  }
}
