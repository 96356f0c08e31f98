// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.bank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.server.SystemTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The real server in a process of its own, ended in the middle of its work: what an administrator
/// was told is done is done.
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class KilledServerTest {

  private static final int KILLS = 5;
  private static final long SEED = 2026;

  @TempDir Path folder = Path.of("");
  private Path config = Path.of("");
  private Path errors = Path.of("");

  @BeforeEach
  void configure() throws IOException {
    config = folder.resolve("vigil.yaml");
    errors = folder.resolve("errors.txt");
    var ports = ports();
    Files.writeString(
        config,
        """
        data: {folder: data}
        public: {listen: "127.0.0.1:%1$d", url: "https://localhost:%1$d", browser-url: "http://localhost:%2$d", mutual-tls-listen: "127.0.0.1:%4$d"}
        gateway: {listen: "127.0.0.1:%3$d", url: "https://localhost:%3$d"}
        """
            .formatted(ports.get(0), ports.get(1), ports.get(2), ports.get(3)));
  }

  private static List<Integer> ports() throws IOException {
    var open = new ArrayList<ServerSocket>();
    try {
      for (int i = 0; i < 4; i++)
        open.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      return open.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (var socket : open) socket.close();
    }
  }

  private Desk administrator(ChildServer server) throws IOException {
    var desk = new Desk(folder.resolve("desk"), new SystemTime(), SystemTime.entropy());
    var link = Path.of(server.ready().path("first_administrator").asString());
    desk.register(URI.create(Files.readString(link).strip()));
    desk.signIn(
        URI.create(server.ready().path("issuer").asString()),
        Path.of(server.ready().path("authority").asString()));
    return desk;
  }

  private static Set<String> people(Desk desk) {
    var people = new HashSet<String>();
    desk.ask("user", "list").findValuesAsString("user_name").forEach(people::add);
    return people;
  }

  @Test
  void nothing_acknowledged_is_lost_when_the_server_is_killed() throws Exception {
    var random = new Random(SEED);
    var starts = new ArrayList<Long>();
    Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    var server = ChildServer.start(config, errors);
    try {
      starts.add(server.ready().path("ready_after_ms").asLong());
      var desk = administrator(server);
      for (int round = 0; round < KILLS; round++) {
        int before = acknowledged.size();
        killUnderLoad(server, desk, 1 + random.nextInt(12), acknowledged, round);
        assertThat(acknowledged).hasSizeGreaterThan(before);
        server = ChildServer.start(config, errors);
        starts.add(server.ready().path("ready_after_ms").asLong());
        assertThat(server.ready().has("first_administrator")).isFalse();
        assertThat(people(desk)).containsAll(acknowledged).contains("ada@bank.example");
      }
      assertThat(server.stop()).isZero();
    } finally {
      server.close();
    }
    System.out.println(
        "killed %d times after %d acknowledged changes; start to ready in ms: %s"
            .formatted(KILLS, acknowledged.size(), starts));
  }

  /// Invites people without a pause, and kills the server while it works on one more.
  private static void killUnderLoad(
      ChildServer server, Desk desk, int changes, Set<String> acknowledged, int round)
      throws InterruptedException {
    var enough = new CountDownLatch(changes);
    var killed = new AtomicBoolean();
    var load =
        Thread.ofVirtual()
            .start(() -> {
              try {
                for (int i = 0; !killed.get(); i++) {
                  var name = "p%d-%d@bank.example".formatted(round, i);
                  desk.change("load", "user", "invite", name, "--name", "Somebody");
                  acknowledged.add(name);
                  enough.countDown();
                }
              } catch (Desk.Refused e) {
                // The server is gone; this one was not acknowledged.
                enough.countDown();
              }
            });
    assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();
    server.kill();
    killed.set(true);
    load.join();
  }

  @Test
  void a_server_that_is_told_to_stop_ends_with_0_and_starts_again_as_it_was() throws Exception {
    Set<String> people;
    try (var server = ChildServer.start(config, errors)) {
      var desk = administrator(server);
      desk.change("joins", "user", "invite", "bob@bank.example", "--name", "Bob");
      people = people(desk);
      assertThat(server.stop()).isZero();
      try (var again = ChildServer.start(config, errors)) {
        assertThat(people(desk)).isEqualTo(people).contains("bob@bank.example");
        assertThat(again.stop()).isZero();
      }
    }
    assertThat(Files.readString(errors)).isEmpty();
  }
}
