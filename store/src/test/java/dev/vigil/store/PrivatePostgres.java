// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import dev.vigil.kernel.Secret;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A PostgreSQL cluster of our own in a temporary folder, on a loopback port, ended with the test.
/// It never runs as root: as root it is started as the account `postgres`.
final class PrivatePostgres implements AutoCloseable {

  private static final String PASSWORD = "only-for-this-test";

  private final Path bin;
  private final Path folder;
  private final int port;
  private int databases;

  private PrivatePostgres(Path bin, Path folder, int port) {
    this.bin = bin;
    this.folder = folder;
    this.port = port;
  }

  /// Where PostgreSQL's programs are; empty if it is not installed.
  static Optional<Path> installed() {
    var onPath =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .map(Path::of);
    return Stream.concat(versions(), onPath)
        .filter(bin ->
            Files.isExecutable(bin.resolve("initdb")) && Files.isExecutable(bin.resolve("pg_ctl")))
        .findFirst();
  }

  private static Stream<Path> versions() {
    try (var folders = Files.list(Path.of("/usr/lib/postgresql"))) {
      return folders
          .sorted(Comparator.reverseOrder())
          .map(version -> version.resolve("bin"))
          .toList()
          .stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  static PrivatePostgres start(Path bin) throws Exception {
    var folder =
        Files.createTempDirectory(
            "vigil-pg",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    var pwfile = Files.writeString(folder.resolve("pw"), PASSWORD);
    if (root()) run(List.of("chown", "-R", "postgres", folder.toString()));
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    var postgres = new PrivatePostgres(bin, folder, port);
    var data = folder.resolve("data").toString();
    run(
        asOwner(
            bin.resolve("initdb").toString(),
            "-D",
            data,
            "-U",
            "vigil",
            "-A",
            "scram-sha-256",
            "--pwfile",
            pwfile.toString(),
            "-E",
            "UTF8",
            "--no-sync"));
    var options =
        "-p "
            + port
            + " -c listen_addresses=127.0.0.1 -c unix_socket_directories="
            + folder
            + " -c fsync=off";
    run(
        asOwner(
            bin.resolve("pg_ctl").toString(),
            "-D",
            data,
            "-w",
            "-l",
            folder.resolve("log").toString(),
            "-o",
            options,
            "start"));
    return postgres;
  }

  /// A fresh, empty database.
  Database.Postgres database() throws Exception {
    var name = "vigil_" + databases++;
    try (var connection =
            java.sql.DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "vigil", PASSWORD);
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return new Database.Postgres(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + name,
        "vigil",
        Secret.of(PASSWORD.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void close() throws IOException {
    run(
        asOwner(
            bin.resolve("pg_ctl").toString(),
            "-D",
            folder.resolve("data").toString(),
            "-m",
            "immediate",
            "-w",
            "stop"));
    run(List.of("rm", "-rf", folder.toString()));
  }

  private static boolean root() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static List<String> asOwner(String... command) {
    var all = new ArrayList<String>();
    if (root())
      all.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
    all.addAll(List.of(command));
    return all;
  }

  private static void run(List<String> command) throws IOException {
    var process =
        new ProcessBuilder(command)
            .directory(new File("/"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0) return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IOException("`" + String.join(" ", command) + "` failed");
  }
}
