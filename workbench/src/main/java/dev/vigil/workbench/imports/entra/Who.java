// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports.entra;

import dev.vigil.workbench.imports.Bool;
import dev.vigil.workbench.imports.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Carries over whom a policy is about: users, workloads and agents.
final class Who {

  /// Every user: everyone but workloads.
  private static final Bool EVERYONE = new Bool.Is("subject.population != \"workload\"");

  private static final Bool WORKLOAD = new Bool.Is("subject.population == \"workload\"");
  private static final Bool AGENT = new Bool.Is("subject.population == \"agent\"");

  /// Guests and external users: partners.
  private static final Bool GUEST = new Bool.Is("subject.population == \"partner\"");

  private static final List<String> GUEST_KINDS =
      List.of(
          "internalGuest",
          "b2bCollaborationGuest",
          "b2bCollaborationMember",
          "b2bDirectConnectUser",
          "otherExternalUser",
          "serviceProvider");
  private static final String NAME_THEM = "put them in a group, and name that";

  private final Making making;

  private Who(Making making) {
    this.making = making;
  }

  /// Narrows the rule to them.
  static void narrow(Part conditions, Making making) {
    var who = new Who(making);
    var users = conditions.at("users");
    var workloads = conditions.at("clientApplications");
    var agents = conditions.at("agents");
    var included =
        Bool.any(List.of(who.users(users), who.workloads(workloads), who.agents(agents)));
    if (included.equals(Bool.Constant.NEVER))
      making.draft().needless(conditions.path(), "it is about nobody");
    making.draft().narrow(included);
    who.exclude(users, workloads, agents);
    users.nothingElse();
    workloads.nothingElse();
    agents.nothingElse();
  }

  private Bool users(Part users) {
    var any = new ArrayList<Bool>();
    var ids = new ArrayList<String>();
    for (var word : users.at("includeUsers").words()) {
      switch (word.toLowerCase(Locale.ROOT)) {
        case "all" -> any.add(EVERYONE);
        case "none" -> {}
        case "guestsorexternalusers" -> any.add(GUEST);
        default -> ids.add(word);
      }
    }
    any.add(making.users(ids));
    any.add(making.groups(users.at("includeGroups").words()));
    any.add(making.roles(users.at("includeRoles").words()));
    var guests = users.at("includeGuestsOrExternalUsers");
    if (!guests.isEmpty() && !kinds(guests).isEmpty()) {
      any.add(GUEST);
      if (!allGuests(guests))
        making
            .draft()
            .widened(
                guests.path(),
                "Vigil does not tell kinds of guests or their tenants apart",
                NAME_THEM);
    }
    return Bool.any(any);
  }

  private static List<String> kinds(Part guests) {
    var kinds = new ArrayList<>(GUEST_KINDS);
    kinds.add("none");
    var found = new ArrayList<>(guests.at("guestOrExternalUserTypes").words(kinds));
    found.remove("none");
    return found;
  }

  /// Whether that is every guest and external user there is.
  private static boolean allGuests(Part guests) {
    var tenants = guests.at("externalTenants");
    var membership = tenants.at("membershipKind").words(List.of("all", "enumerated"));
    tenants.at("members");
    tenants.nothingElse();
    guests.nothingElse();
    return kinds(guests).containsAll(GUEST_KINDS) && !membership.contains("enumerated");
  }

  private Bool workloads(Part workloads) {
    var any = new ArrayList<Bool>();
    any.add(some(workloads.at("includeServicePrincipals"), WORKLOAD));
    any.add(some(workloads.at("includeAgentIdServicePrincipals"), AGENT));
    for (var filter : List.of("servicePrincipalFilter", "agentIdServicePrincipalFilter")) {
      var part = workloads.at(filter);
      if (!part.isEmpty()) any.add(filtered(part, filter.startsWith("agent") ? AGENT : WORKLOAD));
    }
    return Bool.any(any);
  }

  private Bool agents(Part agents) {
    var any = new ArrayList<Bool>();
    any.add(some(agents.at("includeAgentUsers"), AGENT));
    var filter = agents.at("agentFilter");
    if (!filter.isEmpty()) any.add(filtered(filter, AGENT));
    return Bool.any(any);
  }

  /// All of a population, or those named.
  private Bool some(Part part, Bool population) {
    var ids = new ArrayList<String>();
    for (var word : part.words()) {
      switch (word.toLowerCase(Locale.ROOT)) {
        case "all", "serviceprincipalsinmytenant" -> {
          return population;
        }
        case "none" -> {}
        default -> ids.add(word);
      }
    }
    return Bool.all(List.of(population, making.users(ids)));
  }

  /// A filter over attributes that Vigil does not have: everyone it might mean, or nobody it might
  /// exempt.
  private Bool filtered(Part filter, Bool population) {
    boolean exempts = filter.at("mode").words(List.of("include", "exclude")).contains("exclude");
    filter.at("rule").longText();
    filter.nothingElse();
    var why = "it filters by attributes that Vigil does not have";
    if (exempts) making.draft().unexempted(filter.path(), why, NAME_THEM);
    else making.draft().widened(filter.path(), why, NAME_THEM);
    return exempts ? Bool.Constant.NEVER : population;
  }

  private void exclude(Part users, Part workloads, Part agents) {
    var ids = new ArrayList<String>();
    for (var word : users.at("excludeUsers").words()) {
      switch (word.toLowerCase(Locale.ROOT)) {
        case "all" -> except(EVERYONE);
        case "none" -> {}
        case "guestsorexternalusers" -> except(GUEST);
        default -> ids.add(word);
      }
    }
    except(making.users(ids));
    except(making.groups(users.at("excludeGroups").words()));
    except(making.roles(users.at("excludeRoles").words()));
    excludeGuests(users.at("excludeGuestsOrExternalUsers"));
    except(some(workloads.at("excludeServicePrincipals"), WORKLOAD));
    except(some(workloads.at("excludeAgentIdServicePrincipals"), AGENT));
    except(some(agents.at("excludeAgentUsers"), AGENT));
  }

  private void excludeGuests(Part guests) {
    if (guests.isEmpty() || kinds(guests).isEmpty()) return;
    if (allGuests(guests)) except(GUEST);
    else
      making
          .draft()
          .unexempted(
              guests.path(),
              "Vigil does not tell kinds of guests or their tenants apart",
              NAME_THEM);
  }

  private void except(Bool some) {
    making.draft().narrow(Bool.not(some));
  }
}
