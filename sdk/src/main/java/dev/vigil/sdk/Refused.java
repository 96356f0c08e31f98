// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Why it did not come about, and by whose hand it can. Texts are for the person at the phone.
public sealed interface Refused extends CallResult, ActResult, StreamResult {

  /// One sentence on what happened.
  String text();

  /// The person must authenticate more strongly, more recently, or approve this one transaction.
  /// Hand it to [VigilClient#stepUp].
  ///
  /// @param reference what to quote when asking for help, possibly empty
  /// @param strengths the acceptable authentication strengths (RFC 9470 `acr_values`), possibly
  ///   empty
  /// @param maximumAge how old the authentication may be; empty if age does not matter
  /// @param transaction whether exactly this request is to be approved
  /// @param app the name of the app in the organisation
  /// @param request what was asked for
  record StepUpRequired(
      String text,
      String reference,
      List<String> strengths,
      Optional<Duration> maximumAge,
      boolean transaction,
      String app,
      AppRequest request)
      implements Refused {
    public StepUpRequired {
      strengths = List.copyOf(strengths);
    }
  }

  /// Something on the phone must be put right first; then report the posture and call again.
  record RemediationNeeded(String text, String reference, List<Fix> fixes) implements Refused {
    public RemediationNeeded {
      fixes = List.copyOf(fixes);
    }
  }

  /// One thing to put right.
  ///
  /// @param name a stable name that an app may switch on, such as `update-os`
  /// @param text what the person is to do
  /// @param open the page of the phone's settings where it is done, such as `software-update`;
  ///   possibly empty
  /// @param links what opens that page, by platform; on Android an intent URI
  record Fix(String name, String text, String open, Map<String, String> links) {
    public Fix {
      links = Map.copyOf(links);
    }
  }

  /// No.
  ///
  /// @param reference what to quote when asking for help, possibly empty
  /// @param code the refusal's stable code, possibly empty
  /// @param next what can be done now, possibly empty
  record Denied(String text, String reference, String code, String next) implements Refused {}

  /// There is no session, or it has ended: call [VigilClient#signIn].
  record SignInRequired(String text) implements Refused {}

  /// This phone is not enrolled, or no longer: call [VigilClient#enrol].
  record EnrolmentRequired(String text) implements Refused {}

  /// Whoever answered is not who must answer; nothing was sent to them.
  record NotTrusted(String text) implements Refused {}

  /// No answer, or none that could be understood. Trying again later may help.
  record Unreachable(String text) implements Refused {}
}
