// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.rule;

import dev.vigil.policy.SettingsPage;
import java.time.Duration;
import java.util.Optional;

/// What would satisfy an unmet requirement.
public sealed interface Remedy {

  /// Nothing that the person could do: the answer is no.
  record Nothing() implements Remedy {}

  /// A further authentication.
  ///
  /// @param strength empty if any authentication of the person will do
  /// @param maxAge empty if any age will do
  /// @param transaction whether exactly this action must be approved
  record Authentication(Optional<Strength> strength, Optional<Duration> maxAge, boolean transaction)
      implements Remedy {}

  /// A change to the device, named by a stable code such as `update-os`.
  ///
  /// @param open where in the phone's settings; empty if nowhere in particular
  record DeviceFix(String code, Optional<SettingsPage> open) implements Remedy {}
}
