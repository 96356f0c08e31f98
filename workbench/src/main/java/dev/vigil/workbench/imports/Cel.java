// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/// Writes conditions in CEL.
public final class Cel {

  private static final int FEW = 6;
  private static final int MOST_IN_ONE = 60;

  private Cel() {}

  /// A text in quotes.
  public static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  /// Whether a fact has one of these values.
  public static Bool oneOf(String fact, Collection<String> values) {
    var texts = values.stream().distinct().toList();
    if (texts.isEmpty()) return Bool.Constant.NEVER;
    if (texts.size() == 1) return new Bool.Is(fact + " == " + quoted(texts.getFirst()));
    return Bool.any(
        chunks(texts).stream().<Bool>map(some -> new Bool.Is(fact + " in " + list(some))).toList());
  }

  /// Whether a list has one of these values in it.
  public static Bool hasOneOf(String fact, Collection<String> values) {
    var texts = values.stream().distinct().toList();
    if (texts.size() <= FEW)
      return Bool.any(
          texts.stream().<Bool>map(one -> new Bool.Is(quoted(one) + " in " + fact)).toList());
    return Bool.any(
        chunks(texts).stream()
            .<Bool>map(some -> new Bool.Is(fact + ".exists(one, one in " + list(some) + ")"))
            .toList());
  }

  private static List<List<String>> chunks(List<String> texts) {
    var chunks = new ArrayList<List<String>>();
    for (int i = 0; i < texts.size(); i += MOST_IN_ONE)
      chunks.add(texts.subList(i, Math.min(texts.size(), i + MOST_IN_ONE)));
    return chunks;
  }

  private static String list(List<String> texts) {
    return texts.stream().map(Cel::quoted).collect(Collectors.joining(", ", "[", "]"));
  }

  /// The condition.
  ///
  /// @throws IllegalStateException if something in it cannot be said
  public static String text(Bool condition) {
    return switch (condition) {
      case Bool.Constant constant -> String.valueOf(constant.value());
      case Bool.Is is -> is.cel();
      case Bool.Unsayable ignored ->
          throw new IllegalStateException("what cannot be said was to be settled before");
      case Bool.Not(Bool of) -> "!" + (isWord(of) ? text(of) : "(" + text(of) + ")");
      case Bool.All(List<Bool> parts) -> joined(parts, " && ");
      case Bool.Any(List<Bool> parts) -> joined(parts, " || ");
    };
  }

  /// The lines of a condition that is written on several: what must hold together, one each.
  static List<String> lines(Bool condition) {
    if (!(condition instanceof Bool.All(List<Bool> parts))) return List.of(text(condition));
    var lines = new ArrayList<String>();
    for (var part : parts) lines.add((lines.isEmpty() ? "" : "&& ") + inParentheses(part));
    return lines;
  }

  private static String joined(List<Bool> parts, String by) {
    return parts.stream().map(Cel::inParentheses).collect(Collectors.joining(by));
  }

  private static String inParentheses(Bool part) {
    return switch (part) {
      case Bool.All all -> "(" + text(all) + ")";
      case Bool.Any any -> "(" + text(any) + ")";
      case Bool.Is is -> is.cel();
      case Bool.Constant constant -> text(constant);
      case Bool.Not not -> text(not);
      case Bool.Unsayable unsayable -> text(unsayable);
    };
  }

  private static boolean isWord(Bool of) {
    return of instanceof Bool.Is(String cel) && cel.matches("[a-z_.]+(\\(\"[^\"]*\"\\))?");
  }
}
