// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.port;

import java.io.IOException;

/// The server's certificate does not chain to the trust anchors, or names another host: someone may
/// be in between.
public final class UntrustedServerException extends IOException {

  private static final long serialVersionUID = 1;

  /// With what the platform's TLS said.
  public UntrustedServerException(Throwable cause) {
    super("the server's certificate is not one this app may trust", cause);
  }
}
