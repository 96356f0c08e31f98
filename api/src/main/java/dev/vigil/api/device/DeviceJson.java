// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.device;

import dev.vigil.admission.device.Enrolment;
import dev.vigil.api.http.EdgeRefusal;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Suggestion;
import dev.vigil.posture.Contradiction;
import dev.vigil.posture.Posture;
import dev.vigil.posture.Report;
import dev.vigil.posture.attestation.Statement;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The JSON of the device routes, one mapping each way. Members that are not known are refused with
/// a suggestion.
final class DeviceJson {

  private static final int MOST_PARTS = 12;

  private DeviceJson() {}

  /// Thrown inside a mapping and turned into an outcome at its edge.
  private static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String says;

    Unreadable(String says) {
      super(says, null, false, false);
      this.says = says;
    }
  }

  @FunctionalInterface
  private interface Mapping<T> {
    T read();
  }

  private static <T> Outcome<T> mapped(Mapping<T> mapping) {
    try {
      return Outcome.done(mapping.read());
    } catch (Unreadable e) {
      return Outcome.refused(EdgeRefusal.MALFORMED, e.says);
    }
  }

  /// `{"csr", "nonce", "name", "posture", "attestation"}`; the last two may be missing.
  static Outcome<Enrolment.Request> enrolment(ObjectNode json, SessionId session) {
    return mapped(() -> {
      only(json, List.of("csr", "nonce", "name", "posture", "attestation"));
      var report =
          json.get("posture") instanceof ObjectNode posture ? reportOf(posture) : Report.empty();
      var attestation = Optional.ofNullable(json.get("attestation")).map(DeviceJson::statement);
      return new Enrolment.Request(
          session,
          bytes(json, "csr"),
          bytes(json, "nonce"),
          text(json, "name"),
          report,
          attestation);
    });
  }

  /// What a phone attests again: `{"nonce", "attestation"}`.
  record Attestation(Bytes challenge, Statement statement) {}

  static Outcome<Attestation> attestation(ObjectNode json) {
    return mapped(() -> {
      only(json, List.of("nonce", "attestation"));
      return new Attestation(bytes(json, "nonce"), statement(json.path("attestation")));
    });
  }

  /// `{"format", "parts", "key_parts"}`; the last may be missing.
  private static Statement statement(JsonNode node) {
    if (!(node instanceof ObjectNode json))
      throw new Unreadable("`attestation` must be an object of `format` and `parts`");
    only(json, List.of("format", "parts", "key_parts"));
    return new Statement(
        text(json, "format"),
        list(json.path("parts")),
        json.has("key_parts") ? list(json.path("key_parts")) : List.of());
  }

  private static List<Bytes> list(JsonNode node) {
    if (!node.isArray() || node.size() > MOST_PARTS)
      throw new Unreadable("`parts` must be a list of at most " + MOST_PARTS + " strings");
    return node.valueStream()
        .map(part -> part.isString() ? parsed(part.asString(), "parts") : notText())
        .toList();
  }

  private static Bytes notText() {
    throw new Unreadable("each of the `parts` must be a string");
  }

  /// `{"csr"}`.
  static Outcome<Bytes> renewal(ObjectNode json) {
    return mapped(() -> {
      only(json, List.of("csr"));
      return bytes(json, "csr");
    });
  }

  /// `{"signals": {name: value}, "observed"}`; without `observed` everything was seen just now.
  static Outcome<Report> report(ObjectNode json) {
    return mapped(() -> reportOf(json));
  }

  private static Report reportOf(ObjectNode json) {
    only(json, List.of("signals", "observed"));
    if (!(json.get("signals") instanceof ObjectNode signals))
      throw new Unreadable("`signals` must be an object of names and values");
    var observed = Optional.ofNullable(json.get("observed")).map(node -> instant(node, "observed"));
    var claims = new ArrayList<Report.Claim>();
    for (Map.Entry<String, JsonNode> signal : signals.properties()) {
      if (!signal.getValue().isValueNode() || signal.getValue().isNull())
        throw new Unreadable("a signal takes one plain value");
      claims.add(new Report.Claim(signal.getKey(), signal.getValue().asString(), observed));
    }
    return new Report(claims);
  }

  /// The device's posture, signal by signal, with source, tier and time.
  static Map<String, Object> written(Posture posture) {
    var signals = new TreeMap<String, Object>();
    posture
        .signals()
        .forEach((name, signal) ->
            signals.put(
                name.label(),
                Map.of(
                    "value", signal.value(),
                    "source", signal.source(),
                    "tier", signal.tier().name().toLowerCase(Locale.ROOT),
                    "observed", signal.observed().toString(),
                    "expires", signal.expires().toString())));
    return Map.of(
        "signals",
        signals,
        "contradictions",
        posture.contradictions().stream().map(Contradiction::label).distinct().toList());
  }

  private static void only(ObjectNode json, List<String> known) {
    for (var member : json.properties()) {
      if (known.contains(member.getKey())) continue;
      String near =
          Suggestion.nearest(member.getKey(), known)
              .map(word -> "; did you mean `" + word + "`?")
              .orElse("");
      throw new Unreadable("unknown member; the members are " + known + near);
    }
  }

  private static String text(ObjectNode json, String member) {
    var node = json.get(member);
    if (node == null || !node.isString()) throw new Unreadable("`" + member + "` must be a string");
    return node.asString();
  }

  private static Bytes bytes(ObjectNode json, String member) {
    return parsed(text(json, member), member);
  }

  private static Bytes parsed(String text, String member) {
    try {
      return Bytes.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Unreadable("`" + member + "` must be base64url without padding");
    }
  }

  private static Instant instant(JsonNode node, String member) {
    try {
      return Instant.parse(node.asString());
    } catch (DateTimeException e) {
      throw new Unreadable("`" + member + "` must be a time such as `2026-09-05T10:00:00Z`");
    }
  }
}
