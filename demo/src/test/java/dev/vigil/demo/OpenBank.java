// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo;

import dev.vigil.demo.bank.Bank;
import dev.vigil.demo.bank.Premises;
import dev.vigil.server.Assembly;
import dev.vigil.server.SystemTime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/// A bank of the demo on free ports, for one test.
public record OpenBank(Assembly server, Bank bank, Path policies) implements AutoCloseable {

  /// Opens it in an empty folder.
  public static OpenBank in(Path folder) throws IOException {
    return in(premises(folder));
  }

  /// Opens it with a section `identity` in its configuration.
  public static OpenBank in(Path folder, String identity) throws IOException {
    var usual = premises(folder);
    return in(new Premises(folder, usual.policies(), usual.doors(), identity));
  }

  private static OpenBank in(Premises premises) throws IOException {
    var server = premises.start();
    try {
      return new OpenBank(
          server,
          Bank.open(server, premises, new SystemTime(), SystemTime.entropy()),
          premises.policies());
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /// A place for a server, with the sample policies.
  public static Premises premises(Path folder) {
    var root = Path.of(Objects.requireNonNullElse(System.getProperty("vigil.root"), ".."));
    return new Premises(folder, root.resolve("examples/bank/policies"), Premises.Doors.ANY);
  }

  @Override
  public void close() {
    bank.close();
    server.close();
  }
}
