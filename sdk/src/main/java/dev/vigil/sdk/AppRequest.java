// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk;

import dev.vigil.sdk.port.Body;
import dev.vigil.sdk.port.Headers;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/// A request to a protected app. It goes to the gateway, whatever the address resolves to
/// elsewhere.
///
/// @param method the HTTP method, upper case
/// @param uri `https` (or `wss` for streams) with the app's host; no user name
/// @param headers the caller's own fields; those that say who asks or where it goes are not the
///   caller's to set
/// @param body all of the body, so that it can be sent again after a step-up
public record AppRequest(String method, URI uri, Headers headers, Body body) {

  private static final Set<String> OURS =
      Set.of(
          "authorization",
          "host",
          "connection",
          "content-length",
          "transfer-encoding",
          "upgrade",
          "te",
          "dpop",
          "proxy-authorization");

  public AppRequest {
    if (uri.getHost() == null
        || uri.getRawUserInfo() != null
        || !Set.of("https", "wss").contains(String.valueOf(uri.getScheme()))) {
      throw new IllegalArgumentException(
          "`" + uri.getScheme() + "://" + uri.getHost() + "` is not an https address of an app");
    }
    if (!method.matches("[A-Z]{1,20}") || method.equals("CONNECT")) {
      throw new IllegalArgumentException("`" + method + "` is not a method to call an app with");
    }
    for (var field : headers.fields()) {
      if (OURS.contains(field.name().toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(
            "the header field `" + field.name() + "` is set by the client itself");
      }
    }
  }

  /// A GET without fields of its own.
  public static AppRequest get(URI uri) {
    return new AppRequest("GET", uri, Headers.NONE, Body.EMPTY);
  }

  /// A POST of this content.
  public static AppRequest post(URI uri, String contentType, byte[] body) {
    return new AppRequest(
        "POST", uri, Headers.NONE.with("Content-Type", contentType), Body.of(body));
  }

  /// The path as it is sent, without the query.
  String path() {
    var path = uri.getRawPath();
    return path == null || path.isEmpty() ? "/" : path;
  }

  @Override
  public String toString() {
    return method + " " + uri.getHost() + path();
  }
}
