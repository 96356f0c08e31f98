// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.bank;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.PushedAuthorizationRequest;
import com.nimbusds.oauth2.sdk.PushedAuthorizationResponse;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.JWTAuthenticationClaimsSet;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.dpop.DefaultDPoPProofFactory;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/// An app that somebody else runs, which signs people in through Vigil by OpenID Connect. It is
/// made of a client library that others wrote and knows nothing of Vigil but its issuer: pushed
/// requests, PKCE, a signed assertion of its own and tokens bound to its key, as FAPI 2.0 asks.
public final class OpenIdApp {

  private final ClientID id;
  private final ECKey key;
  private final URI redirect;
  private final SSLSocketFactory tls;
  private final OIDCProviderMetadata provider;
  private Optional<Nonce> dpopNonce = Optional.empty();

  /// @param issuer where the provider's metadata are found
  public OpenIdApp(String id, URI redirect, URI issuer, SSLSocketFactory tls) throws IOException {
    this.id = new ClientID(id);
    this.redirect = redirect;
    this.tls = tls;
    try {
      this.key = new ECKeyGenerator(Curve.P_256).keyID(id + "-1").generate();
      this.provider =
          OIDCProviderMetadata.resolve(
              new Issuer(issuer), request -> request.setSSLSocketFactory(tls));
    } catch (JOSEException | GeneralException e) {
      throw new IOException("the provider's metadata cannot be used", e);
    }
  }

  /// What the app gives the administrator: its public keys.
  public String publicKeys() {
    return new JWKSet(key.toPublicJWK()).toString();
  }

  /// A sign-in under way.
  ///
  /// @param page where the browser is to go
  public record Begun(URI page, State state, Nonce nonce, CodeVerifier verifier) {}

  /// Pushes a request (RFC 9126).
  public Begun begin() throws IOException {
    var state = new State();
    var nonce = new Nonce();
    var verifier = new CodeVerifier();
    var wanted =
        new AuthenticationRequest.Builder(
                ResponseType.CODE, Scope.parse("openid profile offline_access"), id, redirect)
            .state(state)
            .nonce(nonce)
            .codeChallenge(verifier, CodeChallengeMethod.S256)
            .build();
    try {
      var endpoint = provider.getPushedAuthorizationRequestEndpointURI();
      var answer =
          PushedAuthorizationResponse.parse(
              send(() ->
                  new PushedAuthorizationRequest(endpoint, assertion(), wanted).toHTTPRequest()));
      if (!answer.indicatesSuccess())
        throw new IOException("pushed: " + answer.toErrorResponse().getErrorObject());
      var page =
          new AuthorizationRequest.Builder(answer.toSuccessResponse().getRequestURI(), id)
              .endpointURI(provider.getAuthorizationEndpointURI())
              .build();
      return new Begun(page.toURI(), state, nonce, verifier);
    } catch (ParseException e) {
      throw new IOException(e);
    }
  }

  /// Who signed in, and what the app may ask again with.
  public record SignedIn(String userName, RefreshToken refreshToken) {}

  /// The browser came back: redeems the code and verifies the ID token.
  public SignedIn finish(Begun begun, URI came) throws IOException {
    try {
      var answer = AuthenticationResponseParser.parse(came);
      if (!begun.state().equals(answer.getState())
          || !provider.getIssuer().equals(answer.getIssuer()))
        throw new IOException("the answer to another request");
      if (!answer.indicatesSuccess())
        throw new IOException(answer.toErrorResponse().getErrorObject().getCode());
      var code = answer.toSuccessResponse().getAuthorizationCode();
      var tokens = redeem(new AuthorizationCodeGrant(code, redirect, begun.verifier()));
      var claims = validator().validate(tokens.getOIDCTokens().getIDToken(), begun.nonce());
      return new SignedIn(
          claims.getStringClaim("preferred_username"), tokens.getTokens().getRefreshToken());
    } catch (ParseException | BadJOSEException | JOSEException e) {
      throw new IOException(e);
    }
  }

  /// Asks for a fresh token; the answer is `fresh token` or the error's code.
  public String refresh(RefreshToken token) throws IOException {
    try {
      redeem(new RefreshTokenGrant(token));
      return "fresh token";
    } catch (Unwilling e) {
      return e.error;
    }
  }

  private static final class Unwilling extends IOException {
    private static final long serialVersionUID = 1L;

    private final String error;

    Unwilling(String error) {
      super(error);
      this.error = error;
    }
  }

  private OIDCTokenResponse redeem(AuthorizationGrant grant) throws IOException {
    try {
      var endpoint = provider.getTokenEndpointURI();
      var answer =
          OIDCTokenResponseParser.parse(
              send(() ->
                  new TokenRequest.Builder(endpoint, assertion(), grant).build().toHTTPRequest()));
      if (answer instanceof OIDCTokenResponse tokens) return tokens;
      throw new Unwilling(answer.toErrorResponse().getErrorObject().getCode());
    } catch (ParseException e) {
      throw new IOException(e);
    }
  }

  private IDTokenValidator validator() throws IOException, ParseException {
    var request = new HTTPRequest(HTTPRequest.Method.GET, provider.getJWKSetURI());
    request.setSSLSocketFactory(tls);
    try {
      var keys = JWKSet.parse(request.send().getBody());
      return new IDTokenValidator(provider.getIssuer(), id, JWSAlgorithm.ES256, keys);
    } catch (java.text.ParseException e) {
      throw new IOException(e);
    }
  }

  private PrivateKeyJWT assertion() {
    try {
      return new PrivateKeyJWT(
          new JWTAuthenticationClaimsSet(id, new Audience(provider.getIssuer())),
          JWSAlgorithm.ES256,
          key.toPrivateKey(),
          key.getKeyID(),
          null);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Fresh {
    HTTPRequest request();
  }

  /// Sends it with a proof of the key; once more with the nonce that the provider wants (RFC 9449
  /// section 8). Each try is a new request: an assertion counts once.
  private HTTPResponse send(Fresh fresh) throws IOException {
    var answer = proven(fresh.request());
    boolean again = answer.getStatusCode() == 400 && answer.getBody().contains("use_dpop_nonce");
    return again ? proven(fresh.request()) : answer;
  }

  private HTTPResponse proven(HTTPRequest request) throws IOException {
    try {
      var proofs = new DefaultDPoPProofFactory(key, JWSAlgorithm.ES256);
      request.setDPoP(
          proofs.createDPoPJWT(
              request.getMethod().name(), request.getURI(), dpopNonce.orElse(null)));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    request.setSSLSocketFactory(tls);
    var answer = request.send();
    Optional.ofNullable(answer.getDPoPNonce()).ifPresent(nonce -> dpopNonce = Optional.of(nonce));
    return answer;
  }
}
