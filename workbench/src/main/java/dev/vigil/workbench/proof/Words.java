// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads what the solver says of a model: `((|name| value) ...)`.
final class Words {

  private final String text;
  private int at;

  private Words(String text) {
    this.text = text;
  }

  /// A word or a list of them.
  private sealed interface Word {
    record Atom(String text) implements Word {}

    record Many(List<Word> words) implements Word {}
  }

  /// A request that satisfies what was asked: a value by each symbol.
  record Model(Map<String, String> values) {
    Model {
      values = Map.copyOf(values);
    }

    boolean holds(String symbol) {
      return values.getOrDefault(symbol, Smt.FALSE).equals(Smt.TRUE);
    }

    BigInteger number(String symbol) {
      return new BigInteger(values.getOrDefault(symbol, "0"));
    }

    /// The characters of a text.
    String text(String symbol) {
      return unquoted(values.getOrDefault(symbol, "\"\""));
    }
  }

  /// Empty if it is not a model.
  static Optional<Model> model(String text) {
    var values = new HashMap<String, String>();
    try {
      if (!(new Words(text).next() instanceof Word.Many(List<Word> pairs))) return Optional.empty();
      for (var pair : pairs) {
        if (!(pair instanceof Word.Many(List<Word> both))
            || both.size() != 2
            || !(both.getFirst() instanceof Word.Atom(String symbol))) return Optional.empty();
        values.put(symbol, value(both.getLast()));
      }
      return Optional.of(new Model(values));
    } catch (StringIndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  private static String value(Word word) {
    return switch (word) {
      case Word.Atom(String text) -> text;
      case Word.Many(List<Word> words) ->
          String.join("", words.stream().map(Words::value).toList());
    };
  }

  private Word next() {
    while (Character.isWhitespace(text.charAt(at))) at++;
    return switch (text.charAt(at)) {
      case '(' -> many();
      case '|' -> new Word.Atom(until('|'));
      case '"' -> new Word.Atom(quoted());
      default -> new Word.Atom(bare());
    };
  }

  private Word many() {
    at++;
    var words = new ArrayList<Word>();
    while (true) {
      while (Character.isWhitespace(text.charAt(at))) at++;
      if (text.charAt(at) == ')') {
        at++;
        return new Word.Many(words);
      }
      words.add(next());
    }
  }

  private String until(char end) {
    int from = at;
    at = text.indexOf(end, at + 1);
    if (at < 0) throw new StringIndexOutOfBoundsException(from);
    at++;
    return text.substring(from, at);
  }

  /// Two quotes inside of a text stand for one.
  private String quoted() {
    int from = at;
    until('"');
    while (at < text.length() && text.charAt(at) == '"') until('"');
    return text.substring(from, at);
  }

  private String bare() {
    int from = at;
    while (" \t\r\n()".indexOf(text.charAt(at)) < 0) at++;
    return text.substring(from, at);
  }

  /// What a literal stands for: `\\u{1f}` and its shorter forms are one code point each.
  private static String unquoted(String literal) {
    var inner = literal.substring(1, literal.length() - 1).replace("\"\"", "\"");
    var plain = new StringBuilder();
    for (int i = 0; i < inner.length(); ) {
      int end = inner.startsWith("\\u{", i) ? inner.indexOf('}', i) : -1;
      if (end > 0) {
        plain.appendCodePoint(Integer.parseInt(inner.substring(i + 3, end), 16));
        i = end + 1;
      } else {
        plain.append(inner.charAt(i++));
      }
    }
    return plain.toString();
  }
}
