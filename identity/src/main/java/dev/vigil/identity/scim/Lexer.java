// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.scim;

import java.util.ArrayList;
import java.util.List;

/// Cuts the text of a filter into words, texts in quotes and brackets.
final class Lexer {

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String text) {
    this.text = text;
  }

  /// One piece, and where it starts, counted from 1.
  sealed interface Token {
    int place();

    record Word(String text, int place) implements Token {}

    /// A JSON string without its quotes and escapes.
    record Quoted(String text, int place) implements Token {}

    /// One of `(`, `)`, `[`, `]`.
    record Bracket(char sign, int place) implements Token {}

    record End(int place) implements Token {}
  }

  /// The text is no sequence of such pieces.
  static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ScimRefusal refusal;

    Unreadable(ScimRefusal refusal, String says) {
      super(says, null, false, false);
      this.refusal = refusal;
    }

    ScimRefusal refusal() {
      return refusal;
    }

    String says() {
      return String.valueOf(getMessage());
    }
  }

  static List<Token> cut(String text) {
    return new Lexer(text).all();
  }

  private List<Token> all() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ' ') at++;
      else if ("()[]".indexOf(c) >= 0) tokens.add(new Token.Bracket(c, ++at));
      else if (c == '"') tokens.add(quoted());
      else tokens.add(word());
    }
    tokens.add(new Token.End(text.length() + 1));
    return tokens;
  }

  private Token word() {
    int start = at;
    while (at < text.length() && " ()[]\"".indexOf(text.charAt(at)) < 0) {
      char c = text.charAt(at);
      if (c <= ' ' || c > '~')
        throw new Unreadable(ScimRefusal.FILTER, "a sign that no name has, at " + (at + 1));
      at++;
    }
    return new Token.Word(text.substring(start, at), start + 1);
  }

  private Token quoted() {
    int start = at++;
    var value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at++);
      if (c < ' ')
        throw new Unreadable(ScimRefusal.FILTER, "a control character in the text at " + at);
      value.append(c == '\\' ? escaped() : c);
    }
    if (at >= text.length())
      throw new Unreadable(ScimRefusal.FILTER, "the text from " + (start + 1) + " has no end");
    at++;
    return new Token.Quoted(value.toString(), start + 1);
  }

  private char escaped() {
    if (at >= text.length()) throw new Unreadable(ScimRefusal.FILTER, "an escape has no end");
    char c = text.charAt(at++);
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw new Unreadable(ScimRefusal.FILTER, "an unknown escape at " + (at - 1));
    };
  }

  private char unicode() {
    int end = at + 4;
    if (end > text.length() || !text.substring(at, end).matches("[0-9A-Fa-f]{4}"))
      throw new Unreadable(ScimRefusal.FILTER, "a broken escape at " + (at - 1));
    char c = (char) Integer.parseInt(text.substring(at, end), 16);
    at = end;
    return c;
  }
}
