// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.vigil.admission.provisioning.Provider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A conformance suite that others wrote (`scim2-tester` of PyPI) against the running server: every
/// attribute of every schema is created, read, listed, replaced, patched and removed.
class ScimTesterTest {

  private static final String SCRIPT =
      """
      import sys
      from httpx2 import Client
      from scim2_client.engines.httpx2 import SyncSCIMClient
      from scim2_tester import check_server, Status
      client = SyncSCIMClient(Client(base_url=sys.argv[1], headers={"Authorization": "Bearer " + sys.argv[2]}, timeout=10))
      bad = 0
      for result in check_server(client):
          print(result.status.name, result.title, result.reason or "")
          bad += result.status.name in ("ERROR", "CRITICAL")
      print("ERRORS", bad)
      """;

  private static final Path TOOLS =
      Path.of(System.getProperty("java.io.tmpdir"), "vigil-scim2-tester");

  private static int run(Path log, long seconds, String... command) throws Exception {
    var process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (process.waitFor(seconds, TimeUnit.SECONDS)) return process.exitValue();
    process.destroyForcibly();
    return -1;
  }

  private static boolean installed(Path folder) throws Exception {
    var log = folder.resolve("install.log");
    String python = TOOLS.resolve("bin/python").toString();
    if (Files.isExecutable(TOOLS.resolve("bin/python"))
        && run(log, 20, python, "-c", "import scim2_tester, httpx2") == 0) return true;
    try {
      return run(log, 30, "python3", "-m", "venv", TOOLS.toString()) == 0
          && run(
                  log,
                  60,
                  python,
                  "-m",
                  "pip",
                  "install",
                  "-q",
                  "scim2-tester==0.5.2",
                  "scim2-client[httpx2]==0.13.2")
              == 0;
    } catch (java.io.IOException e) {
      return false;
    }
  }

  @Test
  void a_conformance_suite_of_others_finds_no_error(@TempDir Path folder) throws Exception {
    assumeThat(installed(folder)).as("scim2-tester can be installed").isTrue();
    var script = Files.writeString(folder.resolve("check.py"), SCRIPT, StandardCharsets.UTF_8);
    var log = folder.resolve("check.log");
    try (var house = new ScimHouse()) {
      String token = house.provider(Provider.Kind.OTHER, "tester", Provider.Adoption.REFUSED);
      int code =
          run(
              log,
              60,
              TOOLS.resolve("bin/python").toString(),
              script.toString(),
              house.base().toString(),
              token);
      List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
      var bad = lines.stream().filter(line -> !line.startsWith("SUCCESS ")).toList();
      assertThat(code).as(String.join(" | ", bad)).isZero();
      assertThat(lines).as(String.join(" | ", bad)).contains("ERRORS 0").hasSizeGreaterThan(50);
    }
  }
}
