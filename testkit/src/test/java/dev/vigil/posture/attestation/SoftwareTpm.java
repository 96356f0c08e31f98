// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vigil.kernel.Bytes;
import dev.vigil.testkit.TpmStatements;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import tss.tpm.TPMS_SIGNATURE_ECDSA;
import tss.tpm.TPMS_SIGNATURE_RSASSA;
import tss.tpm.TPMT_SIGNATURE;

/// A whole TPM 2.0 in software: Debian's `swtpm`, asked through `tpm2-tools`. One folder, one TPM.
final class SoftwareTpm implements AutoCloseable {

  private static final int ATTESTATION_KEY = 0x81010001;
  private static final int OTHER_KEY = 0x81010002;
  private static final List<String> FLUSH = List.of("tpm2_flushcontext", "-t");

  private final Path folder;
  private final Process process;

  private SoftwareTpm(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
  }

  /// Starts one. Where it is not installed the test is skipped.
  static SoftwareTpm start(Path folder) throws IOException {
    assumeTrue(
        installed("swtpm") && installed("tpm2_certify"), "swtpm and tpm2-tools are not installed");
    Files.createDirectory(folder.resolve("state"));
    var process =
        new ProcessBuilder(
                "swtpm",
                "socket",
                "--tpm2",
                "--tpmstate",
                "dir=" + folder.resolve("state"),
                "--server",
                "type=unixio,path=" + folder.resolve("tpm"),
                "--ctrl",
                "type=unixio,path=" + folder.resolve("tpm.ctrl"),
                "--flags",
                "startup-clear")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    return new SoftwareTpm(folder, process).ready();
  }

  private static boolean installed(String program) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
  }

  private SoftwareTpm ready() {
    var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!Files.exists(folder.resolve("tpm")) || !Files.exists(folder.resolve("tpm.ctrl"))) {
      if (!process.isAlive() || System.nanoTime() > end) {
        close();
        throw new IllegalStateException("swtpm did not start");
      }
      Thread.onSpinWait();
    }
    return this;
  }

  /// Makes an attestation key of this kind, such as `ecc ecdsa`, under the endorsement key.
  PublicKey attestationKey(String kind, String scheme) throws Exception {
    run(List.of("tpm2_createek", "-c", "ek", "-G", kind));
    run(
        List.of("tpm2_createak", "-C", "ek", "-c", "ak", "-G", kind, "-g", "sha256", "-s", scheme,
            "-u", "ak.pem", "-f", "pem"));
    keep("ak", ATTESTATION_KEY);
    return publicKey("ak.pem", kind);
  }

  /// Makes another key and says what it is.
  ///
  /// @param attributes such as `fixedtpm|fixedparent|sensitivedataorigin|userwithauth|sign`
  PublicKey key(String kind, String attributes) throws Exception {
    run(List.of("tpm2_createprimary", "-C", "o", "-c", "parent"));
    run(
        List.of("tpm2_create", "-C", "parent", "-G", kind, "-a", attributes, "-u", "key.pub", "-r",
            "key.priv", "-c", "key"));
    keep("key", OTHER_KEY);
    run(List.of("tpm2_readpublic", "-c", "key", "-f", "pem", "-o", "key.pem"));
    run(FLUSH);
    return publicKey("key.pem", kind);
  }

  private void keep(String context, int handle) throws IOException, InterruptedException {
    run(FLUSH);
    run(List.of("tpm2_evictcontrol", "-C", "o", "-c", context, "0x" + Integer.toHexString(handle)));
    run(FLUSH);
  }

  private PublicKey publicKey(String file, String kind)
      throws IOException, GeneralSecurityException {
    var text = Files.readString(folder.resolve(file)).replaceAll("-----[A-Z ]+-----|\\s", "");
    var factory = KeyFactory.getInstance(kind.startsWith("ecc") ? "EC" : "RSA");
    return factory.generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(text)));
  }

  /// Lets the attestation key certify the other (`TPM2_Certify`, part 3, section 18.2; the tool has
  /// no option for the extra data, so the command is written here).
  TpmStatements.Fields certify(Bytes extraData, X509Certificate certificate) throws Exception {
    byte[] password = {0x40, 0, 0, 9, 0, 0, 0, 0, 0};
    int length = 10 + 8 + 4 + 18 + 2 + extraData.size() + 2;
    var command = ByteBuffer.allocate(length).putShort((short) 0x8002).putInt(length).putInt(0x148);
    command.putInt(OTHER_KEY).putInt(ATTESTATION_KEY).putInt(18).put(password).put(password);
    command.putShort((short) extraData.size()).put(extraData.toArray()).putShort((short) 0x0010);
    Files.write(folder.resolve("command"), command.array());
    run(List.of("tpm2_send", "-o", "response", "command"));
    var response = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("response")));
    if (response.getInt(6) != 0)
      throw new IllegalStateException("TPM2_Certify: " + Integer.toHexString(response.getInt(6)));
    response.position(14);
    byte[] certInfo = sized(response);
    byte[] rest = new byte[response.remaining()];
    response.get(rest);
    return fields(certInfo, TPMT_SIGNATURE.fromBytes(rest), certificate);
  }

  private static byte[] sized(ByteBuffer from) {
    byte[] content = new byte[Short.toUnsignedInt(from.getShort())];
    from.get(content);
    return content;
  }

  private TpmStatements.Fields fields(
      byte[] certInfo, TPMT_SIGNATURE signature, X509Certificate certificate) throws IOException {
    var pubArea = sized(ByteBuffer.wrap(Files.readAllBytes(folder.resolve("key.pub"))));
    int algorithm = signature.signature instanceof TPMS_SIGNATURE_ECDSA ? -7 : -257;
    return new TpmStatements.Fields(
        "2.0",
        algorithm,
        List.of(certificate),
        Bytes.of(plain(signature)),
        Bytes.of(certInfo),
        Bytes.of(pubArea));
  }

  private static byte[] plain(TPMT_SIGNATURE signature) throws IOException {
    return switch (signature.signature) {
      case TPMS_SIGNATURE_ECDSA ecdsa ->
          new DERSequence(new ASN1Integer[] {number(ecdsa.signatureR), number(ecdsa.signatureS)})
              .getEncoded();
      case TPMS_SIGNATURE_RSASSA rsa -> rsa.sig;
      default -> throw new IllegalStateException("no signature of a kind that was asked for");
    };
  }

  private static ASN1Integer number(byte[] magnitude) {
    return new ASN1Integer(new BigInteger(1, magnitude));
  }

  private void run(List<String> command) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(new ArrayList<>(command)).directory(folder.toFile());
    builder.environment().put("TPM2TOOLS_TCTI", "swtpm:path=" + folder.resolve("tpm"));
    var log = folder.resolve("tools.log");
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    var tool = builder.start();
    if (!tool.waitFor(60, TimeUnit.SECONDS) || tool.exitValue() != 0) {
      tool.destroyForcibly();
      throw new IllegalStateException(command + ": " + Files.readString(log));
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
