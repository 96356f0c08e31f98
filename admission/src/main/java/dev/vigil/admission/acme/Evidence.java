// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.acme;

import dev.vigil.admission.StrictJson;
import dev.vigil.kernel.EvidenceTier;
import dev.vigil.posture.Signal;
import dev.vigil.posture.SignalName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/// The signals of an attestation as text, kept from the challenge until the certificate is issued.
///
/// @param signals all of the tier `attested`
record Evidence(List<Said> signals) {

  Evidence {
    signals = List.copyOf(signals);
  }

  /// One of them.
  record Said(SignalName name, String value, String source, String observed, String expires) {}

  static String write(List<Signal> signals) {
    return StrictJson.write(
        new Evidence(
            signals.stream()
                .map(one ->
                    new Said(
                        one.name(),
                        one.value(),
                        one.source(),
                        one.observed().toString(),
                        one.expires().toString()))
                .toList()));
  }

  static List<Signal> read(String text) {
    return StrictJson.read(text.getBytes(StandardCharsets.UTF_8), Evidence.class).signals.stream()
        .map(one ->
            new Signal(
                one.name(),
                one.value(),
                one.source(),
                EvidenceTier.ATTESTED,
                Instant.parse(one.observed()),
                Instant.parse(one.expires())))
        .toList();
  }
}
