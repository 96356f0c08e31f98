// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports.entra;

import dev.vigil.workbench.imports.Bool;
import dev.vigil.workbench.imports.Cel;
import dev.vigil.workbench.imports.Definitions;
import dev.vigil.workbench.imports.Draft;
import dev.vigil.workbench.imports.KnownNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What is at hand while one policy is carried over.
record Making(Draft draft, KnownNames names, EntraExport export, Definitions definitions) {

  private static final String GROUP = "group:";

  /// What an id is called here; the id itself if nobody said.
  String named(KnownNames.Kind kind, String id) {
    return names
        .name(kind, id)
        .orElseGet(() -> {
          draft.unnamed(kind, id);
          return id.toLowerCase(Locale.ROOT);
        });
  }

  /// Whether the subject is one of these users.
  Bool users(List<String> ids) {
    return Cel.oneOf(
        "subject.id", ids.stream().map(id -> named(KnownNames.Kind.USERS, id)).toList());
  }

  /// Whether the subject is in one of these groups.
  Bool groups(List<String> ids) {
    return Cel.hasOneOf(
        "subject.groups", ids.stream().map(id -> named(KnownNames.Kind.GROUPS, id)).toList());
  }

  /// Whether the subject has one of these roles. A role may be named as a group.
  Bool roles(List<String> ids) {
    var roles = new ArrayList<String>();
    var groups = new ArrayList<String>();
    for (var id : ids) {
      var name = named(KnownNames.Kind.ROLES, id);
      if (name.startsWith(GROUP)) groups.add(name.substring(GROUP.length()));
      else roles.add(name);
    }
    return Bool.any(
        List.of(Cel.hasOneOf("subject.roles", roles), Cel.hasOneOf("subject.groups", groups)));
  }
}
