// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.openid;

import dev.vigil.admission.TokenClaims;
import dev.vigil.admission.openid.LiveTokens;
import dev.vigil.admission.openid.PersonClaims;
import dev.vigil.admission.signin.AppDecisions;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Rate;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.api.signin.OAuthAnswers;
import dev.vigil.identity.Authentication.Strength;
import dev.vigil.identity.oauth.OpenIdRefusal;
import dev.vigil.identity.oauth.Proofs;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.TimeSource;
import java.util.List;
import java.util.Optional;

/// The UserInfo endpoint (OpenID Connect Core section 5.3): a protected resource, which asks for
/// the token as it is bound, and for a new sign-in when the policies want one (RFC 9470).
public final class UserInfoRoutes {

  private static final Rate PER_SOURCE = Rate.perMinute(300);

  private final Doors doors;
  private final LiveTokens tokens;
  private final Proofs proofs;
  private final TimeSource time;

  public UserInfoRoutes(Doors doors, LiveTokens tokens, Proofs proofs, TimeSource time) {
    this.doors = doors;
    this.tokens = tokens;
    this.proofs = proofs;
    this.time = time;
  }

  /// For the listener of the issuer.
  public List<Route<?>> routes() {
    return List.of(
        Route.get(
                "/oauth/userinfo",
                doors.everyone(),
                (request, _) -> answer(request, Optional.empty()))
            .limited(PER_SOURCE));
  }

  /// For the listener that asks for a client certificate.
  public List<Route<?>> mutualTls() {
    return List.of(
        Route.get(
                "/oauth/userinfo",
                doors.workload(),
                (request, workload) -> answer(request, Optional.of(workload.thumbprint())))
            .limited(PER_SOURCE));
  }

  private Response answer(Request request, Optional<Sha256> certificate) {
    var authorization = request.header("authorization").orElse("");
    var parts = authorization.split(" ", 2);
    if (parts.length != 2) return refused(OpenIdRefusal.TOKEN, "");
    var live =
        tokens
            .find(parts[1])
            .filter(one -> one.token().scopes().contains("openid"))
            .filter(one -> shown(request, parts[0], parts[1], one, certificate));
    if (live.isEmpty()) {
      doors.refused(request, OpenIdRefusal.TOKEN);
      return refused(OpenIdRefusal.TOKEN, "");
    }
    return switch (tokens.decide(live.get())) {
      case AppDecisions.Allowed _ -> Response.json(200, PersonClaims.userInfo(live.get()));
      case AppDecisions.StepUp step -> refused(OpenIdRefusal.STEP_UP, wanted(step));
      case AppDecisions.Remediate _, AppDecisions.Denied _ -> refused(OpenIdRefusal.TOKEN, "");
    };
  }

  private boolean shown(
      Request request,
      String scheme,
      String token,
      LiveTokens.Live live,
      Optional<Sha256> certificate) {
    var binding = live.token().binding();
    if (binding.isEmpty()) return scheme.equals("Bearer");
    return switch (binding.get()) {
      case TokenClaims.Binding.Certificate(Sha256 one) ->
          scheme.equals("Bearer") && certificate.filter(one::equals).isPresent();
      case TokenClaims.Binding.Key(Sha256 key) ->
          scheme.equals("DPoP")
              && request
                  .header("dpop")
                  .map(header -> proofs.verify(header, expected(request, token), time.now()))
                  .filter(proof -> PersonClaims.by(proof, key))
                  .isPresent();
    };
  }

  private static Proofs.Expected expected(Request request, String token) {
    return new Proofs.Expected(request.method(), request.target().toString(), Optional.of(token));
  }

  private static String wanted(AppDecisions.StepUp step) {
    return step.strength()
            .map(Strength::label)
            .map(acr -> ", acr_values=\"" + acr + "\"")
            .orElse("")
        + step.maxAge().map(age -> ", max_age=\"" + age + "\"").orElse("");
  }

  private static Response refused(OpenIdRefusal refusal, String wanted) {
    String says = "error=\"" + refusal.error() + "\"" + wanted;
    return OAuthAnswers.error(refusal, "")
        .with("WWW-Authenticate", "DPoP " + says + ", algs=\"ES256\"");
  }
}
