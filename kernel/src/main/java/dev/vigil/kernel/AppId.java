// SPDX-License-Identifier: Apache-2.0
package dev.vigil.kernel;

import java.util.regex.Pattern;

/// A protected enterprise application, named by its administrator: 1 to 63 characters of `a-z`,
/// `0-9` and `-`, starting with a letter.
public record AppId(String value) {

  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,62}");

  /// @throws IllegalArgumentException if the text is not such a name
  public AppId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "`" + value + "` is not an app name: 1 to 63 of a-z, 0-9 and -, starting with a letter");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
