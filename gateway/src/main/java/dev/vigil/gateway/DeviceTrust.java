// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import dev.vigil.kernel.TimeSource;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Whether a client's certificate was issued by one of our authorities (RFC 5280 section 6).
/// Whether it is still good is asked at every request, against the positive list, because a resumed
/// session is not asked here; so an expired certificate passes here and its owner reads what to do
/// about it.
final class DeviceTrust extends X509ExtendedTrustManager {

  private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

  private final TimeSource time;
  private volatile List<X509Certificate> anchors;
  private volatile Set<TrustAnchor> trusted;

  DeviceTrust(List<X509Certificate> anchors, TimeSource time) {
    this.time = time;
    this.anchors = List.copyOf(anchors);
    this.trusted = trusted(anchors);
  }

  private static Set<TrustAnchor> trusted(List<X509Certificate> anchors) {
    return anchors.stream()
        .map(anchor -> new TrustAnchor(anchor, null))
        .collect(Collectors.toUnmodifiableSet());
  }

  /// Asks for certificates of these authorities from the next handshake on.
  void replace(List<X509Certificate> others) {
    trusted = trusted(others);
    anchors = List.copyOf(others);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    if (chain.length == 0) throw new CertificateException("no certificate");
    var leaf = chain[0];
    var purposes = leaf.getExtendedKeyUsage();
    if (purposes == null || !purposes.contains(CLIENT_AUTH))
      throw new CertificateException("not a client's certificate");
    try {
      CertPathBuilder.getInstance("PKIX").build(parameters(leaf, chain));
    } catch (GeneralSecurityException e) {
      throw new CertificateException("not issued by an authority of ours", e);
    }
  }

  private PKIXBuilderParameters parameters(X509Certificate leaf, X509Certificate[] chain)
      throws GeneralSecurityException {
    var selector = new X509CertSelector();
    selector.setCertificate(leaf);
    var parameters = new PKIXBuilderParameters(trusted, selector);
    parameters.addCertStore(
        CertStore.getInstance(
            "Collection", new CollectionCertStoreParameters(Arrays.asList(chain))));
    parameters.setRevocationEnabled(false);
    var now = time.now();
    var end = leaf.getNotAfter().toInstant();
    parameters.setDate(Date.from(now.isBefore(end) ? now : end));
    return parameters;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, authType);
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
    return anchors.toArray(X509Certificate[]::new);
  }
}
