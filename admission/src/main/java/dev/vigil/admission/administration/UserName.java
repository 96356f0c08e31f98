// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import dev.vigil.admission.PlainText;
import dev.vigil.kernel.Outcome;
import java.util.regex.Pattern;

/// The name by which a person is invited and found, such as `alice@bank.example`. There is one
/// spelling of each: letters of other widths and cases are folded to `a-z`, and letters of other
/// scripts are refused because they look alike.
public record UserName(String value) {

  private static final int MOST = 254;
  private static final Pattern FORM =
      Pattern.compile("[a-z0-9](?:[a-z0-9._+'-]*[a-z0-9])?(?:@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)?");

  /// @throws IllegalArgumentException if the text is not such a name in its one spelling
  public UserName {
    if (!fits(value)) throw new IllegalArgumentException("this is not a user name");
  }

  /// The user name that was typed.
  public static Outcome<UserName> of(String typed) {
    String folded = typed.length() > 2 * MOST ? typed : PlainText.folded(typed);
    if (!fits(folded))
      return Outcome.refused(
          AdministrationRefusal.USER_NAME_FORM, PlainText.shown(typed) + " is not a user name");
    return Outcome.done(new UserName(folded));
  }

  private static boolean fits(String text) {
    return text.length() <= MOST && !text.contains("..") && FORM.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
