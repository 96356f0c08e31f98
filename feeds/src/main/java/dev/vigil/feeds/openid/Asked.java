// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.openid;

import dev.vigil.admission.StrictJson;
import dev.vigil.feeds.web.Web;
import dev.vigil.identity.federation.FederationRefusal;
import dev.vigil.kernel.Outcome;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What a provider answers, in the refusals of sign-in through others.
final class Asked {

  private Asked() {}

  static Outcome<Web.Answer> get(Web web, URI address, Optional<String> etag) {
    var request = HttpRequest.newBuilder(address).header("Accept", "application/json");
    etag.ifPresent(value -> request.header("If-None-Match", value));
    return send(web, request);
  }

  static Outcome<Web.Answer> send(Web web, HttpRequest.Builder request) {
    if (!Web.allowed(request.build().uri())) return Outcome.refused(FederationRefusal.DISCOVERY);
    return web.send(request)
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(FederationRefusal.UNREACHABLE));
  }

  /// The content, if it is one strict JSON object.
  static Outcome<ObjectNode> json(Web.Answer answer, FederationRefusal otherwise) {
    try {
      return Outcome.done(StrictJson.object(answer.body().toArray()));
    } catch (StrictJson.Malformed e) {
      return Outcome.refused(otherwise);
    }
  }
}
