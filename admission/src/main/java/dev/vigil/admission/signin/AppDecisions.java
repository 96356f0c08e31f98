// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.signin;

import dev.vigil.identity.Authentication.Strength;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.SubjectId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The full policy decision before anything is issued to an app: code, token, refresh, ID token or
/// assertion. A port: whoever decides stands elsewhere. It sees what was committed, so ask it after
/// a change, never within one.
@FunctionalInterface
public interface AppDecisions {

  /// Decides and records the decision. What cannot be recorded is denied.
  Answer decide(Asked asked);

  /// The weakest authentication of a person that could be enough for an app, whoever it is and on
  /// whatever device: what the sign-in page may offer before anybody is asked for anything. Empty
  /// if none could.
  default Optional<Strength> weakest(AppId app) {
    return Optional.of(Strength.FEDERATED);
  }

  /// The stronger of what was asked for and what could be enough.
  default Optional<Strength> wanted(Optional<Strength> asked, AppId app) {
    return Stream.of(asked, weakest(app)).flatMap(Optional::stream).max(Comparator.naturalOrder());
  }

  /// Who wants to use what.
  ///
  /// @param by the client or service provider that asks, for the record
  /// @param session of that very subject
  /// @param device that was shown to be beside the browser; empty for the session's own
  /// @param address of the browser or app; empty if it is not known
  record Asked(
      String by,
      AppId app,
      SubjectId subject,
      SessionId session,
      Optional<DeviceId> device,
      Optional<String> address) {}

  /// The answer.
  sealed interface Answer {

    /// What the person can quote.
    String reference();
  }

  /// Go ahead.
  record Allowed(String reference) implements Answer {}

  /// A further authentication would do.
  ///
  /// @param strength what it must be worth at least; empty if any will do
  /// @param maxAge how old it may be, in seconds; empty if any age will do
  record StepUp(
      String reference, Optional<Strength> strength, Optional<Long> maxAge, List<String> says)
      implements Answer {
    public StepUp {
      says = List.copyOf(says);
    }
  }

  /// The person must fix something on the device first.
  ///
  /// @param steps what to do, in sentences, most important first
  record Remediate(String reference, List<Fix> steps) implements Answer {
    public Remediate {
      steps = List.copyOf(steps);
    }
  }

  /// One thing to fix.
  ///
  /// @param code such as `update-os`
  record Fix(String code, String says) {}

  /// No.
  record Denied(String reference) implements Answer {}
}
