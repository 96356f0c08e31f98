// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.signin;

import dev.vigil.kernel.Outcome;
import java.util.Locale;
import java.util.regex.Pattern;

/// What somebody is called: the unique user name in lower case, and the name that people read.
public record PersonName(String userName, String displayName) {

  private static final Pattern USER_NAME = Pattern.compile("[a-z0-9._%+@-]{3,254}");

  /// @throws IllegalArgumentException if the user name is not of its form; [#read] answers instead
  public PersonName {
    if (!USER_NAME.matcher(userName).matches())
      throw new IllegalArgumentException("`" + userName + "` is not a user name");
  }

  /// Reads what somebody typed.
  public static Outcome<PersonName> read(String userName, String displayName) {
    String lower = userName.strip().toLowerCase(Locale.ROOT);
    String shown = displayName.strip();
    if (!USER_NAME.matcher(lower).matches()) return Outcome.refused(SignInRefusal.USER_NAME);
    if (shown.isEmpty() || shown.length() > 200 || shown.chars().anyMatch(Character::isISOControl))
      return Outcome.refused(SignInRefusal.DISPLAY_NAME);
    return Outcome.done(new PersonName(lower, shown));
  }
}
