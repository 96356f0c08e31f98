// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.document;

import dev.vigil.policy.language.Place;
import java.util.List;

/// A part of a document with its place. What a scalar means is up to whoever reads it: only its
/// form is kept.
public sealed interface Node {

  /// Where it begins.
  Place place();

  /// What kind of thing it is, for messages.
  default String kind() {
    return switch (this) {
      case Scalar scalar -> scalar.isNothing() ? "nothing" : "a single value";
      case Items ignored -> "a list";
      case Mapping ignored -> "a mapping of keys";
    };
  }

  /// One value.
  ///
  /// @param text without quotes
  record Scalar(String text, Form form, Place place) implements Node {

    /// Whether it says that there is no value: `null`, or `~` in YAML.
    public boolean isNothing() {
      return form == Form.NOTHING;
    }

    /// Whether it may be read as something other than text.
    public boolean isBare() {
      return form == Form.BARE || form == Form.PLAIN;
    }
  }

  /// How a value was written.
  enum Form {
    /// In quotes or as a block: text.
    QUOTED,
    /// Without quotes in YAML: text, a number or a flag, as the reader wants it.
    PLAIN,
    /// A number or flag of JSON: never text.
    BARE,
    /// `null`.
    NOTHING
  }

  /// A list.
  record Items(List<Node> items, Place place) implements Node {
    public Items {
      items = List.copyOf(items);
    }
  }

  /// A mapping, with keys as often as they were written.
  record Mapping(List<Entry> entries, Place place) implements Node {
    public Mapping {
      entries = List.copyOf(entries);
    }
  }

  /// A key and its value.
  record Entry(Scalar key, Node value) {}
}
