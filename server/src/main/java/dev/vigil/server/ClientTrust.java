// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.keys.KeyRing;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/// Whom the port with client certificates accepts: certificates of our authorities as they are at
/// the moment of the handshake. Whether one is still good is asked again at every request, because
/// a resumed session is not asked here.
final class ClientTrust extends X509ExtendedTrustManager {

  private final KeyRing keys;
  private volatile Current current;

  ClientTrust(KeyRing keys) {
    this.keys = keys;
    this.current = Current.of(keys);
  }

  private record Current(long epoch, X509ExtendedTrustManager manager) {

    static Current of(KeyRing keys) {
      long epoch = keys.epoch();
      return new Current(epoch, manager(keys.clientAuthorities()));
    }

    private static X509ExtendedTrustManager manager(List<X509Certificate> authorities) {
      try {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < authorities.size(); i++)
          store.setCertificateEntry("authority-" + i, authorities.get(i));
        var factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return Arrays.stream(factory.getTrustManagers())
            .filter(X509ExtendedTrustManager.class::isInstance)
            .map(X509ExtendedTrustManager.class::cast)
            .findFirst()
            .orElseThrow();
      } catch (GeneralSecurityException | IOException e) {
        throw new IllegalStateException("the platform cannot hold certificates", e);
      }
    }
  }

  private X509ExtendedTrustManager now() {
    if (current.epoch != keys.epoch()) current = Current.of(keys);
    return current.manager;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    now().checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    now().checkClientTrusted(chain, authType, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    now().checkClientTrusted(chain, authType, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("this is about clients only");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkServerTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkServerTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return now().getAcceptedIssuers();
  }
}
