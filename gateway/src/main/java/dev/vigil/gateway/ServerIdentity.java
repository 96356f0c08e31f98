// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The gateway's own key and certificate chain, leaf first.
public final class ServerIdentity {

  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

  private final PrivateKey key;
  private final List<X509Certificate> chain;

  /// @throws IllegalArgumentException if there is no certificate
  public ServerIdentity(PrivateKey key, List<X509Certificate> chain) {
    if (chain.isEmpty()) throw new IllegalArgumentException("a server needs a certificate");
    this.key = key;
    this.chain = List.copyOf(chain);
  }

  /// Reads PEM text: the chain, leaf first, and an unencrypted PKCS#8 key (RFC 7468 section 10).
  ///
  /// @throws IllegalArgumentException if either cannot be read
  public static ServerIdentity ofPem(String chain, String key) {
    try {
      var factory = CertificateFactory.getInstance("X.509");
      return new ServerIdentity(
          readKey(key),
          x509(
              factory.generateCertificates(
                  new ByteArrayInputStream(chain.getBytes(StandardCharsets.US_ASCII)))));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the server certificate cannot be read", e);
    }
  }

  /// Takes the entry of this alias out of an opened key store.
  ///
  /// @throws IllegalArgumentException if there is none or the password does not open it
  public static ServerIdentity of(KeyStore store, String alias, char[] password) {
    try {
      if (store.getKey(alias, password) instanceof PrivateKey key)
        return new ServerIdentity(key, x509(List.of(store.getCertificateChain(alias))));
      throw new IllegalArgumentException("the key store has no private key named `" + alias + "`");
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the key named `" + alias + "` cannot be opened", e);
    }
  }

  private static List<X509Certificate> x509(Collection<? extends Certificate> certificates) {
    var list = new ArrayList<X509Certificate>();
    for (var certificate : certificates)
      if (certificate instanceof X509Certificate x509) list.add(x509);
    return list;
  }

  private static PrivateKey readKey(String pem) throws GeneralSecurityException {
    var matcher = PKCS8.matcher(pem);
    if (!matcher.find())
      throw new IllegalArgumentException("the server key must be an unencrypted PKCS#8 key in PEM");
    var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(matcher.group(1)));
    for (var algorithm : ALGORITHMS) {
      var key = keyOf(algorithm, spec);
      if (key.isPresent()) return key.get();
    }
    throw new IllegalArgumentException("the server key is neither EC, RSA nor Ed25519");
  }

  private static Optional<PrivateKey> keyOf(String algorithm, PKCS8EncodedKeySpec spec)
      throws GeneralSecurityException {
    try {
      return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(spec));
    } catch (InvalidKeySpecException e) {
      return Optional.empty();
    }
  }

  PrivateKey key() {
    return key;
  }

  List<X509Certificate> chain() {
    return chain;
  }

  @Override
  public String toString() {
    return "ServerIdentity(" + chain.getFirst().getSubjectX500Principal() + ")";
  }
}
