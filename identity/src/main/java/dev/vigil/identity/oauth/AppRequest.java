// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.oauth;

import dev.vigil.identity.Authentication.Strength;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a registered client asks for: a code for a person's sign-in (OpenID Connect Core section
/// 3.1.2.1, FAPI 2.0 Security Profile section 5.3.2.2).
///
/// @param state as sent; empty if there is none
/// @param strength what the authentication must be worth at least; of several `acr_values` the
///   weakest known one
/// @param maxAge in seconds
public record AppRequest(
    String redirectUri,
    Optional<String> state,
    Optional<String> nonce,
    Sha256 challenge,
    Set<String> scopes,
    Prompt prompt,
    Optional<Strength> strength,
    Optional<Long> maxAge,
    Optional<String> loginHint) {

  private static final Pattern OPAQUE = Pattern.compile("[\\x20-\\x7e]{1,512}");

  public AppRequest {
    scopes = Set.copyOf(scopes);
  }

  /// What the person may be asked.
  public enum Prompt {
    /// Whatever is needed.
    AS_NEEDED,
    /// Nothing at all.
    NONE,
    /// To sign in, even if there is a session.
    LOGIN
  }

  /// The address to answer at. Until it is known to be the client's, nothing is sent anywhere.
  public static Outcome<String> returning(Map<String, String> form, RegisteredClient client) {
    return new Parameters(form)
        .require("redirect_uri")
        .then(uri ->
            client.mayReturnTo(uri) ? Outcome.done(uri) : Outcome.refused(OAuthRefusal.REDIRECT));
  }

  /// The `state` to answer with, if it can be sent back.
  public static Optional<String> state(Map<String, String> form) {
    return new Parameters(form).find("state").filter(text -> OPAQUE.matcher(text).matches());
  }

  /// Reads the parameters. Request objects are refused: requests are pushed instead.
  public static Outcome<AppRequest> read(Map<String, String> form, RegisteredClient client) {
    if (PasswordAttempt.in(form)) return Outcome.refused(OAuthRefusal.PASSWORD);
    var given = new Parameters(form);
    for (String refused : Set.of("request", "request_uri", "registration", "claims"))
      if (given.find(refused).isPresent()) return Parameters.malformed(refused);
    if (!given.find("response_type").equals(Optional.of("code")))
      return Outcome.refused(OAuthRefusal.RESPONSE_TYPE);
    if (!given.find("response_mode").orElse("query").equals("query"))
      return Parameters.malformed("response_mode");
    for (String opaque : Set.of("state", "nonce"))
      if (given.breaks(opaque, OPAQUE)) return Parameters.malformed(opaque);
    if (given.breaks("max_age", Parameters.SECONDS)) return Parameters.malformed("max_age");
    String scope = given.find("scope").orElse("");
    if (!client.mayAsk(scope)) return Outcome.refused(OAuthRefusal.SCOPE, "ask for your own");
    return returning(form, client)
        .then(uri ->
            prompt(given)
                .then(prompt ->
                    AuthorizationRequest.challenge(given)
                        .map(challenge -> made(given, uri, prompt, challenge))));
  }

  private static AppRequest made(Parameters given, String uri, Prompt prompt, Sha256 challenge) {
    return new AppRequest(
        uri,
        given.find("state"),
        given.find("nonce"),
        challenge,
        Arrays.stream(given.find("scope").orElse("").split(" ", -1))
            .collect(Collectors.toUnmodifiableSet()),
        prompt,
        given.strength(Strength.PASSKEY), // a wish: unknown ones are passed over
        given.find("max_age").map(Long::valueOf),
        given.find("login_hint").filter(hint -> hint.length() <= 256));
  }

  private static Outcome<Prompt> prompt(Parameters given) {
    return switch (given.find("prompt").orElse("")) {
      case "" -> Outcome.done(Prompt.AS_NEEDED);
      case "none" -> Outcome.done(Prompt.NONE);
      case "login", "select_account", "login select_account", "login consent" ->
          Outcome.done(Prompt.LOGIN);
      case "consent" -> Outcome.done(Prompt.AS_NEEDED);
      default -> Parameters.malformed("prompt");
    };
  }
}
