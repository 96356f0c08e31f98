// SPDX-License-Identifier: Apache-2.0
package dev.vigil.keys;

import dev.vigil.identity.saml.MessageSignature;
import dev.vigil.identity.saml.SamlSigner;
import dev.vigil.kernel.Bytes;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import org.w3c.dom.Element;

/// Signs SAML messages with a key of its own.
public final class SamlKey implements SamlSigner {

  private final KeyRing keys;

  public SamlKey(KeyRing keys) {
    this.keys = keys;
  }

  @Override
  public void sign(Element element) {
    var key = keys.saml();
    MessageSignature.sign(element, key.privateKey(), key.certificate());
  }

  @Override
  public Bytes sign(Bytes content) {
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.saml().privateKey());
      signature.update(content.toArray());
      return Bytes.of(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key of ours cannot sign", e);
    }
  }

  @Override
  public List<X509Certificate> certificates() {
    return List.of(keys.saml().certificate());
  }
}
