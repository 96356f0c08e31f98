// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.http;

import dev.vigil.identity.scim.ScimRefusal;
import dev.vigil.kernel.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How a refusal is written: the part of the API that was asked decides.
enum ErrorForm {
  /// A problem document (RFC 9457).
  PROBLEM("application/problem+json"),
  /// A problem document with an error type of ACME (RFC 8555 section 6.7).
  ACME("application/problem+json"),
  /// An error of SCIM (RFC 7644 section 3.12), also where no handler was reached.
  SCIM("application/scim+json");

  private static final String SCIM_PATH = "/scim/v2";
  private static final String ACME_PATH = "/acme/";

  private final String mediaType;

  ErrorForm(String mediaType) {
    this.mediaType = mediaType;
  }

  static ErrorForm at(String path) {
    if (path.startsWith(ACME_PATH)) return ACME;
    return path.equals(SCIM_PATH) || path.startsWith(SCIM_PATH + "/") ? SCIM : PROBLEM;
  }

  String mediaType() {
    return mediaType;
  }

  /// @param reference the request's id, to be found in the log
  Map<String, Object> document(Response.Problem problem, String reference) {
    return switch (this) {
      case PROBLEM -> problem(problem, reference);
      case ACME -> {
        var document = problem(problem, reference);
        document.put("type", AcmeError.of(problem.refusal()));
        yield document;
      }
      case SCIM -> scim(problem, reference);
    };
  }

  private static Map<String, Object> problem(Response.Problem problem, String reference) {
    var refusal = problem.refusal();
    var document = new LinkedHashMap<String, Object>();
    document.put("type", "urn:vigil:problem:" + refusal.code());
    document.put("title", refusal.says());
    document.put("status", refusal.status());
    if (!problem.detail().isEmpty()) document.put("detail", problem.detail());
    document.put("code", refusal.code());
    document.put("next", refusal.next());
    document.put("reference", reference);
    document.putAll(problem.members());
    return document;
  }

  private static Map<String, Object> scim(Response.Problem problem, String reference) {
    var refusal = problem.refusal();
    var document = new LinkedHashMap<String, Object>();
    document.put("schemas", List.of("urn:ietf:params:scim:api:messages:2.0:Error"));
    document.put("status", Integer.toString(refusal.status()));
    String type = scimType(refusal);
    if (!type.isEmpty()) document.put("scimType", type);
    document.put(
        "detail",
        refusal.says()
            + (problem.detail().isEmpty() ? "" : ": " + problem.detail())
            + "; next: "
            + refusal.next()
            + " ("
            + refusal.code()
            + ", "
            + reference
            + ")");
    return document;
  }

  private static String scimType(Refusal refusal) {
    if (refusal instanceof ScimRefusal known) return known.type();
    if (refusal == EdgeRefusal.MALFORMED) return "invalidSyntax";
    return refusal == EdgeRefusal.CONFLICT ? "uniqueness" : "";
  }
}
