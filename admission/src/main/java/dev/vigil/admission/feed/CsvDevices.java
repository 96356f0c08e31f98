// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.feed;

import dev.vigil.admission.PlainText;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.Suggestion;
import dev.vigil.posture.SignalForm;
import dev.vigil.posture.SignalName;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads a list of devices written as comma-separated values: a header of known columns, then one
/// device a line. Plain values only, without quotation marks; an empty value says nothing. One bad
/// line, and nothing is taken.
public final class CsvDevices {

  private static final String ID = "management_id";
  private static final List<String> IDS =
      List.of(ID, "key", "certificate", "serial_number", "user", "observed");
  private static final int MOST_LINES = 100_000;
  private static final int MOST_PROBLEMS = 20;
  private static final int LONGEST = 256;

  private final List<String> problems = new ArrayList<>();
  private final List<DeviceSaid> devices = new ArrayList<>();
  private final HashSet<String> seen = new HashSet<>();
  private List<String> columns = List.of();

  private CsvDevices() {}

  /// The devices; refused as [FeedRefusal#LIST_FORM], with the number of every bad line up to
  /// twenty.
  public static Outcome<List<DeviceSaid>> read(String text) {
    var reader = new CsvDevices();
    reader.all(text.startsWith("\uFEFF") ? text.substring(1) : text);
    return reader.problems.isEmpty()
        ? Outcome.done(List.copyOf(reader.devices))
        : Outcome.refused(FeedRefusal.LIST_FORM, String.join("; ", reader.problems));
  }

  /// What the columns may be called.
  public static List<String> knownColumns() {
    return Stream.concat(
            IDS.stream(),
            Arrays.stream(SignalName.values())
                .filter(SignalName::reportable)
                .map(SignalName::label))
        .toList();
  }

  private void all(String text) {
    var lines = text.lines().toList();
    if (lines.size() > MOST_LINES + 1) {
      problem(1, "there are more than " + MOST_LINES + " devices");
      return;
    }
    if (lines.isEmpty() || !header(lines.getFirst())) return;
    for (int i = 1; i < lines.size() && problems.size() < MOST_PROBLEMS; i++)
      if (!lines.get(i).isBlank()) line(i + 1, lines.get(i));
    if (devices.isEmpty() && problems.isEmpty()) problem(1, "there is no device in it");
  }

  private void problem(int line, String what) {
    problems.add("line " + line + ": " + what);
  }

  private boolean header(String line) {
    columns = values(line);
    var known = knownColumns();
    for (String name : columns)
      if (!known.contains(name))
        problem(
            1,
            "there is no column "
                + PlainText.shown(name)
                + Suggestion.nearest(name, known)
                    .map(near -> ", perhaps `" + near + "` is meant")
                    .orElse(""));
    if (new HashSet<>(columns).size() < columns.size()) problem(1, "a column stands twice");
    if (!columns.contains(ID)) problem(1, "the column `" + ID + "` is missing");
    return problems.isEmpty();
  }

  private static List<String> values(String line) {
    return Arrays.stream(line.split(",", -1)).map(String::strip).toList();
  }

  private void line(int number, String line) {
    var values = values(line);
    if (line.indexOf('"') >= 0) problem(number, "quotation marks are not read; write plain values");
    else if (values.size() != columns.size())
      problem(number, "it has " + values.size() + " values, not " + columns.size());
    else device(number, values);
  }

  private void device(int number, List<String> values) {
    var ids = new HashMap<String, String>();
    var says = new EnumMap<SignalName, String>(SignalName.class);
    int before = problems.size();
    for (int i = 0; i < values.size(); i++) {
      String column = columns.get(i);
      String value = values.get(i);
      if (value.isEmpty()) continue;
      if (IDS.contains(column)) ids.put(column, value);
      else SignalName.find(column).ifPresent(name -> signal(number, name, value, says));
    }
    var key = digest(number, "key", ids);
    var certificate = digest(number, "certificate", ids);
    var observed = time(number, ids);
    String id = ids.getOrDefault(ID, "");
    if (!PlainText.fits(id, LONGEST)) problem(number, "it has no `" + ID + "`");
    else if (!seen.add(id)) problem(number, PlainText.shown(id) + " stands twice");
    if (problems.size() == before)
      devices.add(
          new DeviceSaid(
              new DeviceSaid.Ids(
                  id,
                  key,
                  certificate,
                  Optional.ofNullable(ids.get("serial_number")),
                  Optional.ofNullable(ids.get("user"))),
              says,
              observed));
  }

  private void signal(int number, SignalName name, String value, Map<SignalName, String> says) {
    boolean fits = value.length() <= SignalForm.LONGEST && name.read(value).isPresent();
    if (fits) says.put(name, value);
    else
      problem(
          number,
          "`"
              + name.label()
              + "` is "
              + PlainText.shown(value)
              + ", expected is "
              + name.form().expects());
  }

  private Optional<Sha256> digest(int number, String column, Map<String, String> ids) {
    var text = Optional.ofNullable(ids.get(column));
    try {
      return text.map(Sha256::parse);
    } catch (IllegalArgumentException e) {
      problem(number, "`" + column + "` is no SHA-256 digest in base64url");
      return Optional.empty();
    }
  }

  private Optional<Instant> time(int number, Map<String, String> ids) {
    var text = Optional.ofNullable(ids.get("observed"));
    try {
      return text.map(Instant::parse);
    } catch (DateTimeException e) {
      problem(number, "`observed` is no time such as `2026-11-22T12:00:00Z`");
      return Optional.empty();
    }
  }
}
