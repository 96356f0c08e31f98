// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;

/// What an organisation gives its phones to find it and to know it by: the start of all trust.
///
/// @param issuer the issuer's address, `https`, without query or fragment; compared letter by
///   letter (RFC 8414)
/// @param clientId the client id under which the organisation registered the app
/// @param redirect where the browser returns to; an address that only this app can receive
/// @param anchors the only roots that the issuer's certificate may end at
/// @param deviceName what the person will see this phone listed as
public record Profile(
    URI issuer, String clientId, URI redirect, List<X509Certificate> anchors, String deviceName) {

  /// The usual client id of a phone.
  public static final String PHONE = "vigil-phone";

  /// The usual redirect address of a phone.
  public static final URI CALLBACK = URI.create("dev.vigil.phone:/callback");

  public Profile {
    anchors = List.copyOf(anchors);
    if (!"https".equals(issuer.getScheme()) || issuer.getHost() == null) {
      throw new IllegalArgumentException("the issuer `" + issuer + "` is not an https address");
    }
    if (issuer.getRawQuery() != null
        || issuer.getRawFragment() != null
        || issuer.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "the issuer `" + issuer + "` has a query, a fragment or a user name");
    }
    if (anchors.isEmpty()) {
      throw new IllegalArgumentException("the profile has no trust anchor");
    }
  }

  /// A profile with the usual client id and redirect, and trust anchors in PEM.
  public static Profile of(URI issuer, String anchorsPem, String deviceName) {
    return new Profile(issuer, PHONE, CALLBACK, Certificates.fromPem(anchorsPem), deviceName);
  }

  /// An address below the issuer's.
  URI below(String path) {
    var base = issuer.toString();
    return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
  }

  /// The address of the issuer's metadata: the well-known part stands before the issuer's own path
  /// (RFC 8414 section 3).
  URI metadata() {
    var path = issuer.getRawPath();
    var rest = path == null || path.equals("/") ? "" : path;
    return issuer.resolve("/.well-known/oauth-authorization-server" + rest);
  }
}
