// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.laws;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Spoils texts: their characters, their words, and their lines.
final class Mutations {

  private static final Pattern TOKEN = Pattern.compile("\\w+|\\s+|[^\\w\\s]");
  private static final List<String> CHARACTERS =
      Stream.of(
              "\0",
              "\t",
              "\n",
              "\r",
              " ",
              ":",
              "-",
              "[",
              "]",
              "{",
              "}",
              "\"",
              "'",
              "|",
              ">",
              "&a",
              "*a",
              "!",
              "!!str ",
              "%",
              "@",
              "`",
              "#",
              ",",
              "?",
              "\\",
              "\\UFFFFFFFF",
              "\u0085",
              "\u2028",
              "\u202e",
              "\ufeff",
              "\ud800",
              "\udc00",
              "\uffff",
              "ü",
              "\ud83d\ude00")
          .toList();
  private static final List<String> WORDS =
      Stream.of(
              "true false null in && || ! == != < <= > >= ? : ( ) [] + . , _ @in __result__ time e"
                  + " known attested age tier since level strength in_location during version date"
                  + " address timestamp duration size exists all startsWith endsWith contains"
                  + " device.rooted device.os_version device.patch_date subject.groups subject.id"
                  + " risk.session_score request.body_bytes network.address app.tags permit guard"
                  + " forbid attribute window app who when require restrict rollout mode report"
                  + " when_unknown skip fix text authenticate max_age transaction any zone from to"
                  + " 99999999999999999999 -1 0 1e999 0.0 0x1F 1u 3660d 0s 1s 100% 0.01% [[[[ }}}}"
                  + " \"\" '' \"1\" b\"x\" r\"x\" \"\"\"x\"\"\" // /* \"2026-11-22\" \"UTC\""
                  + " \"24:00\" \"+999999999-12-31\" \"-999999999-01-01\" \"0.0.0.0/0\" \"::/0\""
                  + " <<")
          .flatMap(words -> Stream.of(words.split(" ")))
          .toList();

  private final Dice dice;
  private final List<String> corpus;

  Mutations(Dice dice, List<String> corpus) {
    this.dice = dice;
    this.corpus = corpus;
  }

  String next() {
    var text = dice.of(corpus);
    int times = dice.oneIn(3) ? 1 + dice.below(4) : 1;
    for (int i = 0; i < times; i++)
      text =
          switch (dice.below(8)) {
            case 0, 1 -> characters(text);
            case 2, 3, 4 -> words(text);
            case 5, 6 -> lines(text);
            default -> spliced(text);
          };
    return text;
  }

  private String characters(String text) {
    int from = dice.below(text.length() + 1);
    int to = Math.min(text.length(), from + dice.below(12));
    var part = text.substring(from, to);
    var instead =
        switch (dice.below(5)) {
          case 0 -> "";
          case 1 -> dice.of(CHARACTERS) + part;
          case 2 -> dice.of(CHARACTERS);
          case 3 -> part.repeat(1 + dice.below(300));
          default -> dice.of(CHARACTERS).repeat(1 + dice.below(300));
        };
    return text.substring(0, from) + instead + text.substring(to);
  }

  private String words(String text) {
    var tokens = new ArrayList<>(TOKEN.matcher(text).results().map(MatchResult::group).toList());
    if (tokens.isEmpty()) return dice.of(WORDS);
    int at = dice.below(tokens.size());
    switch (dice.below(5)) {
      case 0 -> tokens.remove(at);
      case 1 -> tokens.add(at, dice.of(WORDS));
      case 2 -> tokens.set(at, dice.of(tokens));
      case 3 -> tokens.set(at, nested(tokens.get(at)));
      default -> tokens.set(at, dice.of(WORDS));
    }
    return String.join("", tokens);
  }

  private String nested(String word) {
    int deep = 1 + dice.below(60);
    return switch (dice.below(4)) {
      case 0 -> "(".repeat(deep) + word + ")".repeat(deep);
      case 1 -> "[".repeat(deep) + word + "]".repeat(deep);
      case 2 -> "{a: ".repeat(deep) + word + "}".repeat(deep);
      default -> "!".repeat(deep) + word;
    };
  }

  private String lines(String text) {
    var lines = new ArrayList<>(text.lines().toList());
    if (lines.isEmpty()) return text;
    int at = dice.below(lines.size());
    var line = lines.get(at);
    switch (dice.below(6)) {
      case 0 -> lines.remove(at);
      case 1 -> lines.add(dice.below(lines.size()), line);
      case 2 -> lines.set(at, "  " + line);
      case 3 -> lines.set(at, line.startsWith("  ") ? line.substring(2) : "- " + line);
      case 4 -> lines.set(at, (line + "\n").repeat(1 + dice.below(100)));
      default -> lines.subList(at, Math.min(lines.size(), at + dice.below(8))).clear();
    }
    return String.join("\n", lines);
  }

  private String spliced(String text) {
    var other = dice.of(corpus);
    return text.substring(0, dice.below(text.length() + 1))
        + other.substring(dice.below(other.length() + 1));
  }
}
