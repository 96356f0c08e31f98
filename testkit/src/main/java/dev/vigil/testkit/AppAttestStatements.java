// SPDX-License-Identifier: Apache-2.0
package dev.vigil.testkit;

import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.attestation.authenticator.EC2COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Sha256;
import dev.vigil.posture.attestation.AppAttest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.dataformat.cbor.CBORMapper;

/// Makes App Attest attestations and assertions as an iPhone and Apple's servers would, with a root
/// of our own.
public final class AppAttestStatements {

  private static final String NONCE = "1.2.840.113635.100.8.2";
  private static final CBORMapper CBOR = new ObjectConverter().getCborMapper();
  private static final byte ATTESTED_CREDENTIAL = 0x40;

  private final AttestationCa root;
  private final AttestationCa servers;

  /// An app on a phone, with its key in the Secure Enclave.
  public record Phone(AppAttest.App app, AppAttest.Environment environment, SoftwareKey key) {

    /// A new one.
    public static Phone with(AppAttest.App app) {
      return new Phone(app, AppAttest.Environment.PRODUCTION, SoftwareKey.generate());
    }

    /// The digest of the public key's point.
    public Bytes keyId() {
      byte[] info = key.publicKey().getEncoded();
      return Bytes.of(Sha256.of(Arrays.copyOfRange(info, info.length - 65, info.length)).bytes());
    }

    private byte[] application() {
      return Sha256.of(app.id().getBytes(StandardCharsets.UTF_8)).bytes();
    }

    private byte[] aaguid() {
      var name =
          switch (environment) {
            case PRODUCTION -> "appattest";
            case DEVELOPMENT -> "appattestdevelop";
          };
      return Arrays.copyOf(name.getBytes(StandardCharsets.US_ASCII), 16);
    }

    /// Authenticator data of an attestation.
    public Bytes attested(int counter) {
      byte[] cose = cose(key.publicKey());
      return Bytes.of(
          ByteBuffer.allocate(32 + 1 + 4 + 16 + 2 + 32 + cose.length)
              .put(application())
              .put(ATTESTED_CREDENTIAL)
              .putInt(counter)
              .put(aaguid())
              .putShort((short) 32)
              .put(keyId().toArray())
              .put(cose)
              .array());
    }

    private static byte[] cose(ECPublicKey key) {
      return CBOR.writeValueAsBytes(EC2COSEKey.create(key, COSEAlgorithmIdentifier.ES256));
    }

    /// The assertion of this count over these client data, in CBOR.
    public Bytes assertion(int counter, Bytes clientData) {
      byte[] data =
          ByteBuffer.allocate(37)
              .put(application())
              .put(ATTESTED_CREDENTIAL) // as iPhones do, though no credential follows
              .putInt(counter)
              .array();
      var fields = new LinkedHashMap<String, Object>();
      fields.put("signature", key.sign(nonce(data, clientData)));
      fields.put("authenticatorData", data);
      return Bytes.of(CBOR.writeValueAsBytes(fields));
    }
  }

  private AppAttestStatements(AttestationCa root, AttestationCa servers) {
    this.root = root;
    this.servers = servers;
  }

  /// New authorities, good from 1970 to 2100.
  public static AppAttestStatements create() {
    var root = AttestationCa.root("App Attestation Root for tests");
    return new AppAttestStatements(root, root.intermediate("App Attestation CA for tests"));
  }

  /// The root to configure as one for tests.
  public X509Certificate root() {
    return root.certificate();
  }

  /// The attestation that answers a challenge, made at this time and good for a year.
  public Bytes attestation(Phone phone, Bytes challenge, Instant at) {
    return attestation(phone, phone.attested(0), challenge, at);
  }

  /// The same over other authenticator data.
  public Bytes attestation(Phone phone, Bytes data, Bytes challenge, Instant at) {
    byte[] nonce = nonce(data.toArray(), challenge);
    var extension = ByteBuffer.allocate(38).put(new byte[] {0x30, 0x24, (byte) 0xa1, 0x22, 4, 32});
    var template =
        AttestationCa.Template.of("CN=attested,OU=AAA Certification", at)
            .with(NONCE, Bytes.of(extension.put(nonce).array()));
    var leaf = servers.issue(phone.key().publicKey(), template);
    return statement(List.of(leaf, servers.certificate()), data);
  }

  /// An attestation object of these parts.
  public static Bytes statement(List<X509Certificate> chain, Bytes data) {
    var parts = new LinkedHashMap<String, Object>();
    var x5c = chain.stream().map(AppleStatements::encoded).toList();
    parts.put("fmt", "apple-appattest");
    parts.put("attStmt", Map.of("x5c", x5c, "receipt", new byte[] {1, 2, 3}));
    parts.put("authData", data.toArray());
    return Bytes.of(CBOR.writeValueAsBytes(parts));
  }

  private static byte[] nonce(byte[] data, Bytes clientData) {
    byte[] digest = Sha256.of(clientData.toArray()).bytes();
    return Sha256.of(ByteBuffer.allocate(data.length + 32).put(data).put(digest).array()).bytes();
  }
}
