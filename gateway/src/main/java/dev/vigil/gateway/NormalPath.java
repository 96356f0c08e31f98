// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.Optional;

/// Brings a path into the one form in which it is decided and forwarded (RFC 3986 section 6.2.2):
/// unreserved characters decoded, other escapes in upper case, doubled slashes made one, dot
/// segments resolved. What an upstream could read in another way is refused: encoded slashes,
/// backslashes and controls, escapes of escapes of these, path parameters (`;`), steps above the
/// root.
final class NormalPath {

  private static final String UNRESERVED = "-._~";
  private static final String PLAIN = UNRESERVED + "/!$&'()*+,=:@";
  private static final String ENCODED_BY_US = "\"<>^`{|}";

  private NormalPath() {}

  /// The normal form; empty if there is none.
  static Optional<String> of(String path) {
    if (path.isEmpty() || path.charAt(0) != '/') return Optional.empty();
    return isNormal(path) ? Optional.of(path) : decoded(path).flatMap(NormalPath::resolved);
  }

  /// The common case: nothing to do. Any dot after a slash, doubled slash or special character
  /// needs the long way.
  private static boolean isNormal(String path) {
    char before = 0;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (!alphanumeric(c) && PLAIN.indexOf(c) < 0) return false;
      if (before == '/' && (c == '/' || c == '.')) return false;
      before = c;
    }
    return true;
  }

  private static Optional<String> decoded(String path) {
    var out = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (alphanumeric(c) || PLAIN.indexOf(c) >= 0) out.append(c);
      else if (ENCODED_BY_US.indexOf(c) >= 0) escape(out, c);
      else if (c == '%' && i + 2 < path.length() && hex(path, i + 1)) {
        int value = HexFormat.fromHexDigits(path, i + 1, i + 3);
        if (dangerous(value) || (value == '%' && escapedAgain(path, i + 3)))
          return Optional.empty();
        if (value < 0x80 && (alphanumeric((char) value) || UNRESERVED.indexOf(value) >= 0))
          out.append((char) value);
        else escape(out, value);
        i += 2;
      } else return Optional.empty();
    }
    return Optional.of(out.toString());
  }

  private static boolean dangerous(int value) {
    return value < 0x20 || value == 0x7f || value == '/' || value == '\\' || value == ';';
  }

  /// An escape sign that is itself escaped, and what an upstream that decodes twice would make of
  /// it matters.
  private static boolean escapedAgain(String path, int from) {
    if (from + 2 > path.length() || !hex(path, from)) return false;
    int value = HexFormat.fromHexDigits(path, from, from + 2);
    return dangerous(value) || value == '.' || value == '%';
  }

  private static Optional<String> resolved(String path) {
    var segments = new ArrayDeque<String>();
    boolean directory = false;
    for (String segment : path.split("/", -1)) {
      directory = segment.isEmpty() || segment.equals(".") || segment.equals("..");
      if (segment.equals("..")) {
        if (segments.pollLast() == null) return Optional.empty();
      } else if (!directory) segments.addLast(segment);
    }
    var joined = "/" + String.join("/", segments);
    return Optional.of(directory && joined.length() > 1 ? joined + "/" : joined);
  }

  private static void escape(StringBuilder out, int value) {
    out.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) value));
  }

  private static boolean hex(String text, int at) {
    return at + 1 < text.length()
        && HexFormat.isHexDigit(text.charAt(at))
        && HexFormat.isHexDigit(text.charAt(at + 1));
  }

  private static boolean alphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
