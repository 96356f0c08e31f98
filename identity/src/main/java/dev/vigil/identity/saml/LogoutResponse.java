// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.saml;

import dev.vigil.kernel.Outcome;
import java.util.Optional;
import org.w3c.dom.Element;

/// What a provider answers to a logout request of ours (SAML Core section 3.7.2). Always signed.
///
/// @param inResponseTo the ID of our request
/// @param success whether the person is signed out there
public record LogoutResponse(String inResponseTo, boolean success) {

  /// Reads and checks an answer of this provider.
  public static Outcome<LogoutResponse> read(
      Incoming message, ServiceProvider sender, Received received) {
    return message
        .opened(sender, Incoming.Signing.REQUIRED)
        .then(root -> received.check(message, root, "LogoutResponse"))
        .then(LogoutResponse::read);
  }

  private static Outcome<LogoutResponse> read(Element root) {
    var status =
        Elements.only(root, Uris.PROTOCOL, "Status")
            .flatMap(one -> Elements.only(one, Uris.PROTOCOL, "StatusCode"))
            .flatMap(one -> Elements.attribute(one, "Value"));
    Optional<String> answered = Elements.attribute(root, "InResponseTo");
    return status.isPresent() && answered.isPresent()
        ? Outcome.done(
            new LogoutResponse(answered.get(), (Uris.STATUS + "Success").equals(status.get())))
        : Outcome.refused(SamlRefusal.MESSAGE, "it has no status, or answers nothing");
  }
}
