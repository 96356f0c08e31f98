// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.http;

/// What a route accepts as content. Everything else is answered with 415, anything longer than the
/// limit with 413.
///
/// @param mediaType the only accepted type, without parameters; empty if the route takes no content
/// @param limit in bytes
public record Body(String mediaType, int limit) {

  private static final int DEFAULT_LIMIT = 64 * 1024;

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

  /// The same type with another limit in bytes.
  public Body atMost(int bytes) {
    return new Body(mediaType, bytes);
  }
}
