// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.webhook;

import dev.vigil.kernel.Secret;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// The secrets that a source may sign with: one, or two and more while the old one is replaced.
public record WebhookSecrets(List<Secret> all) {

  private static final String PREFIX = "whsec_";
  private static final int SHORTEST = 24;
  private static final int LONGEST = 64;
  private static final int MOST = 4;

  /// @throws IllegalArgumentException if there is none or more than four
  public WebhookSecrets {
    if (all.isEmpty() || all.size() > MOST)
      throw new IllegalArgumentException("a source has 1 to 4 secrets");
    all = List.copyOf(all);
  }

  /// Reads a file of secrets, one a line: `whsec_` and 24 to 64 bytes in Base64. Empty if anything
  /// in it is not.
  public static Optional<WebhookSecrets> parse(String text) {
    var secrets = new ArrayList<Secret>();
    for (String line : text.lines().map(String::strip).filter(one -> !one.isEmpty()).toList()) {
      var secret = secret(line);
      if (secret.isEmpty() || secrets.size() == MOST) return Optional.empty();
      secrets.add(secret.get());
    }
    return secrets.isEmpty() ? Optional.empty() : Optional.of(new WebhookSecrets(secrets));
  }

  private static Optional<Secret> secret(String line) {
    if (!line.startsWith(PREFIX)) return Optional.empty();
    try {
      byte[] key = Base64.getDecoder().decode(line.substring(PREFIX.length()));
      return key.length >= SHORTEST && key.length <= LONGEST
          ? Optional.of(Secret.of(key))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
