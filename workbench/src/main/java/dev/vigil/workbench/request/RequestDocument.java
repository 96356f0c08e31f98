// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.request;

import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.FactsSchema;
import dev.vigil.policy.language.PolicySource;
import dev.vigil.policy.language.Problem;
import dev.vigil.workbench.document.Document;
import dev.vigil.workbench.document.Keys;
import dev.vigil.workbench.document.Report;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A request written down, in JSON or YAML:
///
/// ```
/// {"at": "2026-06-01T09:00:00Z",
///  "facts": {"subject.population": "employee",
///            "device.patch_date": {"value": "2026-05-01", "tier": "managed",
///                                  "observed": "2026-06-01T08:00:00Z"}}}
/// ```
///
/// or by entity, as in `"device": {"rooted": false}`. Facts that are not named, or are `null`, are
/// unknown. A bare value was observed at the time of the request, with tier `observed`; `age`
/// (`8h`) may stand in place of `observed`.
public final class RequestDocument {

  private static final List<String> KEYS =
      Stream.concat(Stream.of("at"), GivenReader.KEYS.stream()).toList();

  private RequestDocument() {}

  /// What came of reading a request: it, or every reason why not.
  public sealed interface Reading {

    /// A request.
    record Loaded(AccessRequest request) implements Reading {}

    /// Everything that is wrong, in the order of the text.
    record Rejected(List<Problem> problems) implements Reading {
      public Rejected {
        problems = List.copyOf(problems);
      }
    }
  }

  /// Reads a request, which must say its time; problems cite it as `request`.
  public static Reading read(String text, FactsSchema schema) {
    return read(new PolicySource("request", text), schema, Optional.empty());
  }

  /// Reads a request.
  ///
  /// @param otherwise its time if it does not say one; empty if it must
  public static Reading read(PolicySource source, FactsSchema schema, Optional<Instant> otherwise) {
    var report = new Report();
    var request = request(source, schema, otherwise, report);
    return request.isPresent() && report.clean()
        ? new Reading.Loaded(request.get())
        : new Reading.Rejected(report.problems());
  }

  private static Optional<AccessRequest> request(
      PolicySource source, FactsSchema schema, Optional<Instant> otherwise, Report report) {
    var root = Document.readSomething(source, report);
    if (root.isEmpty()) return Optional.empty();
    var keys = Keys.of(root.get(), "a request", KEYS, report);
    var reader = new GivenReader(schema, report);
    var given = reader.read(keys);
    if (!keys.has("at") && otherwise.isEmpty()) keys.require("at", "at: 2026-06-01T09:00:00Z");
    var at = keys.has("at") ? keys.text("at").flatMap(reader::time) : otherwise;
    return at.map(given::at);
  }

  /// The document of a request: what is known and nothing else. Read back, it decides alike.
  public static String write(AccessRequest request) {
    return RequestWriter.write(request);
  }
}
