// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// How the value of a signal is written. Nothing else is a value: no other case, no spaces, no
/// other spelling.
public sealed interface SignalForm {

  /// The longest value of any form, in characters.
  int LONGEST = 64;

  /// The value, or empty if the text is not of this form.
  Optional<SignalValue> read(String text);

  /// What is expected, to finish the sentence "it is ...".
  String expects();

  /// `true` or `false`.
  record YesOrNo() implements SignalForm {
    @Override
    public Optional<SignalValue> read(String text) {
      return switch (text) {
        case "true" -> Optional.of(new SignalValue.Flag(true));
        case "false" -> Optional.of(new SignalValue.Flag(false));
        default -> Optional.empty();
      };
    }

    @Override
    public String expects() {
      return "`true` or `false`";
    }
  }

  /// One of a few words.
  record OneOf(List<String> words) implements SignalForm {
    public OneOf {
      words = List.copyOf(words);
    }

    static OneOf of(String... words) {
      return new OneOf(Arrays.asList(words));
    }

    @Override
    public Optional<SignalValue> read(String text) {
      return words.contains(text) ? Optional.of(new SignalValue.Text(text)) : Optional.empty();
    }

    @Override
    public String expects() {
      return "one of " + String.join(", ", words);
    }
  }

  /// A maker's name: 1 to 64 printable ASCII characters without a space at either end.
  record Name() implements SignalForm {
    private static final Pattern FORM = Pattern.compile("[!-~](?:[ -~]{0,62}[!-~])?");

    @Override
    public Optional<SignalValue> read(String text) {
      return FORM.matcher(text).matches()
          ? Optional.of(new SignalValue.Text(text))
          : Optional.empty();
    }

    @Override
    public String expects() {
      return "1 to " + LONGEST + " printable characters";
    }
  }

  /// 1 to 6 dot-separated numbers of at most 9 digits.
  record Numbered() implements SignalForm {
    private static final Pattern FORM = Pattern.compile("[0-9]{1,9}(?:\\.[0-9]{1,9}){0,5}");

    @Override
    public Optional<SignalValue> read(String text) {
      if (text.length() > LONGEST || !FORM.matcher(text).matches()) return Optional.empty();
      return Optional.of(
          new SignalValue.Numbers(Arrays.stream(text.split("\\.")).map(Integer::valueOf).toList()));
    }

    @Override
    public String expects() {
      return "a version such as `17.6.1`";
    }
  }

  /// A day of ISO 8601, `2026-09-05`.
  record IsoDay() implements SignalForm {
    private static final Pattern FORM = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    @Override
    public Optional<SignalValue> read(String text) {
      if (!FORM.matcher(text).matches()) return Optional.empty();
      try {
        return Optional.of(new SignalValue.Day(LocalDate.parse(text)));
      } catch (DateTimeException e) {
        return Optional.empty();
      }
    }

    @Override
    public String expects() {
      return "a day such as `2026-09-05`";
    }
  }
}
