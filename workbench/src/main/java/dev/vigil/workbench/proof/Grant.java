// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import dev.vigil.policy.rule.Restrictions;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/// What rules come to, as terms. Everything but `allow` means something only where access is
/// granted.
///
/// @param limits by name, in nanoseconds; -1 where there is none
/// @param listed whether only listed methods are allowed
/// @param methods whether each method that any rule lists is
record Grant(
    String allow,
    String readOnly,
    String noDownload,
    SortedMap<String, String> limits,
    String listed,
    SortedMap<String, String> methods) {

  /// Access that can change something.
  String write() {
    var unsafe = new ArrayList<String>();
    methods.forEach((method, allowed) -> {
      if (!Restrictions.SAFE.contains(method)) unsafe.add(allowed);
    });
    return Smt.and(allow, Smt.not(readOnly), Smt.or(Smt.not(listed), Smt.or(unsafe)));
  }

  /// Access whose answers may be kept.
  String download() {
    return Smt.and(allow, Smt.not(noDownload));
  }

  /// Access without any restriction.
  String unrestricted() {
    var parts = new ArrayList<>(List.of(allow, Smt.not(readOnly), Smt.not(noDownload)));
    limits.values().forEach(limit -> parts.add(Smt.equal(limit, Smt.number(-1))));
    parts.add(Smt.not(listed));
    return Smt.and(parts);
  }

  /// That both grant access, under other restrictions. Both know the same methods and limits.
  String restrictsOtherwise(Grant other) {
    var differences = new ArrayList<String>();
    differences.add(Smt.not(Smt.equal(readOnly, other.readOnly)));
    differences.add(Smt.not(Smt.equal(noDownload, other.noDownload)));
    limits.forEach((name, limit) ->
        differences.add(Smt.not(Smt.equal(limit, other.limits.getOrDefault(name, limit)))));
    differences.add(Smt.not(Smt.equal(listed, other.listed)));
    methods.forEach((name, allowed) ->
        differences.add(
            Smt.and(
                listed,
                other.listed,
                Smt.not(Smt.equal(allowed, other.methods.getOrDefault(name, Smt.FALSE))))));
    return Smt.and(allow, other.allow, Smt.or(differences));
  }

  /// That access or its restrictions differ.
  String differsFrom(Grant other) {
    return Smt.or(Smt.not(Smt.equal(allow, other.allow)), restrictsOtherwise(other));
  }
}
