// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports.entra;

import dev.vigil.workbench.imports.Bool;
import dev.vigil.workbench.imports.Cel;
import dev.vigil.workbench.imports.KnownNames;
import dev.vigil.workbench.imports.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Carries over which apps a policy is about. An app that has a name here is meant by its name;
/// every other by a tag that is its id there.
final class Apps {

  /// What may stand as a tag of an app.
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:-]{0,62}");

  private static final List<String> SUITES =
      List.of("Office365", "MicrosoftAdminPortals", "AllAgentIdResources");

  private final Making making;
  private final List<String> names = new ArrayList<>();
  private final List<String> tags = new ArrayList<>();

  private Apps(Making making) {
    this.making = making;
  }

  /// Narrows the rule to them.
  ///
  /// @return what stands behind `app:`
  static String narrow(Part applications, Making making) {
    actions(applications.at("includeUserActions"), making);
    traffic(applications, making);
    var included = new Apps(making);
    boolean all = included.collect(applications.at("includeApplications"));
    included.contexts(applications.at("includeAuthenticationContextClassReferences"));
    all |= filter(applications.at("applicationFilter"), making);
    var excluded = new Apps(making);
    excluded.collect(applications.at("excludeApplications"));
    making.draft().narrow(Bool.not(excluded.condition()));
    applications.nothingElse();
    return all ? "any" : included.scope(applications);
  }

  /// Whether it says all of them.
  private boolean collect(Part list) {
    boolean all = false;
    for (var word : list.words()) {
      var lower = word.toLowerCase(Locale.ROOT);
      if (lower.equals("all")) all = true;
      else if (!lower.equals("none")) collect(list, word);
    }
    return all;
  }

  private void collect(Part list, String word) {
    var suite = SUITES.stream().filter(word::equalsIgnoreCase).findFirst();
    var id = suite.orElse(word.toLowerCase(Locale.ROOT));
    var name = making.names().name(KnownNames.Kind.APPS, id);
    if (name.isPresent()) names.add(name.get());
    else if (TAG.matcher(id).matches()) {
      making.draft().unnamed(KnownNames.Kind.APPS, id);
      tags.add(id);
    } else
      making
          .draft()
          .refuse(list.path(), "`" + id + "` is no app's id", "put the app's id, or name it");
  }

  private void contexts(Part contexts) {
    for (var context : contexts.words()) {
      var tag = "authentication-context:" + context.toLowerCase(Locale.ROOT);
      if (!TAG.matcher(tag).matches())
        making.draft().refuse(contexts.path(), "this is no authentication context", "correct it");
      tags.add(tag);
      making
          .draft()
          .stricter(
              contexts.path(),
              "Entra asks for the actions that an app marks with `"
                  + context
                  + "`; here the whole app is asked for",
              "tag the apps with `" + tag + "`, or narrow the rule by `request.path`");
    }
  }

  private static void actions(Part actions, Making making) {
    for (var action : actions.words())
      making
          .draft()
          .refuse(
              actions.path(),
              switch (action.toLowerCase(Locale.ROOT)) {
                case "urn:user:registersecurityinfo" ->
                    "adding a passkey is no request to an app; enrolment governs it";
                case "urn:user:registerdevice" ->
                    "enrolling a device is no request to an app; enrolment governs it";
                default -> "this action is not known here";
              },
              "see how devices and passkeys are enrolled; an invitation or a passkey is asked for"
                  + " there");
  }

  private static void traffic(Part applications, Making making) {
    for (var key : List.of("globalSecureAccess", "networkAccess")) {
      var part = applications.at(key);
      if (!part.isEmpty())
        making
            .draft()
            .refuse(
                part.path(),
                "it is about traffic through Microsoft's own gateway",
                "write a rule for the apps behind Vigil's gateway");
    }
  }

  private static boolean filter(Part filter, Making making) {
    if (filter.isEmpty()) return false;
    boolean exempts = filter.at("mode").words(List.of("include", "exclude")).contains("exclude");
    filter.at("rule").longText();
    filter.nothingElse();
    var why = "it chooses apps by attributes that Vigil does not have";
    var next = "tag the apps, and narrow the rule to the tag";
    if (exempts) making.draft().unexempted(filter.path(), why, next);
    else making.draft().widened(filter.path(), why, next);
    return !exempts;
  }

  private Bool condition() {
    return Bool.any(List.of(Cel.oneOf("app.id", names), Cel.hasOneOf("app.tags", tags)));
  }

  private String scope(Part applications) {
    if (names.isEmpty() && tags.isEmpty()) {
      if (applications.at("includeUserActions").isEmpty())
        making.draft().needless(applications.path(), "it is about no app");
      return "any";
    }
    if (tags.isEmpty()) return "[" + String.join(", ", names) + "]";
    if (names.isEmpty())
      return "{tag: ["
          + String.join(", ", tags.stream().map(tag -> "'" + tag + "'").toList())
          + "]}";
    making.draft().narrow(condition());
    return "any";
  }
}
