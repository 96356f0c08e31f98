// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.openid;

import dev.vigil.feeds.web.Web;
import dev.vigil.identity.federation.FederationRefusal;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Secret;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Asks Microsoft Graph for the groups of the person who signed in, when they were too many for the
/// token. Always the configured Graph: the address in the token is not followed.
final class GraphGroups {

  private static final int PAGES = 20;
  private static final int MOST = 10_000;
  private static final int OK = 200;

  private final Web web;
  private final URI graph;

  GraphGroups(Web web, URI graph) {
    this.web = web;
    this.graph = graph;
  }

  /// The ids of all groups, those within groups included; a refusal if not all of them could be
  /// read.
  Outcome<Set<String>> of(Secret accessToken) {
    var ids = new HashSet<String>();
    var next =
        Optional.of(
            URI.create(
                graph
                    + "/v1.0/me/transitiveMemberOf/microsoft.graph.group"
                    + "?$select=id&$top=999"));
    for (int page = 0; page < PAGES; page++) {
      var answer = page(next.get(), accessToken);
      if (answer instanceof Outcome.Refused<ObjectNode> refused) return refused.as();
      var content = ((Outcome.Done<ObjectNode>) answer).value();
      content.path("value").valueStream().forEach(one -> ids.add(one.path("id").asString("")));
      if (ids.size() > MOST) return Outcome.refused(FederationRefusal.UNREACHABLE);
      String link = content.path("@odata.nextLink").asString("");
      if (link.isEmpty()) return Outcome.done(Set.copyOf(ids));
      next = here(link);
      if (next.isEmpty()) return Outcome.refused(FederationRefusal.UNREACHABLE);
    }
    return Outcome.refused(FederationRefusal.UNREACHABLE);
  }

  /// The next page, if it is at the same Graph: the access token goes nowhere else.
  private Optional<URI> here(String link) {
    return link.startsWith(graph + "/") ? Optional.of(URI.create(link)) : Optional.empty();
  }

  private Outcome<ObjectNode> page(URI address, Secret accessToken) {
    var request =
        HttpRequest.newBuilder(address)
            .header("Accept", "application/json")
            .header(
                "Authorization",
                "Bearer " + new String(accessToken.reveal(), StandardCharsets.US_ASCII));
    return Asked.send(web, request)
        .then(answer ->
            answer.status() == OK
                ? Asked.json(answer, FederationRefusal.UNREACHABLE)
                : Outcome.refused(FederationRefusal.UNREACHABLE));
  }
}
