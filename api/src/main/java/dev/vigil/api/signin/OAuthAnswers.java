// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import dev.vigil.admission.signin.Tokens;
import dev.vigil.api.http.EdgeRefusal;
import dev.vigil.api.http.Response;
import dev.vigil.identity.oauth.OAuthError;
import dev.vigil.identity.oauth.ProofRefusal;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/// Answers in the form that OAuth prescribes (RFC 6749 sections 5.1 and 5.2), with our code and
/// next step beside.
public final class OAuthAnswers {

  private OAuthAnswers() {}

  /// The answer of a use case, or its refusal.
  public static <T> Response of(Outcome<T> outcome, Function<? super T, Response> done) {
    return switch (outcome) {
      case Outcome.Done<T>(T value) -> done.apply(value);
      case Outcome.Refused<T>(Refusal refusal, String detail) -> error(refusal, detail);
    };
  }

  /// A refusal.
  public static Response error(Refusal refusal, String detail) {
    var body = new LinkedHashMap<String, Object>();
    body.put("error", name(refusal));
    body.put(
        "error_description", detail.isEmpty() ? refusal.says() : refusal.says() + ": " + detail);
    body.put("code", refusal.code());
    body.put("next", refusal.next());
    return Response.json(refusal instanceof OAuthError ? refusal.status() : 400, body);
  }

  private static String name(Refusal refusal) {
    return switch (refusal) {
      case OAuthError known -> known.error();
      case ProofRefusal _ -> "invalid_dpop_proof";
      default -> refusal == EdgeRefusal.PROOF_REQUIRED ? "invalid_dpop_proof" : "invalid_request";
    };
  }

  static Response tokens(Tokens.Issued issued) {
    var body = new LinkedHashMap<String, Object>();
    body.put("access_token", issued.accessToken());
    body.put("token_type", issued.type());
    body.put("expires_in", issued.life().toSeconds());
    body.put("scope", "vigil");
    body.put("audience", issued.audience().label());
    body.put("session", issued.session().value());
    issued
        .refreshToken()
        .ifPresent(
            token -> body.put("refresh_token", new String(token.reveal(), StandardCharsets.UTF_8)));
    return Response.json(200, Map.copyOf(body));
  }
}
