// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.http;

/// What a route accepts as content. Everything else is answered with 415, anything longer than the
/// limit with 413.
///
/// @param mediaType the only accepted type, without parameters; empty if the route takes no content
/// @param limit in bytes
public record Body(String mediaType, int limit) {

  private static final int DEFAULT_LIMIT = 64 * 1024;
  private static final String SCIM = "application/scim+json";
  private static final String SCEP = "application/x-pki-message";

  /// @throws IllegalArgumentException if the limit is negative
  public Body {
    if (limit < 0) throw new IllegalArgumentException("a body's limit cannot be negative");
  }

  /// No content at all.
  public static Body none() {
    return new Body("", 0);
  }

  /// JSON of at most 64 KiB.
  public static Body json() {
    return new Body("application/json", DEFAULT_LIMIT);
  }

  /// A form of at most 64 KiB.
  public static Body form() {
    return new Body("application/x-www-form-urlencoded", DEFAULT_LIMIT);
  }

  /// A SCIM message; also accepted as plain JSON (RFC 7644 section 3.1).
  public static Body scim(int limit) {
    return new Body(SCIM, limit);
  }

  /// A SCEP message; also accepted as plain bytes or without a type, as clients send it that were
  /// written before RFC 8894 named one (section 4.3).
  public static Body scep(int limit) {
    return new Body(SCEP, limit);
  }

  /// Content of one type.
  public static Body of(String mediaType, int limit) {
    return new Body(mediaType, limit);
  }

  /// Whether content of this type, without parameters and in lower case, is accepted.
  boolean takes(String bare) {
    return bare.equals(mediaType)
        || (mediaType.equals(SCIM) && bare.equals("application/json"))
        || (mediaType.equals(SCEP) && (bare.isEmpty() || bare.equals("application/octet-stream")));
  }

  /// The same type with another limit in bytes.
  public Body atMost(int bytes) {
    return new Body(mediaType, bytes);
  }
}
