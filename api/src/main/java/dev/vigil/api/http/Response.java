// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.http;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/// What a handler answers. Nothing of it is cached unless a header says so.
public sealed interface Response {

  /// Headers beside those that every answer carries; they win over the defaults.
  Map<String, String> headers();

  /// A value that Jackson writes as JSON: a record of the edge, a map or a tree.
  record Json(int status, Object value, Map<String, String> headers) implements Response {
    public Json {
      headers = Map.copyOf(headers);
    }
  }

  /// Bytes of a type, such as a page, a style sheet or a certificate.
  record Content(int status, String mediaType, Bytes bytes, Map<String, String> headers)
      implements Response {
    public Content {
      headers = Map.copyOf(headers);
    }
  }

  /// 303 to another address.
  record Redirect(URI location, Map<String, String> headers) implements Response {
    public Redirect {
      headers = Map.copyOf(headers);
    }
  }

  /// 204.
  record NoContent(Map<String, String> headers) implements Response {
    public NoContent {
      headers = Map.copyOf(headers);
    }
  }

  /// A problem document (RFC 9457) with `type`, `title`, `status`, `detail`, `code`, `next` and
  /// `reference`.
  ///
  /// @param detail for the person who asked; empty when the refusal says it all
  /// @param members further members by name
  record Problem(
      Refusal refusal, String detail, Map<String, Object> members, Map<String, String> headers)
      implements Response {
    public Problem {
      members = Map.copyOf(members);
      headers = Map.copyOf(headers);
    }
  }

  static Response json(int status, Object value) {
    return new Json(status, value, Map.of());
  }

  static Response noContent() {
    return new NoContent(Map.of());
  }

  static Response problem(Refusal refusal, String detail) {
    return new Problem(refusal, detail, Map.of(), Map.of());
  }

  /// 429 with the time to wait.
  static Response tooOften(Duration wait) {
    return problem(EdgeRefusal.TOO_OFTEN, "")
        .with("Retry-After", Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
  }

  /// The answer of a use case: what it did, or its refusal as a problem document.
  static <T> Response of(Outcome<T> outcome, Function<? super T, Response> done) {
    return switch (outcome) {
      case Outcome.Done<T>(T value) -> done.apply(value);
      case Outcome.Refused<T>(Refusal refusal, String detail) -> problem(refusal, detail);
    };
  }

  /// This answer with one more header.
  default Response with(String name, String value) {
    var all = new LinkedHashMap<>(headers());
    all.put(name, value);
    return switch (this) {
      case Json(int status, Object body, Map<String, String> _) -> new Json(status, body, all);
      case Content(int status, String mediaType, Bytes bytes, Map<String, String> _) ->
          new Content(status, mediaType, bytes, all);
      case Redirect(URI location, Map<String, String> _) -> new Redirect(location, all);
      case NoContent _ -> new NoContent(all);
      case Problem(
              Refusal refusal,
              String detail,
              Map<String, Object> members,
              Map<String, String> _) ->
          new Problem(refusal, detail, members, all);
    };
  }
}
