// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Sha256;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// One sign-in of a native app (RFC 8252): pushed (RFC 9126), with PKCE (RFC 7636), bound to our
/// key from the start, and safe against mix-up (RFC 9207).
final class SignIn {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final URI issuer;
  private final Issuer endpoint;
  private final Context context;
  private final String state;
  private final String verifier;

  SignIn(URI issuer, Issuer endpoint, Context context) {
    this.issuer = issuer;
    this.endpoint = endpoint;
    this.context = context;
    this.state = Bytes.of(context.entropy().bytes(32)).toString();
    this.verifier = Bytes.of(context.entropy().bytes(32)).toString();
  }

  /// Runs it to the end.
  ///
  /// @param browser whether to open one; otherwise the address is shown only
  Issuer.Tokens run(boolean browser) {
    var endpoints = endpoint.discover();
    try (var callback = new Callback(state)) {
      var request = push(endpoints.pushed(), callback.address());
      show(
          URI.create(
              endpoints.authorization()
                  + "?client_id="
                  + Issuer.CLIENT
                  + "&request_uri="
                  + Issuer.encode(request)),
          browser);
      var tokens =
          endpoint.redeem(
              endpoints.token(), code(callback.await(PATIENCE)), verifier, callback.address());
      if (tokens.refresh().isEmpty())
        throw new Failure(
            Exit.REFUSED,
            "you were not signed in",
            "the server gave no refresh token",
            "tell whoever runs the server");
      return tokens;
    }
  }

  private String push(URI pushed, URI redirect) {
    var fields = new LinkedHashMap<String, String>();
    fields.put("response_type", "code");
    fields.put("redirect_uri", redirect.toString());
    fields.put("scope", "vigil");
    fields.put("state", state);
    fields.put(
        "code_challenge", Sha256.of(verifier.getBytes(StandardCharsets.US_ASCII)).toString());
    fields.put("code_challenge_method", "S256");
    var reply = endpoint.form(pushed, fields);
    String request = Issuer.text(reply.body(), "request_uri");
    if (!reply.fine() || request.isEmpty())
      throw Problems.failure("the sign-in was not started", reply);
    return request;
  }

  private void show(URI page, boolean browser) {
    boolean opened = browser && context.opener().open(page);
    context
        .terminal()
        .error(
            opened
                ? "sign in in the browser that was opened, or open this address on this machine:"
                : "open this address in a browser on this machine:");
    context.terminal().error("  " + page);
  }

  private String code(Map<String, String> answer) {
    if (!issuer.toString().equals(answer.get("iss"))) {
      throw new Failure(
          Exit.REFUSED,
          "you were not signed in",
          "the browser came back from another server",
          "run `vigil login` again and use only the page it opens");
    }
    var error = answer.get("error");
    if (error != null)
      throw new Failure(
          Exit.REFUSED,
          "you were not signed in",
          answer.getOrDefault("error_description", error),
          "run `vigil login` again");
    var code = answer.getOrDefault("code", "");
    if (code.isEmpty())
      throw new Failure(
          Exit.REFUSED,
          "you were not signed in",
          "the browser came back without a code",
          "run `vigil login` again");
    return code;
  }
}
