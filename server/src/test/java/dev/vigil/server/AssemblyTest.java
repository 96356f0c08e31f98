// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.kernel.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A whole server: when it starts, when it refuses to, and what it leaves behind then.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class AssemblyTest {

  @TempDir Path folder = Path.of("");
  private TestServer it;

  @BeforeEach
  void place() throws IOException {
    it = new TestServer(folder);
  }

  @Test
  void a_server_is_ready_once_it_has_started_and_nobody_else_gets_its_folder() throws Exception {
    try (var server = it.start()) {
      assertThat(it.ready(server)).isEqualTo(200);
      assertThatThrownBy(it::start)
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("another server has this data folder open");
      for (var command :
          new String[][] {
            {"server"},
            {"admin", "recover", "ada@bank.example"},
            {"keys", "rotate", "access-tokens"}
          }) {
        var refused = it.vigil(with(command, "--config", it.config.toString()));
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.errors()).contains("another server").contains("stop the other server");
      }
      assertThat(it.ready(server)).isEqualTo(200);
    }
  }

  private static String[] with(String[] words, String... more) {
    var all = new java.util.ArrayList<>(java.util.List.of(words));
    all.addAll(java.util.List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void the_first_link_is_for_the_owner_only_and_gone_once_there_is_an_administrator()
      throws Exception {
    try (var server = it.start()) {
      var file = OneTimeLink.keepFirst(it.data(), server.firstAdministrator()).orElseThrow();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(Files.readString(file))
          .startsWith(it.configuration.face().browser() + "/administrator#");
    }
    assertThat(it.vigil("admin", "recover", "ada@bank.example", "--config", it.config.toString()))
        .returns(0, TestServer.Ran::code);
    try (var server = it.start()) {
      assertThat(server.firstAdministrator()).isEmpty();
      assertThat(OneTimeLink.keepFirst(it.data(), server.firstAdministrator())).isEmpty();
      assertThat(it.data().resolve("first-administrator.link")).doesNotExist();
    }
  }

  @Test
  void without_the_right_key_password_nothing_starts_and_nothing_is_made_anew() throws Exception {
    it.start().close();
    var right = Files.readString(it.keyPassword());
    var keys = Files.readAllBytes(it.data().resolve("keys/keys.p12"));
    Files.delete(it.keyPassword());
    refused("is missing", "put the file back");
    assertThat(it.keyPassword()).doesNotExist();
    OwnerFile.create(it.keyPassword(), Base64.getEncoder().encode(new byte[32]));
    refused("the password is another one", "give the password it was made with");
    Files.writeString(it.keyPassword(), right);
    Files.setPosixFilePermissions(it.keyPassword(), PosixFilePermissions.fromString("rw-r-----"));
    refused("more than its owner", "chmod 600");
    Files.setPosixFilePermissions(it.keyPassword(), PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.readAllBytes(it.data().resolve("keys/keys.p12"))).isEqualTo(keys);
    it.start().close();
  }

  private void refused(String why, String next) {
    var ran = it.vigil("server", "--config", it.config.toString());
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.errors())
        .contains("the server does not start")
        .contains(why)
        .contains("next")
        .contains(next);
  }

  @Test
  void a_folder_of_a_newer_version_is_not_touched() throws Exception {
    it.start().close();
    var format = it.data().resolve("vigil.format");
    Files.writeString(format, Files.readString(format).replace("format 1", "format 2"));
    var before = contents(it.data());
    refused("newer version", "start the newer version");
    assertThat(contents(it.data())).isEqualTo(before);
  }

  private static Map<String, String> contents(Path folder) throws IOException {
    var all = new TreeMap<String, String>();
    try (var files = Files.walk(folder)) {
      for (var file : files.filter(Files::isRegularFile).toList())
        all.put(
            file.toString(),
            Files.getLastModifiedTime(file)
                + " "
                + dev.vigil.kernel.Sha256.of(Files.readAllBytes(file)));
    }
    return all;
  }

  @Test
  void a_port_in_use_is_named_and_everything_is_closed_again() throws Exception {
    var listens =
        java.util.List.of(
            it.configuration.gateway().listen(),
            it.configuration.face().listen(),
            it.configuration.face().mutualTls());
    for (var listen : listens) {
      try (var _ = new ServerSocket(listen.getPort(), 1, InetAddress.getLoopbackAddress())) {
        refused(":" + listen.getPort(), "configure another");
      }
    }
    try (var server = it.start()) {
      assertThat(it.ready(server)).isEqualTo(200);
    }
  }

  @Test
  void a_wrong_configuration_starts_nothing_and_makes_no_folder() throws Exception {
    Files.writeString(it.config, "gateway:\n  lisen: 127.0.0.1:1\n  trusted-proxies: [here]\n");
    var ran = it.vigil("server", "--config", it.config.toString());
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.errors()).contains("did you mean `gateway.listen`?").contains("`here`");
    assertThat(it.data()).doesNotExist();
    assertThat(it.vigil("server", "--config", folder.resolve("none.yaml").toString()).errors())
        .contains("cannot be read");
  }

  /// The machine's time, but the wall clock can be set.
  private record SetTime(AtomicReference<Duration> ahead) implements TimeSource {
    @Override
    public Instant now() {
      return new SystemTime().now().plus(ahead.get());
    }

    @Override
    public long nanos() {
      return new SystemTime().nanos();
    }
  }

  @Test
  void a_wall_clock_that_goes_backwards_makes_the_server_refuse() throws Exception {
    var time = new SetTime(new AtomicReference<>(Duration.ZERO));
    try (var server = it.start(time)) {
      assertThat(it.ready(server)).isEqualTo(200);
      time.ahead().set(Duration.ofSeconds(-10));
      int status = 200;
      while (status == 200) status = it.ready(server);
      assertThat(status).isEqualTo(503);
    }
  }

  @Test
  void the_servers_certificate_follows_the_configured_names() throws Exception {
    try (var server = it.start()) {
      assertThat(it.ready(server)).isEqualTo(200);
    }
    var text = Files.readString(it.config);
    Files.writeString(
        it.config, text.replace("gateway: {", "gateway: {app-domains: [apps.bank.test], "));
    var before = Files.readAllBytes(it.data().resolve("keys/keys.p12"));
    var changed =
        dev.vigil.server.config.ConfigurationReader.read(
            "vigil.yaml", Files.readString(it.config), folder);
    var configuration =
        ((dev.vigil.server.config.ConfigurationReader.Reading.Read) changed).configuration();
    Assembly.start(configuration).close();
    var after = Files.readAllBytes(it.data().resolve("keys/keys.p12"));
    assertThat(after).isNotEqualTo(before);
    Assembly.start(configuration).close();
    assertThat(Files.readAllBytes(it.data().resolve("keys/keys.p12"))).isEqualTo(after);
  }
}
