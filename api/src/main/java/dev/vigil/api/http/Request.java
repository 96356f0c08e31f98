// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.http;

import dev.vigil.admission.StrictJson;
import dev.vigil.kernel.Bytes;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// One request, read whole. Names of headers are lower case.
///
/// @param id the reference in logs and problem documents
/// @param origin the public origin of the listener, such as `https://localhost:8443`
/// @param path raw, as sent, without the query
/// @param segments the raw values of the route's `{name}` segments
/// @param source the peer's address
/// @param certificate the client's verified certificate, on listeners that ask for one
public record Request(
    String id,
    URI origin,
    String method,
    String path,
    Map<String, String> segments,
    String rawQuery,
    Map<String, List<String>> headers,
    Bytes body,
    String source,
    Optional<X509Certificate> certificate) {

  public Request {
    segments = Map.copyOf(segments);
    headers = Map.copyOf(headers);
  }

  /// The request could not be read; answered with 400.
  static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String says;

    Malformed(String says) {
      super(says);
      this.says = says;
    }

    /// What is wrong, for who sent it.
    String says() {
      return says;
    }
  }

  /// The address without query, as a proof names it (RFC 9449 `htu`).
  public URI target() {
    return URI.create(origin + path);
  }

  /// The path with its `{name}` segments as in the list of routes, for records: values may be
  /// secrets.
  public String pattern() {
    String pattern = path + "/";
    for (var segment : segments.entrySet())
      pattern = pattern.replace("/" + segment.getValue() + "/", "/{" + segment.getKey() + "}/");
    return pattern.substring(0, pattern.length() - 1);
  }

  /// The decoded value of a `{name}` segment.
  public String segment(String name) {
    String raw = segments.get(name);
    if (raw == null) throw new IllegalArgumentException("the route has no segment `" + name + "`");
    try {
      return Routes.decoded(raw);
    } catch (IllegalArgumentException e) {
      throw new Malformed("the path has a broken percent escape");
    }
  }

  /// The only value of a header; empty if it is missing. A header that came twice makes the request
  /// malformed.
  public Optional<String> header(String name) {
    var values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    if (values.size() > 1) throw new Malformed("the header `" + name + "` came twice");
    return values.stream().findFirst();
  }

  /// The value of a cookie; empty if it is missing or came twice.
  public Optional<String> cookie(String name) {
    var found =
        headers.getOrDefault("cookie", List.of()).stream()
            .flatMap(line -> List.of(line.split(";", -1)).stream())
            .map(String::strip)
            .filter(pair -> pair.startsWith(name + "="))
            .map(pair -> pair.substring(name.length() + 1))
            .toList();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  /// The query's parameters; none may come twice.
  public Map<String, String> query() {
    return Form.parse(rawQuery);
  }

  /// The form's parameters; none may come twice.
  public Map<String, String> form() {
    return Form.parse(new String(body.toArray(), java.nio.charset.StandardCharsets.UTF_8));
  }

  /// The content as a JSON object; members may not come twice.
  public ObjectNode json() {
    try {
      return StrictJson.object(body.toArray());
    } catch (StrictJson.Malformed e) {
      throw new Malformed(e.says());
    }
  }

  /// The content as a JSON object, mapped to a record; unknown members are refused.
  public <T> T json(Class<T> type) {
    try {
      return StrictJson.read(body.toArray(), type);
    } catch (StrictJson.Malformed e) {
      throw new Malformed(e.says());
    }
  }
}
