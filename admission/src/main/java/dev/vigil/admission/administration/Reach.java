// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import dev.vigil.admission.App;
import dev.vigil.admission.DeviceFacts;
import dev.vigil.admission.FactsOf;
import dev.vigil.admission.View;
import dev.vigil.identity.Role;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.EvidenceTier;
import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Decision;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Evidence;
import dev.vigil.policy.Facts;
import dev.vigil.policy.Version;
import dev.vigil.policy.rule.CompiledPolicySet;
import dev.vigil.policy.rule.Rule;
import dev.vigil.posture.Posture;
import dev.vigil.posture.release.VendorReleases;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Who could reach what at their best: with the strongest sign-in of this moment, on a flawless
/// device or one of their own. Whoever is let in then, or is offered a step that lets them in,
/// reaches the app.
///
/// The administration API itself asks for roles and no policy, so that policies never stand between
/// an administrator and a rollback; what is looked at here are apps behind the gateway that are
/// marked as administration.
final class Reach {

  /// The tag that marks an app as one that administrators need.
  static final String ADMINISTRATION = "administration";

  private static final int MOST_DECISIONS = 200_000;

  private final View view;
  private final Evidence best;
  private int decisions;

  Reach(View view, Instant now) {
    this.view = view;
    this.best = new Evidence(EvidenceTier.ATTESTED, now);
  }

  /// Who is let in now and would be locked out; empty if nobody. What cannot be told in time counts
  /// as locked out.
  Optional<Lockout> lockout(Optional<CompiledPolicySet> before, CompiledPolicySet after) {
    boolean permitted = before.map(Reach::permits).orElse(false);
    if (permitted && !permits(after)) return Optional.of(Lockout.EVERYBODY);
    if (locksOut(before, after, _ -> true, _ -> true)) return Optional.of(Lockout.EVERYBODY);
    Predicate<Subject> administers = subject -> subject.roles().contains(Role.ADMINISTRATOR);
    Predicate<App> administration = app -> app.tags().contains(ADMINISTRATION);
    return locksOut(before, after, administers, administration)
        ? Optional.of(Lockout.ADMINISTRATORS)
        : Optional.empty();
  }

  private static boolean permits(CompiledPolicySet set) {
    return set.rules().permits().stream().anyMatch(rule -> rule.mode() == Rule.Mode.ENFORCE);
  }

  private boolean locksOut(
      Optional<CompiledPolicySet> before,
      CompiledPolicySet after,
      Predicate<Subject> who,
      Predicate<App> what) {
    return !anybodyReaches(after, who, what)
        && before.map(set -> anybodyReaches(set, who, what)).orElse(false);
  }

  private boolean anybodyReaches(
      CompiledPolicySet set, Predicate<Subject> who, Predicate<App> what) {
    decisions = 0;
    var apps = view.apps().stream().filter(what).map(app -> FactsOf.app(app, 0, now())).toList();
    return !apps.isEmpty()
        && view.subjects().stream()
            .filter(Subject::active)
            .filter(who)
            .anyMatch(subject -> reaches(set, subject, apps));
  }

  private boolean reaches(CompiledPolicySet set, Subject subject, List<Facts> apps) {
    var facts = FactsOf.subject(subject, 0, now());
    var devices = devices(subject);
    return apps.stream()
        .anyMatch(
            app -> devices.stream().anyMatch(device -> reaches(set, request(facts, device, app))));
  }

  private boolean reaches(CompiledPolicySet set, AccessRequest request) {
    if (++decisions > MOST_DECISIONS) return false;
    return switch (set.decide(request)) {
      case Decision.Allow _, Decision.StepUp _, Decision.Remediate _ -> true;
      case Decision.Deny _ -> false;
    };
  }

  private List<Facts> devices(Subject subject) {
    var own =
        view.devices().stream()
            .filter(device -> device.subject().equals(subject.id()) && device.active())
            .map(device ->
                DeviceFacts.of(
                    device,
                    Posture.merge(view.signals().of(device.id()), now()),
                    VendorReleases.NONE,
                    0));
    return Stream.concat(Stream.of(flawless("android"), flawless("ios")), own).toList();
  }

  private AccessRequest request(Facts subject, Facts device, Facts app) {
    return new AccessRequest(
        subject,
        authentication(),
        device,
        connection(),
        Facts.unknown(Entity.NETWORK),
        risk(),
        app,
        Facts.about(Entity.REQUEST, "", 0)
            .put("request.method", "GET", best)
            .put("request.path", "/", best)
            .put("request.protocol", "h2", best)
            .build(),
        now());
  }

  private Facts authentication() {
    return Facts.about(Entity.AUTHENTICATION, "", 0)
        .put("authentication.methods", List.of("face", "hwk", "pop", "user"), best)
        .put("authentication.strength", "passkey-hardware", best)
        .put("authentication.phishing_resistant", true, best)
        .put("authentication.user_verified", true, best)
        .put("authentication.biometric", true, best)
        .put("authentication.transaction_approved", true, best)
        .build();
  }

  private Facts flawless(String platform) {
    return Facts.about(Entity.DEVICE, "", 0)
        .put("device.active", true, best)
        .put("device.platform", platform, best)
        .put("device.os_version", Version.parse("999"), best)
        .put("device.patch_date", LocalDate.ofInstant(now(), ZoneOffset.UTC), best)
        .put("device.managed", true, best)
        .put("device.corporate", true, best)
        .put("device.compliant", true, best)
        .put("device.encrypted", true, best)
        .put("device.screen_lock", true, best)
        .put("device.rooted", false, best)
        .put("device.secure_boot", true, best)
        .put("device.threat_level", "none", best)
        .put("device.hardware_key", true, best)
        .put("device.attestation", "hardware", best)
        .put("device.attestation_root", "vendor", best)
        .put("device.key_protection", "strongbox", best)
        .put("device.key_unlock", "biometric", best)
        .put("device.bootloader_locked", true, best)
        .put("device.verified_boot", "verified", best)
        .put("device.vendor_patch_date", LocalDate.ofInstant(now(), ZoneOffset.UTC), best)
        .put("device.boot_patch_date", LocalDate.ofInstant(now(), ZoneOffset.UTC), best)
        .put("device.developer_mode", false, best)
        .put("device.app_integrity", "recognized", best)
        .put("device.device_integrity", "strong", best)
        .put("device.app_access_risk", "none", best)
        .put("device.contradictions", List.of(), best)
        .put("device.update_due", VendorReleases.NEVER, best)
        .put("device.system_support_ends", VendorReleases.NEVER, best)
        .put("device.model_support_ends", VendorReleases.NEVER, best)
        .build();
  }

  private Facts connection() {
    return Facts.about(Entity.CONNECTION, "", 0)
        .put("connection.mutual_tls", true, best)
        .put("connection.tls_version", "TLSv1.3", best)
        .put("connection.binding", "certificate", best)
        .build();
  }

  private Facts risk() {
    return Facts.about(Entity.RISK, "", 0)
        .put("risk.session", "none", best)
        .put("risk.subject", "none", best)
        .build();
  }

  private Instant now() {
    return best.observed();
  }
}
