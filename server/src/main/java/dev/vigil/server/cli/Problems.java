// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Turns the server's refusals into what the person reads: problem documents (RFC 9457) and OAuth
/// errors (RFC 6749).
final class Problems {

  private Problems() {}

  /// @param what what did not happen
  static Failure failure(String what, Web.Reply reply) {
    return new Failure(reply.status() == 503 ? Exit.UNREACHABLE : Exit.REFUSED, text(what, reply));
  }

  private static Failure.Text text(String what, Web.Reply reply) {
    var body = reply.body();
    var items = new ArrayList<String>(items(body));
    String reference = Issuer.text(body, "reference");
    if (!reference.isEmpty()) items.add("reference  " + reference);
    return new Failure.Text(
        what,
        why(reply),
        Issuer.text(body, "next"),
        items,
        body.isEmpty() ? "" : body.toPrettyString());
  }

  private static String why(Web.Reply reply) {
    var body = reply.body();
    String title =
        first(
            Issuer.text(body, "title"),
            Issuer.text(body, "error"),
            "the server answered with status " + reply.status());
    String detail = first(Issuer.text(body, "detail"), Issuer.text(body, "error_description"));
    return detail.isEmpty() || detail.equals(title) ? title : title + "; " + detail;
  }

  private static String first(String... texts) {
    return List.of(texts).stream().filter(text -> !text.isEmpty()).findFirst().orElse("");
  }

  private static List<String> items(JsonNode body) {
    var problems = body.get("problems");
    if (problems == null || !problems.isArray()) return List.of();
    return problems
        .valueStream()
        .map(problem -> problem.isString() ? problem.asString() : problem.toString())
        .toList();
  }
}
