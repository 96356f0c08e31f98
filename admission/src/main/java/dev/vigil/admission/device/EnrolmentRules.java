// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.device;

import dev.vigil.admission.View;
import dev.vigil.identity.Population;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.Outcome;
import dev.vigil.posture.Device;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Who may enrol what, and how many: of the rules for groups the first that fits the person
/// decides, then the first for populations, then that there are at most [#USUAL_MOST].
public record EnrolmentRules(List<Rule> rules) {

  /// How many devices a person has at most where no rule says.
  public static final int USUAL_MOST = 10;

  /// What holds for whom no rule is written.
  private static final Rule USUAL =
      new Rule(
          new Who.OfGroup(""),
          USUAL_MOST,
          Set.of(),
          Attestation.NONE,
          TestRoot.REFUSED,
          Approval.NONE);

  /// No rules: everybody may enrol [#USUAL_MOST] devices of any kind.
  public static final EnrolmentRules NONE = new EnrolmentRules(List.of());

  public EnrolmentRules {
    rules = List.copyOf(rules);
  }

  /// What must be proven of the device and its key.
  public enum Attestation {
    NONE,
    /// A platform's statement that was verified, whatever it says.
    ANY,
    /// A statement that the key is in hardware.
    HARDWARE
  }

  /// Whether a statement under a root for development counts.
  public enum TestRoot {
    REFUSED,
    ACCEPTED
  }

  /// Who must agree before the device gets a certificate.
  public enum Approval {
    NONE,
    ADMINISTRATOR,
    /// The person, on another device that is enrolled; or an administrator.
    OWN_DEVICE
  }

  /// Whom a rule is for.
  public sealed interface Who {

    record OfGroup(String group) implements Who {}

    record OfPopulation(Population population) implements Who {}
  }

  /// One rule.
  ///
  /// @param most how many active devices a person has at most, machines not counted; 0 for none
  /// @param platforms labels as in the signal `platform`; empty for any
  public record Rule(
      Who who,
      int most,
      Set<String> platforms,
      Attestation attestation,
      TestRoot testRoot,
      Approval approval) {

    public Rule {
      platforms = Set.copyOf(platforms);
    }
  }

  /// The rule that decides about this person's devices.
  public Rule of(Subject subject) {
    return first(subject, Who.OfGroup.class)
        .or(() -> first(subject, Who.OfPopulation.class))
        .orElse(USUAL);
  }

  private Optional<Rule> first(Subject subject, Class<? extends Who> kind) {
    return rules.stream()
        .filter(rule -> kind.isInstance(rule.who) && fits(rule.who, subject))
        .findFirst();
  }

  private static boolean fits(Who who, Subject subject) {
    return switch (who) {
      case Who.OfGroup(String group) -> subject.groups().contains(group);
      case Who.OfPopulation(Population population) -> subject.population() == population;
    };
  }

  /// The rule, if the person may enrol this device beside those that are there. Approval is not
  /// looked at. Refusals are [DeviceRefusal]s.
  ///
  /// @param view of the change that will store the device: the store's one order decides races
  Outcome<Rule> admit(View view, Subject subject, Showing showing) {
    var rule = of(subject);
    if (rule.most == 0) return Outcome.refused(DeviceRefusal.ENROLMENT_NOT_ALLOWED);
    long active =
        view.devicesOf(subject.id()).stream()
            .filter(device -> device.active() && device.kind() == Device.Kind.PHONE)
            .count();
    if (active >= rule.most)
      return Outcome.refused(
          DeviceRefusal.TOO_MANY_DEVICES,
          active + " devices are enrolled, and " + rule.most + " are allowed");
    return platform(rule, showing).then(_ -> attestation(rule, showing));
  }

  private static Outcome<Rule> platform(Rule rule, Showing showing) {
    if (rule.platforms.isEmpty() || rule.platforms.contains(showing.platform()))
      return Outcome.done(rule);
    return Outcome.refused(
        DeviceRefusal.PLATFORM_NOT_ALLOWED,
        "allowed: " + String.join(", ", rule.platforms.stream().sorted().toList()));
  }

  private static Outcome<Rule> attestation(Rule rule, Showing showing) {
    boolean attested =
        switch (rule.attestation) {
          case NONE -> true;
          case ANY -> counts(rule, showing);
          case HARDWARE -> counts(rule, showing) && "hardware".equals(showing.attestation());
        };
    return attested
        ? Outcome.done(rule)
        : Outcome.refused(DeviceRefusal.ENROLMENT_NEEDS_ATTESTATION, needed(rule, showing));
  }

  private static boolean counts(Rule rule, Showing showing) {
    return switch (showing.root()) {
      case "vendor" -> true;
      case "test" -> rule.testRoot == TestRoot.ACCEPTED;
      default -> false;
    };
  }

  private static String needed(Rule rule, Showing showing) {
    if (showing.root().isEmpty()) return "the device proved nothing";
    return counts(rule, showing)
        ? "the key is not in hardware"
        : "the statement ends at a test root";
  }
}
