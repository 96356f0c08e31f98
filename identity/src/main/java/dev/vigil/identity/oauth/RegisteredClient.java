// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.oauth;

import dev.vigil.kernel.AppId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A client that an administrator registered: an app that signs people in through Vigil, or a
/// partner's service. It has no secret: it signs, or shows a certificate, or proves a key.
///
/// @param app whose policy decides before anything is issued to it
/// @param redirects where people may be sent back to, compared as [Redirects] says
/// @param afterLogout where people may be sent after they signed out, compared byte by byte
/// @param backchannelLogout where it wants to hear that a session ended
/// @param scopes what it may ask for
/// @param calls other apps that it may call for a person (RFC 8693), or as itself
/// @param machine for a service: the machine that it is, as policies know it
public record RegisteredClient(
    String id,
    String name,
    Kind kind,
    Profile profile,
    Method method,
    AppId app,
    Set<String> redirects,
    Set<String> afterLogout,
    Optional<String> backchannelLogout,
    Set<String> scopes,
    Set<AppId> calls,
    Optional<SubjectId> machine) {

  /// The scopes that every client may be registered for.
  public static final Set<String> STANDARD =
      Set.of("openid", "profile", "email", "groups", "offline_access");

  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{2,62}");

  public RegisteredClient {
    redirects = Set.copyOf(redirects);
    afterLogout = Set.copyOf(afterLogout);
    scopes = Set.copyOf(scopes);
    calls = Set.copyOf(calls);
  }

  /// Whether this may be a client's id: none of our own, nothing that reads like one.
  public static boolean isId(String text) {
    return ID.matcher(text).matches() && !text.startsWith("vigil");
  }

  /// What it is.
  public enum Kind {
    /// A server that people sign in to: confidential.
    WEB,
    /// An app on people's devices: public, with PKCE and a key of its own.
    NATIVE,
    /// A partner's or our own service, without people in front of it.
    SERVICE;

    /// The name outside.
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// How strictly it is held.
  public enum Profile {
    /// FAPI 2.0 Security Profile: requests are pushed, tokens bound to a key.
    FAPI2,
    /// OpenID Connect with PKCE, for software that can do no more. Its access tokens are bound to
    /// nothing and open nothing but the UserInfo endpoint.
    PLAIN;

    /// The name outside.
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// How it says who it is.
  public sealed interface Method {

    /// `private_key_jwt` with one of these keys.
    ///
    /// @param jwks public P-256 keys as a JWK set in JSON
    record Keys(String jwks) implements Method {}

    /// `tls_client_auth`: mutual TLS with one of these certificates.
    record Certificates(Set<Sha256> thumbprints) implements Method {
      public Certificates {
        thumbprints = Set.copyOf(thumbprints);
      }
    }

    /// `none`: a native app, which proves a key of its own with every request.
    record Proof() implements Method {}

    /// The name in the metadata (OpenID Connect Core section 9, RFC 8705 section 2.1.1).
    default String label() {
      return switch (this) {
        case Keys _ -> "private_key_jwt";
        case Certificates _ -> "tls_client_auth";
        case Proof _ -> "none";
      };
    }
  }

  /// Whether an answer may be sent to this address.
  public boolean mayReturnTo(String address) {
    return redirects.stream().anyMatch(one -> Redirects.same(one, address));
  }

  /// Whether it holds a key or certificate that proves who it is.
  public boolean confidential() {
    return !(method instanceof Method.Proof);
  }

  /// Whether all of these scopes, separated by spaces, are its own.
  public boolean mayAsk(String scope) {
    return Arrays.stream(scope.split(" ", -1)).allMatch(scopes::contains);
  }
}
