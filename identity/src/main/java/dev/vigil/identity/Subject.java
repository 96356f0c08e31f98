// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity;

import dev.vigil.kernel.SubjectId;
import java.time.Instant;
import java.util.Set;

/// Who asks: a person or a workload.
///
/// @param userName what a person types or is invited by, such as `alice@bank.example`; unique,
///   compared byte by byte in lower case
/// @param active whether the subject may sign in at all
public record Subject(
    SubjectId id,
    String userName,
    String displayName,
    Population population,
    Set<String> groups,
    Set<Role> roles,
    boolean active,
    Instant createdAt) {

  public Subject {
    groups = Set.copyOf(groups);
    roles = Set.copyOf(roles);
  }

  /// The same subject under these names.
  public Subject named(String newUserName, String newDisplayName) {
    return new Subject(
        id, newUserName, newDisplayName, population, groups, roles, active, createdAt);
  }

  /// The same subject in exactly these groups.
  public Subject withGroups(Set<String> all) {
    return new Subject(id, userName, displayName, population, all, roles, active, createdAt);
  }

  /// The same subject with exactly these roles.
  public Subject withRoles(Set<Role> all) {
    return new Subject(id, userName, displayName, population, groups, all, active, createdAt);
  }

  /// The same subject, able to sign in or not.
  public Subject withActive(boolean may) {
    return new Subject(id, userName, displayName, population, groups, roles, may, createdAt);
  }

  /// Whether the account is kept for emergencies ([Role#BREAK_GLASS]).
  public boolean keptForEmergencies() {
    return roles.contains(Role.BREAK_GLASS);
  }
}
