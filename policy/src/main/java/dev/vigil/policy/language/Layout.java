// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.language;

import org.yaml.snakeyaml.DumperOptions.ScalarStyle;

/// How the text of a scalar is laid out in its source, so that a place in the text is a place in
/// the file.
final class Layout {

  private final String name;
  private final int[] source;
  private final int from;
  private final ScalarStyle style;

  /// The layout of a scalar.
  ///
  /// @param source the whole source in code points; not to be changed
  /// @param from where the scalar begins in the source, with its quotes or block header
  Layout(String name, int[] source, int from, ScalarStyle style) {
    this.name = name;
    this.source = source;
    this.from = from;
    this.style = style;
  }

  Place start() {
    return at(from);
  }

  private Place at(int index) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < index && i < source.length; i++) {
      if (source[i] == '\n') {
        line++;
        column = 1;
      } else {
        column++;
      }
    }
    return new Place(name, line, column);
  }

  /// The place of the code point at this offset of the scalar's text: text and source are walked
  /// together, where the source may have more blanks (folding, indentation) and escapes.
  Place placeOf(String text, int offset) {
    int[] content = text.codePoints().toArray();
    int at = firstOfContent();
    for (int i = 0; i < content.length && at < source.length; i++) {
      at = skipToContent(at, content[i]);
      if (i >= offset) return at(at);
      at += width(at);
    }
    return offset >= content.length && at <= source.length ? at(Math.max(from, at)) : start();
  }

  private int firstOfContent() {
    return switch (style) {
      case PLAIN, JSON_SCALAR_STYLE -> from;
      case SINGLE_QUOTED, DOUBLE_QUOTED -> from + 1;
      case LITERAL, FOLDED -> {
        int at = from;
        while (at < source.length && source[at] != '\n') at++;
        yield at + 1;
      }
    };
  }

  private int skipToContent(int from, int wanted) {
    int at = from;
    if (style == ScalarStyle.DOUBLE_QUOTED
        && at + 1 < source.length
        && source[at] == '\\'
        && source[at + 1] == '\n') at += 2;
    if (Character.isWhitespace(wanted)) return at;
    while (at < source.length && Character.isWhitespace(source[at])) at++;
    return at;
  }

  private int width(int at) {
    if (style == ScalarStyle.SINGLE_QUOTED && source[at] == '\'') return 2;
    if (style != ScalarStyle.DOUBLE_QUOTED || source[at] != '\\' || at + 1 >= source.length)
      return 1;
    return switch (source[at + 1]) {
      case 'x' -> 4;
      case 'u' -> 6;
      case 'U' -> 10;
      default -> 2;
    };
  }
}
