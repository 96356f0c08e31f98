// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki;

/// A key that is held elsewhere cannot sign at the moment. Nothing was signed; it may work later.
public final class KeyUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// @param reason in words for an administrator, without anything secret
  public KeyUnavailable(String reason) {
    super(reason);
  }

  /// In words for an administrator.
  public String reason() {
    return String.valueOf(getMessage());
  }
}
