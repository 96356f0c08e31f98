// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import dev.vigil.admission.PlainText;
import dev.vigil.kernel.Outcome;
import java.util.Locale;
import java.util.regex.Pattern;

/// A DNS name by which phones reach an app (RFC 1123 section 2.1), lower case. No address, port,
/// wildcard or trailing dot, so that a request's host can be compared letter by letter.
public record HostName(String value) {

  private static final int MOST = 253;
  private static final Pattern FORM =
      Pattern.compile(
          "(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");

  /// @throws IllegalArgumentException if the text is not such a name
  public HostName {
    if (!fits(value)) throw new IllegalArgumentException("this is not a host name");
  }

  /// The host name that was typed. Letters beyond ASCII are refused, not converted: write the
  /// `xn--` form.
  public static Outcome<HostName> of(String typed) {
    String lower = typed.toLowerCase(Locale.ROOT);
    boolean ascii = typed.chars().allMatch(c -> c < 0x80);
    if (!ascii || !fits(lower))
      return Outcome.refused(
          AdministrationRefusal.HOST_FORM, PlainText.shown(typed) + " is not a host name");
    return Outcome.done(new HostName(lower));
  }

  private static boolean fits(String text) {
    return text.length() <= MOST && FORM.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
