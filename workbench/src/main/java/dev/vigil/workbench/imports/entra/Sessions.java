// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports.entra;

import dev.vigil.workbench.imports.Part;
import dev.vigil.workbench.imports.RuleText.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Carries over the session controls: what holds while access lasts.
final class Sessions {

  private static final String EVERY_TIME = "5m";

  private final Making making;
  private final List<Requirement> requirements = new ArrayList<>();
  private final SequencedMap<String, String> restrict = new LinkedHashMap<>();

  /// What came of them.
  record Controls(List<Requirement> requirements, SequencedMap<String, String> restrict) {}

  private Sessions(Making making) {
    this.making = making;
  }

  static Controls of(Part controls, Making making) {
    var sessions = new Sessions(making);
    sessions.frequency(controls.at("signInFrequency"));
    sessions.cloudApps(controls.at("cloudAppSecurity"));
    sessions.persistence(controls.at("persistentBrowser"));
    sessions.token(controls.at("secureSignInSession"));
    sessions.evaluation(controls.at("continuousAccessEvaluation"));
    var resilience = controls.at("disableResilienceDefaults");
    if (resilience.flag().orElse(false))
      making
          .draft()
          .note(resilience.path(), "Vigil never prolongs a session in an outage", "nothing");
    sessions.lost(controls);
    controls.nothingElse();
    return new Controls(sessions.requirements, sessions.restrict);
  }

  /// Whether a control is there and switched on.
  private static boolean isOn(Part control) {
    return !control.isEmpty() && control.at("isEnabled").flag().orElse(true);
  }

  private void frequency(Part frequency) {
    var interval = frequency.at("frequencyInterval").words(List.of("timeBased", "everyTime"));
    var type = frequency.at("type").words(List.of("hours", "days"));
    var value = frequency.at("value").text();
    frequency
        .at("authenticationType")
        .words(List.of("primaryAndSecondaryAuthentication", "secondaryAuthentication"));
    if (!isOn(frequency)) return;
    frequency.nothingElse();
    if (interval.contains("everyTime")) require(frequency, EVERY_TIME);
    else if (value.matches("[1-9][0-9]{0,3}") && type.size() == 1)
      require(frequency, value + (type.contains("hours") ? "h" : "d"));
    else
      making
          .draft()
          .refuse(
              frequency.path(),
              "how often people must sign in cannot be understood",
              "write `max_age` by hand");
  }

  private void require(Part frequency, String age) {
    if (age.equals(EVERY_TIME))
      making
          .draft()
          .note(
              frequency.path(),
              "every time is once in five minutes here, as Vigil decides on every request",
              "change `max_age` if you want another time");
    requirements.add(
        Requirement.of(
            "sign-in-frequency",
            Map.of("max_age", age),
            "Sign in again with your passkey; it was too long ago."));
  }

  private void cloudApps(Part apps) {
    var type =
        apps.at("cloudAppSecurityType")
            .words(List.of("mcasConfigured", "monitorOnly", "blockDownloads"));
    if (!isOn(apps)) return;
    apps.nothingElse();
    if (type.contains("blockDownloads")) {
      restrict.put("no_download", "true");
      making
          .draft()
          .note(
              apps.path(),
              "answers that are to be saved as files are refused; what a page shows can still be"
                  + " copied",
              "see that this is what was meant");
    } else if (type.contains("monitorOnly")) {
      making.draft().note(apps.path(), "Vigil records every decision", "nothing");
    } else {
      making
          .draft()
          .missing(
              apps.path(),
              "what Defender for Cloud Apps does is configured there",
              "write restrictions by hand, such as `read_only` and `no_download`");
    }
  }

  private void persistence(Part browser) {
    var mode = browser.at("mode").words(List.of("always", "never"));
    if (!isOn(browser)) return;
    browser.nothingElse();
    if (mode.contains("never"))
      making
          .draft()
          .missing(
              browser.path(),
              "whether a browser stays signed in after it is closed is not for a policy to say"
                  + " here",
              "require a `max_age` for browsers, or refuse `connection.binding == \"cookie\"`");
    else
      making
          .draft()
          .note(browser.path(), "staying signed in is no demand; it was left out", "nothing");
  }

  private void token(Part token) {
    if (!isOn(token)) return;
    token.nothingElse();
    requirements.add(
        Requirement.of(
            "token-bound",
            Map.of("if", "'connection.binding in [\"certificate\", \"dpop\"]'"),
            ""));
  }

  private void evaluation(Part evaluation) {
    var mode =
        evaluation.at("mode").words(List.of("strictEnforcement", "strictLocation", "disabled"));
    if (!isOn(evaluation)) return;
    evaluation.nothingElse();
    if (mode.contains("disabled"))
      making
          .draft()
          .stricter(evaluation.path(), "Vigil cannot be told to look less often", "nothing");
    else
      making
          .draft()
          .note(
              evaluation.path(),
              "Vigil decides on every request, and again whenever something changes",
              "nothing");
  }

  private void lost(Part controls) {
    var restrictions = controls.at("applicationEnforcedRestrictions");
    if (isOn(restrictions))
      making
          .draft()
          .missing(
              restrictions.path(),
              "what an app restricts by itself is between Entra and that app",
              "write restrictions by hand, such as `read_only` and `no_download`");
    for (var key :
        List.of(
            "globalSecureAccessFilteringProfile",
            "networkAccessSecurity",
            "blockSensitiveActions")) {
      var control = controls.at(key);
      if (isOn(control))
        making
            .draft()
            .missing(control.path(), "Vigil has nothing of this kind", "write a rule by hand");
    }
  }
}
