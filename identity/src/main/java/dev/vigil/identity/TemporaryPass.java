// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity;

import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A temporary access pass: a short text that an administrator hands over and a person types, once,
/// to register a passkey when there is no other way in. 60 random bits in Crockford's base 32,
/// whose letters are hard to mistake for one another.
public final class TemporaryPass {

  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int LENGTH = 12;
  private static final int GROUP = 4;
  private static final int LONGEST_TYPED = 64;
  private static final Pattern FORM = Pattern.compile("[" + ALPHABET + "]{" + LENGTH + "}");

  private final String letters;

  private TemporaryPass(String letters) {
    this.letters = letters;
  }

  /// A fresh one.
  public static TemporaryPass random(Entropy entropy) {
    var letters = new StringBuilder();
    for (byte one : entropy.bytes(LENGTH))
      letters.append(ALPHABET.charAt(one & ALPHABET.length() - 1));
    return new TemporaryPass(letters.toString());
  }

  /// What was typed: case, spaces and dashes do not matter, and letters that are not in the
  /// alphabet count as the digits they look like. Empty if it cannot be a pass.
  public static Optional<TemporaryPass> typed(String text) {
    if (text.length() > LONGEST_TYPED) return Optional.empty();
    var letters =
        text.replaceAll("[\\s-]", "")
            .toUpperCase(Locale.ROOT)
            .replace('O', '0')
            .replace('I', '1')
            .replace('L', '1');
    return FORM.matcher(letters).matches()
        ? Optional.of(new TemporaryPass(letters))
        : Optional.empty();
  }

  /// The form in which it is handed over: `K7QX-M2ZP-9RTA`.
  public String reveal() {
    return String.join(
        "-",
        letters.substring(0, GROUP),
        letters.substring(GROUP, 2 * GROUP),
        letters.substring(2 * GROUP));
  }

  /// What the store knows it by: it counts for this person only.
  public Sha256 digestFor(SubjectId subject) {
    return Sha256.of(
        ("temporary pass " + subject.value() + " " + letters).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "TemporaryPass(hidden)";
  }
}
