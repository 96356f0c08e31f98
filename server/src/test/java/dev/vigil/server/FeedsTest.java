// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.vigil.admission.Changes;
import dev.vigil.admission.feed.FeedState;
import dev.vigil.admission.feed.PostureSource.Reason;
import dev.vigil.server.Foundation.Machine;
import dev.vigil.testkit.CollectedFacts;
import dev.vigil.testkit.ManualTime;
import dev.vigil.testkit.MemoryStore;
import dev.vigil.testkit.SeededEntropy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Configured products are asked by the server itself.
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class FeedsTest {

  @TempDir Path folder = Path.of("");

  private TestServer server(int port, String permissions) throws IOException {
    var secret = Files.writeString(folder.resolve("intune.secret"), "s3cret\n");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString(permissions));
    return new TestServer(
        folder,
        """
        devices:
          feeds:
            - {name: intune, kind: intune, tenant: bank.example, client-id: vigil, client-secret-file: intune.secret, graph: "http://127.0.0.1:%1$d", login: "http://127.0.0.1:%1$d"}
        """
            .formatted(port));
  }

  @Test
  void a_configured_product_is_asked_and_its_trouble_is_kept() throws Exception {
    var asked = new CountDownLatch(1);
    var product = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    product.createContext(
        "/bank.example/oauth2/v2.0/token",
        exchange -> {
          byte[] body = "{\"error\":\"invalid_client\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(401, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
          asked.countDown();
        });
    product.start();
    try {
      var it = server(product.getAddress().getPort(), "rw-------");
      var time = ManualTime.atNoon();
      var changes =
          new Changes(new MemoryStore(time), new CollectedFacts(), time, new SeededEntropy(1));
      var faces =
          new FeedFaces(changes, new Machine(time, new SeededEntropy(2)), it.configuration.feeds());
      try (faces;
          var _ = faces.start()) {
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
        var failure = failure(changes);
        while (failure.isEmpty()) failure = failure(changes);
        assertThat(failure.get().reason()).isEqualTo(Reason.CREDENTIAL);
      }
    } finally {
      product.stop(0);
    }
  }

  private static Optional<FeedState.Failure> failure(Changes changes) {
    return changes.read(view -> view.feeds().state("intune")).flatMap(FeedState::failure);
  }

  @Test
  void a_secret_that_others_can_read_keeps_the_server_from_starting() throws Exception {
    var it = server(1, "rw-r--r--");
    assertThatThrownBy(it::start)
        .isInstanceOfSatisfying(
            StartRefused.class, e -> assertThat(e.getMessage()).contains("intune.secret"));
  }
}
