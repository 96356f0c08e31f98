// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.saml;

import dev.vigil.kernel.Outcome;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Element;

/// That a person signed out at a provider (SAML Core section 3.7.1). Always signed: it ends
/// sessions.
///
/// @param nameId as the provider was given it
/// @param sessionIndexes which sessions; empty for all that go by this name
public record LogoutRequest(String id, String nameId, List<String> sessionIndexes) {

  private static final int MOST = 16;

  public LogoutRequest {
    sessionIndexes = List.copyOf(sessionIndexes);
  }

  /// Reads and checks a request of this provider.
  public static Outcome<LogoutRequest> read(
      Incoming message, ServiceProvider sender, Received received) {
    return message
        .opened(sender, Incoming.Signing.REQUIRED)
        .then(root -> received.check(message, root, "LogoutRequest"))
        .then(root -> read(root, received));
  }

  private static Outcome<LogoutRequest> read(Element root, Received received) {
    var ends = Elements.time(root, "NotOnOrAfter");
    if (root.hasAttributeNS(null, "NotOnOrAfter")
        && ends.filter(received.now()::isBefore).isEmpty())
      return Outcome.refused(SamlRefusal.STALE);
    var name =
        Elements.only(root, Uris.ASSERTION, "NameID").flatMap(one -> Elements.text(one, 512));
    var indexes =
        Elements.children(root, Uris.PROTOCOL, "SessionIndex").stream()
            .map(one -> Elements.text(one, 256))
            .toList();
    boolean whole = indexes.size() <= MOST && indexes.stream().allMatch(Optional::isPresent);
    return name.isPresent() && whole
        ? Outcome.done(
            new LogoutRequest(
                Elements.id(root).orElseThrow(),
                name.get(),
                indexes.stream().flatMap(Optional::stream).toList()))
        : Outcome.refused(SamlRefusal.MESSAGE, "it names nobody, or too many sessions");
  }
}
