// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.saml;

import java.net.URI;
import java.util.Optional;

/// A message for a provider, on its way through the browser.
public sealed interface Outgoing {

  /// Where the browser takes it.
  URI to();

  /// A form that the browser posts (SAML Bindings section 3.5).
  ///
  /// @param parameter `SAMLRequest` or `SAMLResponse`
  record Form(URI to, String parameter, String base64, Optional<String> relayState)
      implements Outgoing {

    /// Hides the message: until it is delivered, it signs a person in.
    @Override
    public String toString() {
      return "Form[" + to + ", " + parameter + "]";
    }
  }

  /// An address with everything in its query (SAML Bindings section 3.4).
  record Redirect(URI to) implements Outgoing {}
}
