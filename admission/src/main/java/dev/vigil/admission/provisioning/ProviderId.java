// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.provisioning;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Entropy;
import java.util.regex.Pattern;

/// A provisioning provider. Opaque: `prv_` and 128 random bits.
public record ProviderId(String value) {

  private static final Pattern FORM = Pattern.compile("prv_[A-Za-z0-9_-]{22}");

  /// @throws IllegalArgumentException if the text is not such an id
  public ProviderId {
    if (!FORM.matcher(value).matches())
      throw new IllegalArgumentException("this is not the id of a provider");
  }

  /// A new one.
  static ProviderId random(Entropy entropy) {
    return new ProviderId("prv_" + Bytes.of(entropy.bytes(16)));
  }

  @Override
  public String toString() {
    return value;
  }
}
