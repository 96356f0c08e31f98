// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.saml;

import dev.vigil.kernel.Outcome;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.w3c.dom.Element;

/// Where and when a message arrived, and what every message must satisfy there.
///
/// @param endpoint our own address that it must have been meant for
public record Received(URI endpoint, Instant now) {

  /// How old a message may be.
  public static final Duration OLDEST = Duration.ofMinutes(5);

  /// How far ahead the sender's clock may be.
  public static final Duration AHEAD = Duration.ofMinutes(1);

  /// The root of a message of this kind, if it was meant for here and now. A signed one must say
  /// for where (SAML Bindings sections 3.4.5.2 and 3.5.5.2).
  Outcome<Element> check(Incoming message, Element root, String kind) {
    if (!Elements.is(root, Uris.PROTOCOL, kind))
      return Outcome.refused(SamlRefusal.MESSAGE, "it is no `" + kind + "`");
    var destination = Elements.attribute(root, "Destination");
    boolean elsewhere = destination.filter(text -> !text.equals(endpoint.toString())).isPresent();
    if (elsewhere || (message.isSigned() && destination.isEmpty()))
      return Outcome.refused(SamlRefusal.DESTINATION);
    var made = Elements.time(root, "IssueInstant");
    if (made.isEmpty()) return Outcome.refused(SamlRefusal.MESSAGE, "`IssueInstant` is no time");
    boolean stale = made.get().isBefore(now.minus(OLDEST)) || made.get().isAfter(now.plus(AHEAD));
    return stale ? Outcome.refused(SamlRefusal.STALE) : Outcome.done(root);
  }
}
