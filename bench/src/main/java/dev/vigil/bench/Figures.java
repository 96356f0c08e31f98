// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench;

import java.util.List;
import java.util.stream.DoubleStream;

/// Measured values in ascending order.
///
/// @param values never empty
public record Figures(List<Double> values) {

  public Figures {
    if (values.isEmpty()) throw new IllegalArgumentException("nothing was measured");
    values = values.stream().sorted().toList();
  }

  public static Figures of(DoubleStream values) {
    return new Figures(values.boxed().toList());
  }

  /// The smallest value that at least this share of all values does not exceed (nearest rank).
  public double share(double share) {
    return values.get(Math.max(0, (int) Math.ceil(values.size() * share) - 1));
  }

  public double median() {
    int middle = values.size() / 2;
    return values.size() % 2 == 1
        ? values.get(middle)
        : (values.get(middle - 1) + values.get(middle)) / 2;
  }

  public double max() {
    return values.getLast();
  }

  /// For people and programs: two digits behind the point.
  public static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
