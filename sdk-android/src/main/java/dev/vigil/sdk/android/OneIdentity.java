// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.android;

import dev.vigil.sdk.port.Transport.Identity;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Presents this device's certificate and no other, so that nobody is ever asked to pick one. The
/// key's handle is fetched for each handshake: it may want the person first.
final class OneIdentity extends X509ExtendedKeyManager {

  private static final String ALIAS = "device";

  private final Identity identity;

  OneIdentity(Identity identity) {
    this.identity = identity;
  }

  @Override
  public String chooseEngineClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return ALIAS;
  }

  @Override
  public String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return ALIAS;
  }

  @Override
  public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return new String[] {ALIAS};
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return identity.chain().toArray(X509Certificate[]::new);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    try {
      return identity.keys().handle();
    } catch (GeneralSecurityException e) {
      throw new KeyUnusable(e);
    }
  }

  /// Ends the handshake: without its key this device has nothing to show.
  static final class KeyUnusable extends RuntimeException {
    private static final long serialVersionUID = 1;

    KeyUnusable(Throwable cause) {
      super("the device's key cannot be used", cause);
    }
  }

  @Override
  public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return new String[0];
  }

  @Override
  public String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    throw new UnsupportedOperationException("a phone is never a server");
  }
}
