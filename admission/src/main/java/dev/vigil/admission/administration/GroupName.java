// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import dev.vigil.admission.PlainText;
import dev.vigil.kernel.Outcome;
import java.util.regex.Pattern;

/// A group of people, or a tag of an app, as policies name it: 1 to 64 characters of `a-z`, `0-9`,
/// `.`, `_`, `:` and `-`, starting with a letter or digit. Typed in any case, kept in lower case.
public record GroupName(String value) implements Comparable<GroupName> {

  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9._:-]{0,63}");

  /// @throws IllegalArgumentException if the text is not such a name in lower case
  public GroupName {
    if (!FORM.matcher(value).matches())
      throw new IllegalArgumentException("this is not a group name");
  }

  /// The name that was typed.
  public static Outcome<GroupName> of(String typed) {
    String folded = typed.length() > 256 ? typed : PlainText.folded(typed);
    if (!FORM.matcher(folded).matches())
      return Outcome.refused(
          AdministrationRefusal.GROUP_FORM, PlainText.shown(typed) + " is not such a name");
    return Outcome.done(new GroupName(folded));
  }

  @Override
  public int compareTo(GroupName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
