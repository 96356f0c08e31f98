// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.federation;

import java.util.Optional;
import java.util.regex.Pattern;

/// The name of an upstream provider in addresses, links and events, such as `entra`; chosen once.
public record ProviderId(String value) {

  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  /// @throws IllegalArgumentException if the text is not such a name
  public ProviderId {
    if (!FORM.matcher(value).matches())
      throw new IllegalArgumentException("this is not the name of a provider");
  }

  /// The name, if the text is one.
  public static Optional<ProviderId> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new ProviderId(text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}
