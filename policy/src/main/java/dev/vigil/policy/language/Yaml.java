// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.language;

import java.util.List;

/// A piece of YAML with its place: text, a list, or a mapping. Nothing is resolved; `true` and `8h`
/// are text.
sealed interface Yaml {

  Place place();

  /// What kind of thing it is, for messages.
  String kind();

  /// Text.
  record Scalar(String text, Layout layout) implements Yaml {
    @Override
    public Place place() {
      return layout.start();
    }

    @Override
    public String kind() {
      return "text";
    }
  }

  /// A list.
  record Items(List<Yaml> items, Place place) implements Yaml {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /// A mapping, with keys as often as they were written.
  record Mapping(List<Entry> entries, Place place) implements Yaml {
    @Override
    public String kind() {
      return "a mapping of keys";
    }
  }

  /// A key and its value.
  record Entry(Scalar key, Yaml value) {}
}
