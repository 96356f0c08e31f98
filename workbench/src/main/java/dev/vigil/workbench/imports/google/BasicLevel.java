// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports.google;

import dev.vigil.policy.Version;
import dev.vigil.workbench.imports.Bool;
import dev.vigil.workbench.imports.Cel;
import dev.vigil.workbench.imports.Part;
import java.util.ArrayList;
import java.util.List;

/// Carries over a basic access level: conditions, each of which asks for several things at once.
final class BasicLevel {

  private final Reading reading;

  private BasicLevel(Reading reading) {
    this.reading = reading;
  }

  /// What the level comes to.
  static Bool of(Part body, Reading reading) {
    var functions =
        either(body, "combiningFunction", "combining_function").words(List.of("AND", "OR"));
    var conditions = body.at("conditions").items();
    if (conditions.isEmpty())
      reading.draft().refuse(body.path(), "it has no conditions", "see what it is for");
    var level = new BasicLevel(reading);
    var parts = conditions.stream().map(level::condition).toList();
    return functions.contains("OR") ? Bool.any(parts) : Bool.all(parts);
  }

  /// A key as gcloud writes it, or as Terraform does.
  private static Part either(Part part, String camel, String snake) {
    var first = part.at(camel);
    var second = part.at(snake);
    return first.isEmpty() ? second : first;
  }

  private Bool condition(Part condition) {
    var parts = new ArrayList<Bool>();
    var networks = either(condition, "ipSubnetworks", "ip_subnetworks");
    if (!networks.isEmpty()) parts.add(reading.networks(networks.path(), networks.words()));
    var regions = condition.at("regions");
    if (!regions.isEmpty()) parts.add(reading.countries(regions.path(), regions.words()));
    members(condition.at("members"), parts);
    var levels = either(condition, "requiredAccessLevels", "required_access_levels");
    for (var level : levels.words()) parts.add(reading.levels().apply(level));
    for (var key : List.of("vpcNetworkSources", "vpc_network_sources", "vpc_subnets")) {
      var sources = condition.at(key);
      if (!sources.isEmpty())
        parts.add(
            reading.unsayable(
                sources.path(),
                "Vigil does not see networks within Google's cloud",
                "write its addresses as a location"));
    }
    device(either(condition, "devicePolicy", "device_policy"), parts);
    boolean negated = condition.at("negate").flag().orElse(false);
    condition.nothingElse();
    if (parts.isEmpty())
      reading
          .draft()
          .refuse(condition.path(), "the condition asks for nothing", "see what it is for");
    return negated ? Bool.not(Bool.all(parts)) : Bool.all(parts);
  }

  private void members(Part members, List<Bool> parts) {
    if (members.isEmpty()) return;
    var names = new ArrayList<String>();
    for (var member : members.items()) {
      if (!member.isObject()) names.add(member.text());
      else if (member.has("user")) names.add(member.at("user").text());
      else names.add("serviceAccount:" + member.at("serviceAccountRef").at("external").text());
    }
    parts.add(reading.members(members.path(), names));
  }

  private void device(Part policy, List<Bool> parts) {
    for (var key : List.of("requireScreenlock", "requireScreenLock", "require_screen_lock"))
      if (policy.at(key).flag().orElse(false)) parts.add(new Bool.Is("device.screen_lock"));
    if (either(policy, "requireCorpOwned", "require_corp_owned").flag().orElse(false))
      parts.add(new Bool.Is("device.corporate"));
    var approval = either(policy, "requireAdminApproval", "require_admin_approval");
    if (approval.flag().orElse(false))
      parts.add(
          reading.unsayable(
              approval.path(),
              "devices here are enrolled by their key, not approved by an administrator",
              "require `device.managed` instead"));
    var statuses = either(policy, "allowedEncryptionStatuses", "allowed_encryption_statuses");
    if (!statuses.isEmpty()) parts.add(encryption(statuses));
    var management =
        either(policy, "allowedDeviceManagementLevels", "allowed_device_management_levels");
    if (!management.isEmpty()) parts.add(management(management));
    var systems = either(policy, "osConstraints", "os_constraints");
    if (!systems.isEmpty())
      parts.add(Bool.any(systems.items().stream().map(this::system).toList()));
    policy.nothingElse();
  }

  private Bool encryption(Part statuses) {
    var words = statuses.words(List.of("ENCRYPTED", "UNENCRYPTED", "ENCRYPTION_UNSUPPORTED"));
    var encrypted = new Bool.Is("device.encrypted");
    if (words.size() == 3) return Bool.Constant.ALWAYS;
    if (words.equals(List.of("ENCRYPTED"))) return encrypted;
    var rest =
        words.size() == 2 && !words.contains("ENCRYPTED")
            ? Bool.not(encrypted)
            : reading.unsayable(
                statuses.path(),
                "Vigil does not tell a device that is not encrypted from one that cannot be",
                "require `device.encrypted`, or nothing");
    return words.contains("ENCRYPTED") ? Bool.any(List.of(encrypted, rest)) : rest;
  }

  private Bool management(Part levels) {
    var words = levels.words(List.of("NONE", "BASIC", "ADVANCED", "COMPLETE"));
    boolean none = words.contains("NONE");
    boolean basic = words.contains("BASIC");
    boolean full = words.contains("COMPLETE") || words.contains("ADVANCED");
    var managed = new Bool.Is("device.managed");
    if (none && basic && full) return Bool.Constant.ALWAYS;
    if (!none && basic && full) return managed;
    if (none && !basic && !full) return Bool.not(managed);
    var unclear =
        reading.unsayable(
            levels.path(),
            "Vigil does not tell basic from complete management; whatever is complete must be"
                + " managed and compliant here",
            "require `device.managed` if that will do");
    var any = new ArrayList<Bool>(List.of(unclear));
    if (none) any.add(Bool.not(managed));
    if (full) any.add(Bool.all(List.of(managed, new Bool.Is("device.compliant"))));
    return Bool.any(any);
  }

  private Bool system(Part constraint) {
    var type = either(constraint, "osType", "os_type").text();
    var least = either(constraint, "minimumVersion", "minimum_version");
    either(constraint, "requireVerifiedChromeOs", "require_verified_chrome_os").flag();
    constraint.nothingElse();
    var system = reading.system(constraint.path(), type);
    if (least.isEmpty()) return system;
    return Bool.all(List.of(system, atLeast(least.path(), least.text(), reading)));
  }

  /// Whether the operating system is of this version or later.
  static Bool atLeast(String path, String version, Reading reading) {
    try {
      return new Bool.Is(
          "device.os_version >= version(" + Cel.quoted(Version.parse(version).toString()) + ")");
    } catch (IllegalArgumentException e) {
      return reading.unsayable(path, "`" + version + "` is no version of numbers", "correct it");
    }
  }
}
