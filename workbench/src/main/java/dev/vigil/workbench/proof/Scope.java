// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import dev.vigil.policy.Fact;
import java.util.ArrayList;
import java.util.List;

/// The elements that the quantifiers around a condition are looking at, outermost first.
record Scope(List<Range> ranges, List<Element> elements) {

  static final Scope NONE = new Scope(List.of(), List.of());

  Scope {
    ranges = List.copyOf(ranges);
    elements = List.copyOf(elements);
  }

  /// One element of a list.
  sealed interface Element {

    /// When it is in the list.
    String present();

    /// An element that the policy names.
    record Constant(Object value, String present) implements Element {}

    /// An element that no condition names.
    record Other(Fact list, int number) implements Element {
      @Override
      public String present() {
        return Symbols.hasOther(list, number);
      }
    }
  }

  int depth() {
    return elements.size();
  }

  Scope with(Range range, Element element) {
    var more = new ArrayList<>(ranges);
    more.add(range);
    var further = new ArrayList<>(elements);
    further.add(element);
    return new Scope(more, further);
  }

  /// @throws Outside.Reached if there is no quantifier at this depth
  Element at(int depth) {
    if (depth >= elements.size())
      throw new Outside.Reached("an element of a list outside of its quantifier");
    return elements.get(depth);
  }
}
