// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.bank;

import dev.vigil.demo.phone.SoftwareKeys;
import dev.vigil.sdk.port.Transport;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Somebody with an authority of their own: everything about their certificates is right, except
/// who signed them.
public final class Impostor {

  private static final Duration LIFE = Duration.ofDays(1);

  private final Instant now;

  private final String name;
  private final KeyPair authority;

  public Impostor(String name, Instant now) throws GeneralSecurityException {
    this.now = now;
    this.name = name;
    this.authority = keyPair();
  }

  /// A client certificate that names whomever the impostor likes.
  public Transport.Identity client(String subject) throws GeneralSecurityException, IOException {
    var keys = new SoftwareKeys();
    return new Transport.Identity(
        keys, List.of(issue(subject, keys.generate(), KeyPurposeId.id_kp_clientAuth, List.of())));
  }

  /// The key and certificate of a server that calls itself `host`.
  public Transport.Identity server(String host) throws GeneralSecurityException {
    var keys = new SoftwareKeys();
    return new Transport.Identity(
        keys,
        List.of(
            issue("CN=" + host, keys.generate(), KeyPurposeId.id_kp_serverAuth, List.of(host))));
  }

  /// A server at a loopback address that calls itself `host`.
  public Trap server(Vertx vertx, String host, String address)
      throws GeneralSecurityException, IOException {
    var key = keyPair();
    var certificate =
        issue("CN=" + host, key.getPublic(), KeyPurposeId.id_kp_serverAuth, List.of(host));
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "server", key.getPrivate(), "impostor".toCharArray(), new Certificate[] {certificate});
    var bytes = new ByteArrayOutputStream();
    store.store(bytes, "impostor".toCharArray());
    return new Trap(
        vertx,
        address,
        new PfxOptions().setValue(Buffer.buffer(bytes.toByteArray())).setPassword("impostor"));
  }

  /// The impostor's server.
  public static final class Trap implements AutoCloseable {
    private final HttpServer server;
    private final String host;
    private final AtomicInteger requests = new AtomicInteger();

    private Trap(Vertx vertx, String host, PfxOptions key) {
      this.host = host;
      this.server =
          vertx
              .createHttpServer(
                  new HttpServerOptions()
                      .setHost(host)
                      .setPort(0)
                      .setSsl(true)
                      .setKeyCertOptions(key))
              .requestHandler(request -> {
                requests.incrementAndGet();
                request.response().end("{}");
              });
      server.listen().await();
    }

    /// Where it listens.
    public Transport.Address address() {
      return new Transport.Address(host, server.actualPort());
    }

    /// How many requests it got to read.
    public int requests() {
      return requests.get();
    }

    @Override
    public void close() {
      server.close().await();
    }
  }

  private X509Certificate issue(
      String subject, PublicKey key, KeyPurposeId purpose, List<String> hosts)
      throws GeneralSecurityException {
    try {
      var builder =
          new JcaX509v3CertificateBuilder(
              new X500Name("CN=" + name),
              BigInteger.valueOf(now.toEpochMilli()),
              Date.from(now),
              Date.from(now.plus(LIFE)),
              new X500Name(subject),
              key);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
      for (String host : hosts)
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(authority.getPrivate())));
    } catch (OperatorCreationException | CertIOException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private static KeyPair keyPair() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }
}
