// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.util.Base64;
import com.sun.net.httpserver.HttpServer;
import dev.vigil.admission.Changes;
import dev.vigil.admission.passkey.KnownModels;
import dev.vigil.identity.passkey.Models;
import dev.vigil.server.config.Configuration.Metadata;
import dev.vigil.server.config.Document;
import dev.vigil.testkit.CollectedFacts;
import dev.vigil.testkit.ManualTime;
import dev.vigil.testkit.MemoryStore;
import dev.vigil.testkit.SeededEntropy;
import dev.vigil.testkit.TestCa;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.ECPrivateKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Metadata from a file and from the network, over restarts.
class AuthenticatorMetadataTest {

  private static final String FIDO = "mds.fido.example";

  @TempDir Path folder;

  private final ManualTime time = ManualTime.atNoon();
  private final Changes changes =
      new Changes(new MemoryStore(time), new CollectedFacts(), time, new SeededEntropy(5));
  private final TestCa authority = TestCa.create("root");
  private final TestCa.Leaf leaf = authority.server(List.of(FIDO));
  private final Models.Signer signer = new Models.Signer(authority.certificate(), FIDO);

  private String blob(int number) throws Exception {
    var jws =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .x509CertChain(List.of(Base64.encode(leaf.certificate().getEncoded())))
                .build(),
            new Payload(
                "{\"no\":%d,\"nextUpdate\":\"2099-01-01\",\"entries\":[]}".formatted(number)));
    jws.sign(new ECDSASigner((ECPrivateKey) leaf.key()));
    return jws.serialize();
  }

  private KnownModels started(Document source) {
    var models = new KnownModels(changes, signer);
    AuthenticatorMetadata.start(new Metadata(source, signer), models, folder, time).close();
    return models;
  }

  @Test
  void a_file_is_known_once_the_server_is_up_and_a_bad_one_does_not_stop_it() throws Exception {
    var file = folder.resolve("fido.jwt");
    assertThat(started(new Document.InFile(file)).get()).isSameAs(Models.NONE);
    Files.writeString(file, "rubbish");
    assertThat(started(new Document.InFile(file)).get()).isSameAs(Models.NONE);
    Files.writeString(file, blob(7) + "\n");
    assertThat(started(new Document.InFile(file)).get().number()).isEqualTo(7);
    Files.writeString(file, blob(6));
    assertThat(started(new Document.InFile(file)).get())
        .as("an older one after a restart")
        .isSameAs(Models.NONE);
  }

  @Test
  void what_was_fetched_is_known_after_a_restart_without_the_network() throws Exception {
    var answer = blob(9).getBytes(StandardCharsets.UTF_8);
    var network = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    network.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    network.start();
    var source =
        new Document.At(URI.create("http://127.0.0.1:" + network.getAddress().getPort() + "/"));
    var models = new KnownModels(changes, signer);
    try (var _ = AuthenticatorMetadata.start(new Metadata(source, signer), models, folder, time)) {
      long deadline = System.nanoTime() + 20_000_000_000L;
      while (!Files.exists(folder.resolve("fido-metadata.jwt")) && System.nanoTime() < deadline)
        Thread.onSpinWait();
      assertThat(models.get().number()).isEqualTo(9);
    } finally {
      network.stop(0);
    }
    assertThat(started(source).get().number()).isEqualTo(9);
  }
}
