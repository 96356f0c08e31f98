// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.saml;

import dev.vigil.kernel.Bytes;
import java.security.cert.X509Certificate;
import java.util.List;
import org.w3c.dom.Element;

/// Signs what service providers get, with a key for nothing else. A port: the key is held
/// elsewhere.
public interface SamlSigner {

  /// Puts an enveloped signature into an element, with [MessageSignature#sign].
  ///
  /// @param element has an `ID` and an `Issuer`
  void sign(Element element);

  /// RSA with SHA-256 over the content, as the redirect binding wants it.
  Bytes sign(Bytes content);

  /// Whom providers should believe, the key that signs now first.
  List<X509Certificate> certificates();
}
