// SPDX-License-Identifier: Apache-2.0
package dev.vigil.testkit;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.dataformat.cbor.CBORMapper;

/// Makes Managed Device Attestation statements as Apple's servers would, with a root of our own.
public final class AppleStatements {

  private static final String APPLE = "1.2.840.113635.100.8.";
  private static final CBORMapper CBOR = new CBORMapper();

  private final AttestationCa root;
  private final AttestationCa servers;

  /// What Apple says of a device: the last arcs under `1.2.840.113635.100.8.`, each with the
  /// extension's content.
  public record Device(Map<String, Bytes> says) {

    public Device {
      says = Map.copyOf(says);
    }

    /// An iPhone, not under User Enrolment.
    public static Device iphone(String serialNumber, String udid) {
      return new Device(
          Map.of("9.1", text(serialNumber), "9.2", text(udid), "10.1", text("18.6.1")));
    }

    /// A Mac with full security.
    public static Device mac(String serialNumber, String udid) {
      var zero = Bytes.of(new byte[] {2, 1, 0});
      return iphone(serialNumber, udid).and("13.1", zero).and("13.2", zero).and("13.3", zero);
    }

    /// The same, also saying this.
    public Device and(String arcs, Bytes content) {
      var more = new LinkedHashMap<>(says);
      more.put(arcs, content);
      return new Device(more);
    }
  }

  private AppleStatements(AttestationCa root, AttestationCa servers) {
    this.root = root;
    this.servers = servers;
  }

  /// New authorities, good from 1970 to 2100.
  public static AppleStatements create() {
    var root = AttestationCa.root("Enterprise Attestation Root for tests");
    return new AppleStatements(root, root.intermediate("Enterprise Attestation Sub CA for tests"));
  }

  /// The root to configure as one for tests.
  public X509Certificate root() {
    return root.certificate();
  }

  /// The bare text as an extension's content.
  public static Bytes text(String value) {
    return Bytes.of(value.getBytes(StandardCharsets.US_ASCII));
  }

  /// The statement that answers an ACME challenge's token, made at this time and good for a year.
  public Bytes statement(PublicKey key, Device device, String token, Instant at) {
    var freshness = Sha256.of(token.getBytes(StandardCharsets.US_ASCII));
    return statement(chain(key, device.and("11.1", Bytes.of(freshness.bytes())), at));
  }

  /// The certificates of a statement, the attested key's first.
  public List<X509Certificate> chain(PublicKey key, Device device, Instant at) {
    return List.of(servers.issue(key, template(device, at)), servers.certificate());
  }

  /// A leaf that no authority issued but the holder of a leaf's key.
  public X509Certificate forged(SoftwareKey by, PublicKey key, Device device, Instant at) {
    return AttestationCa.pretending(by, "CN=attested,OU=AAA Certification")
        .issue(key, template(device, at));
  }

  private static AttestationCa.Template template(Device device, Instant at) {
    var leaf = AttestationCa.Template.of("CN=attested,OU=AAA Certification", at);
    for (var one : device.says().entrySet()) leaf = leaf.with(APPLE + one.getKey(), one.getValue());
    return leaf;
  }

  /// An attestation object of format `apple` with these certificates.
  public static Bytes statement(List<X509Certificate> chain) {
    var content = new LinkedHashMap<String, Object>();
    content.put("fmt", "apple");
    content.put("attStmt", Map.of("x5c", chain.stream().map(AppleStatements::encoded).toList()));
    return Bytes.of(CBOR.writeValueAsBytes(content));
  }

  static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was made can be written", e);
    }
  }
}
