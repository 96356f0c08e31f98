// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.signin;

import dev.vigil.kernel.AppId;
import dev.vigil.kernel.DeviceId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a person would be told at each app right now, so that they can see what is missing before
/// they stand in front of a closed door. Nothing is decided and nothing recorded. A port: whoever
/// decides stands elsewhere.
public interface AppOutlook {

  /// The apps that this session could use, on this device, or could use after something is done.
  /// Apps that are closed to the person whatever they do are left out.
  List<Outlook> of(BrowserSessions.Live live, Optional<DeviceId> device);

  /// The names of the facts that the rules in force look at, whoever asks.
  Set<String> factsLookedAt();

  /// What would be said at one app.
  record Outlook(AppId app, AppDecisions.Answer answer) {}
}
