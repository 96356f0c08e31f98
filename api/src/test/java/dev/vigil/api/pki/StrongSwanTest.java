// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.pki;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.device.Grants.Protocol;
import dev.vigil.pki.Branch;
import dev.vigil.testkit.SoftwareKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// strongSwan's `pki`, which many laptops and gateways enrol with, over EST; its SCEP is understood
/// here, but version 5.9.8 does not believe the answer (see docs/certificates.md).
class StrongSwanTest {

  @TempDir Path folder;
  private PkiHouse house;

  @BeforeEach
  void open() throws Exception {
    house = new PkiHouse();
    pem("root.pem", house.authorities.root().certificate());
    pem("issuer.pem", house.authorities.authority(Branch.DEVICE).certificate());
    pem("ra.pem", house.registration.certificate());
  }

  @AfterEach
  void close() {
    house.close();
  }

  private void pem(String name, X509Certificate certificate) throws Exception {
    PkiHouse.pem(folder, name, "CERTIFICATE", certificate.getEncoded());
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  /// Runs `pki`; what it prints goes into a file.
  private String pki(String into, String... arguments) throws Exception {
    var command = new ArrayList<String>(List.of("pki"));
    command.addAll(List.of(arguments));
    var errors = folder.resolve("errors.txt");
    try {
      var process =
          new ProcessBuilder(command)
              .redirectOutput(folder.resolve(into).toFile())
              .redirectError(errors.toFile())
              .start();
      process.waitFor();
    } catch (IOException e) {
      return Assumptions.abort("strongSwan's pki is not installed");
    }
    var said = Files.readString(errors);
    Assumptions.assumeFalse(
        said.contains("unable to fetch from") && said.contains("no capable fetcher"),
        "strongSwan's pki has no fetcher; its curl plugin is missing");
    Assumptions.assumeFalse(said.contains("unknown command"), "strongSwan's pki is too old");
    return said;
  }

  private X509Certificate read(String name, String said) throws Exception {
    var bytes = Files.readAllBytes(folder.resolve(name));
    assertThat(bytes.length).as(said).isPositive();
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(bytes));
  }

  private List<String> scep(String... more) {
    var all =
        new ArrayList<String>(
            List.of(
                "--scep",
                "--url",
                house.plain + "/scep",
                "--in",
                file("key.der"),
                "--dn",
                "CN=tablet",
                "--cacert-enc",
                file("ra.pem"),
                "--cacert-sig",
                file("ra.pem"),
                "--cacert",
                file("issuer.pem"),
                "--cacert",
                file("root.pem")));
    all.addAll(List.of(more));
    return all;
  }

  @Test
  void a_wrong_challenge_gives_it_nothing() throws Exception {
    var device = ScepDevice.make(2048);
    Files.write(folder.resolve("key.der"), device.pair.getPrivate().getEncoded());
    pki("one.der", scep("--password", "guessed").toArray(String[]::new));
    assertThat(Files.size(folder.resolve("one.der"))).isZero();
    assertThat(house.refusals()).contains("grant.spent");
  }

  @Test
  void it_enrols_and_renews_over_est() throws Exception {
    var key = SoftwareKey.generate();
    Files.write(folder.resolve("csr.der"), key.certificateRequest().toArray());
    Files.write(folder.resolve("key.der"), key.privateKey().getEncoded());
    var said =
        pki(
            "one.der",
            "--est",
            "--url",
            house.tls.toString(),
            "--in",
            file("csr.der"),
            "--cacert",
            file("root.pem"),
            "--cacert",
            file("issuer.pem"),
            "--userpass",
            "device:" + house.secret(Protocol.EST));
    var first = read("one.der", said);
    said =
        pki(
            "two.der",
            "--est",
            "--url",
            house.mutual.toString(),
            "--in",
            file("csr.der"),
            "--cacert",
            file("root.pem"),
            "--cacert",
            file("issuer.pem"),
            "--cert",
            file("one.der"),
            "--key",
            file("key.der"));
    var second = read("two.der", said);
    assertThat(second).isNotEqualTo(first);
    assertThat(house.known(second).device()).isEqualTo(house.known(first).device());
  }
}
