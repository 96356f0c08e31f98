// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation;

import dev.vigil.kernel.EvidenceTier;
import dev.vigil.posture.Signal;
import dev.vigil.posture.SignalName;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a statement that was verified proves.
///
/// @param key the key that it vouches for; empty for formats that vouch for a device or an app only
/// @param says signals by name, as values are written in reports; [SignalName#ATTESTATION_ROOT] is
///   added, nobody sets it
/// @param identifiers what the vendor says the device is, such as `serial_number`, `udid` or
///   `permanent_identifier`; empty unless the format says so
public record Attested(
    AttestationFormat format,
    TrustRoot root,
    Optional<PublicKey> key,
    Map<SignalName, String> says,
    Map<String, String> identifiers) {

  private static final String TEST_ROOT = " (test root)";

  /// @throws IllegalArgumentException if a value is not of its signal's form
  public Attested {
    says = Map.copyOf(says);
    identifiers = Map.copyOf(identifiers);
    says.forEach((name, value) -> {
      if (name.read(value).isEmpty())
        throw new IllegalArgumentException("`" + value + "` is no " + name.label());
    });
  }

  /// The signals it makes, on the tier `attested`. A test root stands in the source of every one.
  ///
  /// @param at when the device made the statement, at the latest when it arrived
  /// @param goodFor how long it counts
  public List<Signal> signals(Instant at, Duration goodFor) {
    var all = new java.util.EnumMap<SignalName, String>(SignalName.class);
    all.putAll(says);
    all.put(SignalName.ATTESTATION_ROOT, root == TrustRoot.TEST ? "test" : "vendor");
    return all.entrySet().stream()
        .map(one ->
            new Signal(
                one.getKey(),
                one.getValue(),
                source(),
                EvidenceTier.ATTESTED,
                at,
                at.plus(goodFor)))
        .toList();
  }

  /// Who says so, such as `android-key` or `android-key (test root)`.
  public String source() {
    return root == TrustRoot.TEST ? format.label() + TEST_ROOT : format.label();
  }

  /// Whether a signal rests on a root for development.
  public static boolean underTestRoot(Signal signal) {
    return signal.tier() == EvidenceTier.ATTESTED && signal.source().endsWith(TEST_ROOT);
  }

  /// The form of the statement that a signal was read from; empty if it was not attested.
  public static Optional<AttestationFormat> formatOf(Signal signal) {
    return signal.tier() == EvidenceTier.ATTESTED
        ? AttestationFormat.find(signal.source().replace(TEST_ROOT, ""))
        : Optional.empty();
  }
}
