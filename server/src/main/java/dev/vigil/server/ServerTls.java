// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.gateway.ServerIdentity;
import dev.vigil.keys.KeyRing;
import dev.vigil.server.config.Configuration;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;

/// The server's certificate in the forms that its faces take, and whom it accepts as clients.
final class ServerTls {

  private static final String ALIAS = "server";

  private ServerTls() {}

  /// For the API: the given certificate, or Vigil's own.
  static X509KeyManager keyManager(Configuration.Face face, KeyRing keys, Vertx vertx) {
    try {
      if (face.certificate().isEmpty()) return own(keys);
      var given = face.certificate().get();
      var factory =
          new PemKeyCertOptions()
              .setCertPath(given.chain().toString())
              .setKeyPath(given.key().toString())
              .getKeyManagerFactory(vertx);
      return only(factory);
    } catch (Exception e) { // the library declares no narrower type
      throw new StartRefused(
          "the server certificate cannot be used: " + e.getMessage(),
          "check `public.certificate` and `public.key`");
    }
  }

  private static X509KeyManager own(KeyRing keys) throws GeneralSecurityException, IOException {
    var own = keys.server();
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(ALIAS, own.revealKey(), new char[0], own.chain().toArray(Certificate[]::new));
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, new char[0]);
    return only(factory);
  }

  private static X509KeyManager only(KeyManagerFactory factory) {
    return Arrays.stream(factory.getKeyManagers())
        .filter(X509KeyManager.class::isInstance)
        .map(X509KeyManager.class::cast)
        .findFirst()
        .orElseThrow();
  }

  /// For the gateway: always Vigil's own, which phones know by the anchors they were enrolled with.
  static ServerIdentity gateway(KeyRing keys) {
    return new ServerIdentity(keys.server().revealKey(), keys.server().chain());
  }

  /// Whether the given files are there, said early and clearly.
  static void check(Configuration.Face face) {
    face.certificate()
        .ifPresent(given -> {
          for (var file : List.of(given.chain(), given.key())) {
            if (!Files.isReadable(file))
              throw new StartRefused(
                  "`" + file + "` cannot be read", "check `public.certificate` and `public.key`");
          }
        });
  }
}
