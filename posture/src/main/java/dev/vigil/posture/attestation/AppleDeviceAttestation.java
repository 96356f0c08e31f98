// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import dev.vigil.posture.SignalName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Apple's Managed Device Attestation: statements of format `apple` in ACME's `device-attest-01`
/// (Apple Platform Security, "Managed Device Attestation"; draft-acme-device-attest). Apple's
/// servers certify a key in the Secure Enclave; what they say of the device stands in extensions of
/// its certificate, each the bare text and not wrapped in ASN.1, except the numbers under `8.13`.
///
/// The statement has no signature by the attested key: who asks for the certificate must show that
/// it holds [Attested#key], as a certificate request does.
public final class AppleDeviceAttestation {

  private static final String APPLE = "1.2.840.113635.100.8.";
  private static final String SERIAL_NUMBER = APPLE + "9.1";
  private static final String UDID = APPLE + "9.2";
  private static final String SOFTWARE_UPDATE_ID = APPLE + "9.4";
  private static final String OS_VERSION = APPLE + "10.1";
  private static final String FRESHNESS = APPLE + "11.1";
  private static final String INTEGRITY_PROTECTION = APPLE + "13.1";
  private static final String SECURE_BOOT = APPLE + "13.2";
  private static final byte[] DER_ZERO = {2, 1, 0};

  private final Anchors anchors;

  /// @param anchors whose statements are believed, usually [AppleRoot#ENTERPRISE]
  public AppleDeviceAttestation(Anchors anchors) {
    this.anchors = anchors;
  }

  /// The freshness code that answers an ACME challenge's token.
  public static Sha256 freshness(String token) {
    return Sha256.of(token.getBytes(StandardCharsets.US_ASCII));
  }

  /// What the statement proves.
  ///
  /// @param attestationObject `fmt` and `attStmt` in CBOR
  /// @param freshness see [#freshness]
  public Outcome<Attested> verify(Bytes attestationObject, Sha256 freshness, Instant now) {
    return AttestationObject.read(attestationObject, AttestationFormat.APPLE)
        .then(AttestationObject::chain)
        .then(chain ->
            chain
                .endsAt(anchors, now)
                .then(root ->
                    fresh(chain, freshness)
                        ? attested(chain, root)
                        : Outcome.refused(AttestationRefusal.CHALLENGE_MISMATCH)));
  }

  private static boolean fresh(Chain chain, Sha256 freshness) {
    return chain
        .extension(FRESHNESS)
        .filter(code -> java.security.MessageDigest.isEqual(code, freshness.bytes()))
        .isPresent();
  }

  private static Outcome<Attested> attested(Chain chain, TrustRoot root) {
    var says = new EnumMap<SignalName, String>(SignalName.class);
    says.put(SignalName.ATTESTATION, "hardware");
    says.put(SignalName.HARDWARE_KEY, "true");
    says.put(SignalName.KEY_PROTECTION, "secure-enclave");
    text(chain, OS_VERSION)
        .filter(version -> SignalName.OS_VERSION.read(version).isPresent())
        .ifPresent(version -> says.put(SignalName.OS_VERSION, version));
    // Only a Mac says these two.
    if (chain.extension(INTEGRITY_PROTECTION).isPresent()) says.put(SignalName.PLATFORM, "macos");
    chain
        .extension(SECURE_BOOT)
        .ifPresent(level ->
            says.put(SignalName.SECURE_BOOT, String.valueOf(Arrays.equals(level, DER_ZERO))));
    var key = Optional.of(chain.leaf().getPublicKey());
    return Outcome.done(new Attested(AttestationFormat.APPLE, root, key, says, identifiers(chain)));
  }

  private static Map<String, String> identifiers(Chain chain) {
    var named = new HashMap<String, String>();
    text(chain, SERIAL_NUMBER).ifPresent(value -> named.put("serial_number", value));
    text(chain, UDID).ifPresent(value -> named.put("udid", value));
    text(chain, SOFTWARE_UPDATE_ID).ifPresent(value -> named.put("software_update_id", value));
    return named;
  }

  /// Printable ASCII of reasonable length; anything else is as if it were not there.
  private static Optional<String> text(Chain chain, String oid) {
    return chain
        .extension(oid)
        .map(value -> new String(value, StandardCharsets.ISO_8859_1))
        .filter(value -> value.matches("[!-~]{1,64}"));
  }
}
