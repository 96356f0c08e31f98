// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Rows under headings, aligned for people.
final class Table {

  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  Table(String... headings) {
    rows.add(List.of(headings));
  }

  void row(String... cells) {
    rows.add(
        Arrays.stream(cells).map(cell -> cell.isBlank() ? "-" : cell.replace('\n', ' ')).toList());
  }

  /// The lines; the headings are always among them.
  List<String> lines() {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    var widths = new int[columns];
    for (var row : rows)
      for (int i = 0; i < row.size(); i++) widths[i] = Math.max(widths[i], width(row.get(i)));
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      line.append(row.get(i));
      if (i < row.size() - 1) line.append(" ".repeat(widths[i] - width(row.get(i)))).append(GAP);
    }
    return line.toString();
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
