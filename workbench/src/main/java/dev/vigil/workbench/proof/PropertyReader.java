// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import dev.vigil.policy.condition.Condition;
import dev.vigil.policy.language.Place;
import dev.vigil.policy.language.PolicySource;
import dev.vigil.workbench.document.Document;
import dev.vigil.workbench.document.Keys;
import dev.vigil.workbench.document.Node;
import dev.vigil.workbench.document.Report;
import dev.vigil.workbench.proof.Property.Outcome;
import dev.vigil.workbench.proof.Property.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads properties:
///
/// ```
/// rooted-never-critical:
///   never: allow
///   when: 'app.sensitivity == "critical" && device.rooted'
///   text: No rooted phone reaches what is critical.
/// ```
///
/// or, the conditions with the outcome, `never: allow(app.sensitivity == "critical") when
/// device.rooted`. `when` may be a list, all of which must be true.
public final class PropertyReader {

  private static final List<String> KEYS = List.of("never", "always", "when", "text");
  private static final int MOST = 500;

  private final List<PolicySource> policies;
  private final Report report = new Report();
  private final List<Draft> drafts = new ArrayList<>();

  /// A property whose conditions are text still.
  private record Draft(
      String name, Quantity quantity, Outcome outcome, List<Node.Scalar> when, Keys keys) {}

  private PropertyReader(List<PolicySource> policies) {
    this.policies = policies;
  }

  /// Reads properties of policies that are sound by themselves.
  ///
  /// @param policies whose levels, strengths and locations the conditions may name
  public static PropertyReading read(List<PolicySource> policies, List<PolicySource> properties) {
    var reader = new PropertyReader(List.copyOf(policies));
    var places = new HashMap<String, Place>();
    for (var source : properties)
      Document.read(source, reader.report)
          .ifPresent(tree ->
              Keys.any(tree, "a properties file", reader.report)
                  .entries()
                  .forEach(entry -> reader.draft(entry, places)));
    return reader.finish();
  }

  private void draft(Node.Entry entry, Map<String, Place> places) {
    var name = entry.key();
    var before = places.putIfAbsent(name.text(), name.place());
    if (before != null)
      report.problem(
          name.place(),
          "`" + name.text() + "` is defined twice",
          "it stands at " + before + " already",
          "rename one");
    if (!name.text().matches("[a-z][a-z0-9-]{0,62}"))
      report.problem(
          name.place(),
          "a property cannot be called `" + name.text() + "`",
          "a name is 1 to 63 of a-z, 0-9 and -, starting with a letter",
          "choose such a name");
    if (places.size() == MOST + 1)
      report.problem(
          name.place(),
          "there are more than " + MOST + " properties",
          "nobody can review that",
          "prove them in several folders");
    else if (places.size() <= MOST)
      draft(name.text(), Keys.of(entry.value(), "a property", KEYS, report));
  }

  private void draft(String name, Keys keys) {
    if (keys.has("never") == keys.has("always")) {
      report.problem(
          keys.place(),
          keys.has("never")
              ? "a property says both"
              : "a property says neither `never` nor `always`",
          "it is one of the two",
          "write `never: allow`, or `always: deny`");
      return;
    }
    var quantity = keys.has("never") ? Quantity.NEVER : Quantity.ALWAYS;
    var claim = keys.text(quantity.word()).flatMap(this::claim);
    if (claim.isEmpty()) return;
    var when = new ArrayList<>(claim.get().when);
    when.addAll(keys.texts("when"));
    drafts.add(new Draft(name, quantity, claim.get().outcome, when, keys));
  }

  /// An outcome with the conditions that stand behind it.
  private record Claim(Outcome outcome, List<Node.Scalar> when) {}

  private Optional<Claim> claim(Node.Scalar written) {
    var parts = Claims.parts(written.text());
    if (parts.isEmpty()) {
      report.problem(
          written.place(),
          "`" + written.text() + "` is not an outcome with conditions",
          "a parenthesis is missing, or there is something else behind it",
          "write it like `allow(app.id == \"bank\") when device.rooted`");
      return Optional.empty();
    }
    var outcome = Outcome.of(parts.getFirst());
    if (outcome.isEmpty())
      report.problem(
          written.place(),
          "there is no outcome `" + parts.getFirst() + "`",
          "properties are about access",
          report.instead(parts.getFirst(), Outcome.words()));
    var conditions =
        parts.stream()
            .skip(1)
            .map(text -> new Node.Scalar(text, Node.Form.QUOTED, written.place()))
            .toList();
    return outcome.map(known -> new Claim(known, conditions));
  }

  private PropertyReading finish() {
    if (!report.clean()) return new PropertyReading.Rejected(report.problems());
    var conditions = new ConditionsOfProperties(policies, report);
    var numbers = new ArrayList<List<Integer>>();
    for (var draft : drafts) numbers.add(draft.when.stream().map(conditions::add).toList());
    var read = conditions.read();
    if (!report.clean()) return new PropertyReading.Rejected(report.problems());
    var properties = new ArrayList<Property>();
    for (int i = 0; i < drafts.size(); i++)
      properties.add(property(drafts.get(i), numbers.get(i).stream().map(read::get).toList()));
    return report.clean()
        ? new PropertyReading.Loaded(properties)
        : new PropertyReading.Rejected(report.problems());
  }

  private static Property property(Draft draft, List<Condition> when) {
    var text = draft.keys.text("text").map(Node.Scalar::text).orElse("");
    return new Property(
        draft.name, draft.quantity, draft.outcome, when, text.strip(), draft.keys.place());
  }
}
