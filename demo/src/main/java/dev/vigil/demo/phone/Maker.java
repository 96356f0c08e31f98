// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.phone;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Sha256;
import dev.vigil.posture.attestation.KnownApp;
import dev.vigil.posture.attestation.android.TestPhone;
import dev.vigil.posture.attestation.android.TestRoot;
import dev.vigil.sdk.port.Attestor;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateEncodingException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/// Who makes the demo's phones: no vendor at all, but a root for development that the bank's
/// configuration names, so that everything its phones attest is shown as `test root`.
public final class Maker {

  /// The bank's app, as its phones attest it.
  public static final KnownApp APP =
      new KnownApp(
          "dev.vigil.demo.bank",
          Set.of(Sha256.of("the demo's signer".getBytes(StandardCharsets.UTF_8))));

  private static final Instant FOUNDED = Instant.parse("2026-01-01T00:00:00Z");
  private static final Maker ONLY = new Maker();

  private final TestRoot root;

  private Maker() {
    this.root = TestRoot.of(pair(), Maker::pair, FOUNDED);
  }

  /// The maker of this process's phones.
  public static Maker ofAll() {
    return ONLY;
  }

  private static KeyPair pair() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has P-256", e);
    }
  }

  /// The root's certificate, PEM.
  public String pem() {
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder(64, new byte[] {'\n'})
              .encodeToString(root.certificate().getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate of ours can be encoded", e);
    }
  }

  /// The section `devices` of a configuration that believes these phones.
  ///
  /// @param file with [#pem]
  public static String configuration(String file) {
    var signer = APP.signers().iterator().next();
    return """
    devices:
      test-roots: %s
      android-apps: [{package: %s, signers: [%s]}]
      android-status-file: no-vendor-status.json
    """
        .formatted(file, APP.packageName(), HexFormat.of().formatHex(signer.bytes()));
  }

  /// A handset with a sound system.
  public Handset handset(LocalDate patched) {
    return new Handset(TestPhone.healthy(patched, APP));
  }

  /// One phone's hardware: what it says of itself can change, its maker cannot be talked into
  /// anything else.
  public final class Handset {

    private volatile TestPhone state;

    private Handset(TestPhone state) {
      this.state = state;
    }

    /// Somebody unlocks the bootloader and puts another system on it.
    public void unlockBootloader() {
      state = state.rooted();
    }

    /// It vouches for the key that the app keeps in it.
    public Attestor attestor(SoftwareKeys keys) {
      return nonce ->
          keys.publicKey().map(key -> new Attestor.Attestation("android-key", parts(key, nonce)));
    }

    private List<byte[]> parts(ECPublicKey key, byte[] nonce) {
      return state.attest(root, key, Bytes.of(nonce), Instant.now()).stream()
          .map(Bytes::toArray)
          .toList();
    }
  }
}
