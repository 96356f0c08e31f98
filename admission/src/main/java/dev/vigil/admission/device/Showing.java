// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.device;

import dev.vigil.posture.Signal;
import dev.vigil.posture.SignalName;
import java.util.List;
import java.util.Optional;

/// What a device shows of itself when it asks to be enrolled; empty texts for what it does not
/// show.
///
/// @param platform as attested, or else as the app says
/// @param model likewise
/// @param attestation where a verified statement says that the key is
/// @param root `vendor` or `test`, at which the statement ends; empty if none was verified
public record Showing(String platform, String model, String attestation, String root) {

  /// @param attested what verified statements said in this enrolment
  /// @param reported what the app says
  static Showing of(List<Signal> attested, List<Signal> reported) {
    return new Showing(
        value(attested, SignalName.PLATFORM)
            .or(() -> value(reported, SignalName.PLATFORM))
            .orElse(""),
        value(attested, SignalName.MODEL).or(() -> value(reported, SignalName.MODEL)).orElse(""),
        value(attested, SignalName.ATTESTATION).orElse(""),
        value(attested, SignalName.ATTESTATION_ROOT).orElse(""));
  }

  private static Optional<String> value(List<Signal> signals, SignalName name) {
    return signals.stream().filter(signal -> signal.name() == name).map(Signal::value).findFirst();
  }
}
