// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.saml;

import dev.vigil.kernel.Entropy;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.w3c.dom.Element;

/// Writes logout requests and the answers to them (SAML Profiles section 4.4).
public final class Logouts {

  private final String issuer;
  private final SamlSigner signer;
  private final Entropy entropy;

  /// @param issuer our own entity ID
  public Logouts(String issuer, SamlSigner signer, Entropy entropy) {
    this.issuer = issuer;
    this.signer = signer;
    this.entropy = entropy;
  }

  /// A request to be sent, and the ID that its answer will name.
  public record Asked(String id, Outgoing message) {}

  /// Asks a provider to end its session.
  ///
  /// @param relayState by which we know the answer again
  public Asked request(
      ServiceProvider.Logout to,
      Assertions.NameId name,
      String sessionIndex,
      String relayState,
      Instant now) {
    String id = Writing.id(entropy);
    var request = Writing.message("LogoutRequest", id, now, to.location(), issuer);
    request.setAttributeNS(null, "NotOnOrAfter", Writing.time(now.plus(Assertions.LIFE)));
    var nameId = Writing.saml(request, "NameID");
    nameId.setAttributeNS(null, "Format", name.format().uri());
    nameId.setTextContent(name.value());
    Writing.samlp(request, "SessionIndex").setTextContent(sessionIndex);
    return new Asked(
        id, sent(to.binding(), to.location(), "SAMLRequest", request, Optional.of(relayState)));
  }

  /// How a logout ended.
  public enum Result {
    /// Everybody was told.
    DONE,
    /// Our session is over, but not every provider said that its own is.
    PARTIAL
  }

  /// Answers a provider's logout request.
  public Outgoing response(
      ServiceProvider.Logout to,
      String inResponseTo,
      Result result,
      Optional<String> relayState,
      Instant now) {
    var response =
        Writing.message("LogoutResponse", Writing.id(entropy), now, to.response(), issuer);
    response.setAttributeNS(null, "InResponseTo", inResponseTo);
    Writing.status(
        response,
        "Success",
        result == Result.PARTIAL ? Optional.of("PartialLogout") : Optional.empty());
    return sent(to.binding(), to.response(), "SAMLResponse", response, relayState);
  }

  private Outgoing sent(
      ServiceProvider.LogoutBinding binding,
      URI to,
      String parameter,
      Element message,
      Optional<String> relayState) {
    return switch (binding) {
      case REDIRECT -> Writing.redirect(to, parameter, message, relayState, signer);
      case POST -> {
        signer.sign(message);
        yield Writing.form(to, parameter, message, relayState);
      }
    };
  }
}
