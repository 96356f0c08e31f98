// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports;

import java.util.ArrayList;
import java.util.List;

/// A condition while it is carried over. Parts that cannot be said here are kept as such until it
/// is known on which side to err.
public sealed interface Bool {

  /// Always the same.
  record Constant(boolean value) implements Bool {

    /// Always so.
    public static final Constant ALWAYS = new Constant(true);

    /// Never so.
    public static final Constant NEVER = new Constant(false);
  }

  /// Something that Vigil can tell, in CEL; binds at least as tightly as a comparison.
  record Is(String cel) implements Bool {}

  /// Something that Vigil cannot tell.
  record Unsayable() implements Bool {}

  /// The opposite.
  record Not(Bool of) implements Bool {}

  /// All of them.
  record All(List<Bool> parts) implements Bool {
    public All {
      parts = List.copyOf(parts);
    }
  }

  /// At least one of them.
  record Any(List<Bool> parts) implements Bool {
    public Any {
      parts = List.copyOf(parts);
    }
  }

  /// Whether everything in it can be said.
  default boolean sayable() {
    return switch (this) {
      case Constant ignored -> true;
      case Is ignored -> true;
      case Unsayable ignored -> false;
      case Not not -> not.of().sayable();
      case All all -> all.parts().stream().allMatch(Bool::sayable);
      case Any any -> any.parts().stream().allMatch(Bool::sayable);
    };
  }

  /// What can be said of it and holds at least wherever it does.
  default Bool atLeast() {
    return erring(true);
  }

  /// What can be said of it and holds nowhere where it does not.
  default Bool atMost() {
    return erring(false);
  }

  private Bool erring(boolean wide) {
    return switch (this) {
      case Constant constant -> constant;
      case Is is -> is;
      case Unsayable ignored -> new Constant(wide);
      case Not not -> not(not.of().erring(!wide));
      case All all -> all(all.parts().stream().map(part -> part.erring(wide)).toList());
      case Any any -> any(any.parts().stream().map(part -> part.erring(wide)).toList());
    };
  }

  /// The opposite, without needless words.
  static Bool not(Bool of) {
    return switch (of) {
      case Constant constant -> new Constant(!constant.value());
      case Not not -> not.of();
      case Is is -> new Not(is);
      case Unsayable unsayable -> new Not(unsayable);
      case All all -> new Not(all);
      case Any any -> new Not(any);
    };
  }

  /// All of them, without needless words.
  static Bool all(List<Bool> parts) {
    var left = new ArrayList<Bool>();
    for (var part : parts) {
      if (part.equals(Constant.NEVER)) return Constant.NEVER;
      if (part instanceof All more) left.addAll(more.parts());
      else if (!part.equals(Constant.ALWAYS) && !left.contains(part)) left.add(part);
    }
    if (left.isEmpty()) return Constant.ALWAYS;
    return left.size() == 1 ? left.getFirst() : new All(left);
  }

  /// At least one of them, without needless words.
  static Bool any(List<Bool> parts) {
    var left = new ArrayList<Bool>();
    for (var part : parts) {
      if (part.equals(Constant.ALWAYS)) return Constant.ALWAYS;
      if (part instanceof Any more) left.addAll(more.parts());
      else if (!part.equals(Constant.NEVER) && !left.contains(part)) left.add(part);
    }
    if (left.isEmpty()) return Constant.NEVER;
    return left.size() == 1 ? left.getFirst() : new Any(left);
  }
}
