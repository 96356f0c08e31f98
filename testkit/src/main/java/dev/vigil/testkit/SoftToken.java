// SPDX-License-Identifier: Apache-2.0
package dev.vigil.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// A PKCS#11 token in software: SoftHSM, where it is installed. All tokens of a process are made
/// before the library is first loaded, because it looks for them only then.
public final class SoftToken {

  private static final String PIN = "4711-soft";
  private static final int COUNT = 8;
  private static final List<Path> LIBRARIES =
      List.of(
          Path.of("/usr/lib/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib64/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib64/pkcs11/libsofthsm2.so"),
          Path.of("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so"));

  private final String label;
  private final Path pinFile;

  private SoftToken(String label, Path pinFile) {
    this.label = label;
    this.pinFile = pinFile;
  }

  /// The library; empty where SoftHSM is not installed.
  public static Optional<Path> installed() {
    return LIBRARIES.stream().filter(Files::isRegularFile).findFirst();
  }

  /// An empty token that nobody else in this process uses; its PIN's file is in this folder.
  public static SoftToken take(Path folder) throws IOException {
    var label = Drawer.ONLY.next();
    var file = folder.resolve(label + ".pin");
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, PIN + "\n");
    return new SoftToken(label, file);
  }

  public String label() {
    return label;
  }

  public Path pinFile() {
    return pinFile;
  }

  /// The section of a configuration that names this token.
  public String yaml() {
    return "keys: {pkcs11-library: %s, pkcs11-token: %s, pkcs11-pin-file: %s}\n"
        .formatted(installed().orElseThrow(), label, pinFile);
  }

  /// Takes every token of this process out of the machine.
  public static void takeOut() throws IOException {
    Files.move(Drawer.ONLY.tokens, Drawer.ONLY.away, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Puts them back.
  public static void putBack() throws IOException {
    Files.move(Drawer.ONLY.away, Drawer.ONLY.tokens, StandardCopyOption.ATOMIC_MOVE);
  }

  /// All sessions are lost, as when a token is reset.
  public void loseSessions() {
    Drawer.closeSessions(slot());
  }

  /// SoftHSM tells the slot, which it derives from the serial number.
  private long slot() {
    var said = Drawer.ONLY.run("softhsm2-util", "--show-slots");
    long slot = -1;
    for (var line : said.lines().map(String::strip).toList()) {
      if (line.startsWith("Slot ") && !line.contains(":")) slot = Long.parseLong(line.substring(5));
      if (line.startsWith("Label:") && line.substring(6).strip().equals(label)) return slot;
    }
    throw new IllegalStateException("no slot has the token `" + label + "`");
  }

  /// Where the tokens of this process are.
  private static final class Drawer {

    private static final Drawer ONLY = new Drawer();

    private final AtomicInteger taken = new AtomicInteger();
    private final Path configuration;
    private final Path tokens;
    private final Path away;

    private Drawer() {
      try {
        var folder = Files.createTempDirectory("vigil-tokens");
        this.tokens = Files.createDirectory(folder.resolve("tokens"));
        this.away = folder.resolve("away");
        this.configuration =
            Files.writeString(
                folder.resolve("softhsm2.conf"),
                "directories.tokendir = %s\nobjectstore.backend = file\nlog.level = ERROR\n"
                    .formatted(tokens));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      for (int i = 0; i < COUNT; i++)
        run(
            "softhsm2-util",
            "--init-token",
            "--free",
            "--label",
            "soft-" + i,
            "--pin",
            PIN,
            "--so-pin",
            PIN);
      setEnvironment();
    }

    String next() {
      int number = taken.getAndIncrement();
      if (number >= COUNT) throw new IllegalStateException("all tokens of this process are taken");
      return "soft-" + number;
    }

    String run(String... command) {
      try {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SOFTHSM2_CONF", configuration.toString());
        var process = builder.start();
        var said =
            new String(
                process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) throw new IllegalStateException(said);
        return said;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }

    /// The library reads the environment of the process, which Java does not change.
    @SuppressWarnings("restricted") // a native call is the only way
    private void setEnvironment() {
      var linker = Linker.nativeLinker();
      var set =
          linker.downcallHandle(
              linker.defaultLookup().find("setenv").orElseThrow(),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.ADDRESS,
                  ValueLayout.ADDRESS,
                  ValueLayout.JAVA_INT));
      try (var arena = Arena.ofConfined()) {
        int answer =
            (int)
                set.invokeExact(
                    arena.allocateFrom("SOFTHSM2_CONF"),
                    arena.allocateFrom(configuration.toString()),
                    1);
        if (answer != 0) throw new IllegalStateException("the environment cannot be set");
      } catch (Throwable e) {
        throw new IllegalStateException("a native call failed", e);
      }
    }

    @SuppressWarnings("restricted") // as above
    static void closeSessions(long slot) {
      var library = SymbolLookup.libraryLookup(installed().orElseThrow(), Arena.global());
      var close =
          Linker.nativeLinker()
              .downcallHandle(
                  library.find("C_CloseAllSessions").orElseThrow(),
                  FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
      try {
        long answer = (long) close.invokeExact(slot);
        if (answer != 0) throw new IllegalStateException("PKCS#11 answers " + answer);
      } catch (Throwable e) {
        throw new IllegalStateException("a native call failed", e);
      }
    }
  }
}
