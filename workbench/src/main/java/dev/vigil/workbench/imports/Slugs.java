// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// Makes names of Vigil's own out of what people call things elsewhere: 1 to 63 of a-z, 0-9 and -,
/// starting with a letter, each given once. The same names in the same order give the same slugs.
public final class Slugs {

  private static final int LONGEST = 50;

  private final Set<String> taken = new HashSet<>();

  /// A name that has not been given yet.
  public String next(String from) {
    var base = of(from);
    var name = base;
    for (int i = 2; !taken.add(name); i++) name = base + "-" + i;
    return name;
  }

  /// The name, given or not.
  public static String of(String from) {
    var plain =
        Normalizer.normalize(from, Normalizer.Form.NFKD)
            .toLowerCase(Locale.ROOT)
            .replaceAll("\\p{M}+", "")
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-+|-+$", "");
    var named = plain.isEmpty() ? "unnamed" : plain;
    var begun = Character.isLetter(named.charAt(0)) ? named : "p" + named;
    return (begun.length() <= LONGEST ? begun : begun.substring(0, LONGEST)).replaceAll("-+$", "");
  }

  /// The name as a group of Vigil has it.
  public static String group(String from) {
    var plain =
        Normalizer.normalize(from, Normalizer.Form.NFKD)
            .toLowerCase(Locale.ROOT)
            .replaceAll("\\p{M}+", "")
            .replaceAll("[^a-z0-9._:-]+", "-")
            .replaceAll("-{2,}", "-")
            .replaceAll("^[._:-]+|-+$", "");
    return plain.length() <= 64 ? plain : plain.substring(0, 64).replaceAll("-+$", "");
  }
}
