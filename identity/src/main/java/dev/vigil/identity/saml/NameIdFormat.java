// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.saml;

import java.util.Arrays;
import java.util.Optional;

/// How a person is named to a provider (SAML Core section 8.3).
public enum NameIdFormat {
  /// Another opaque name at each provider, the same every time.
  PERSISTENT("urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"),
  /// An opaque name that is new every time.
  TRANSIENT("urn:oasis:names:tc:SAML:2.0:nameid-format:transient"),
  /// The user name, which must be an address.
  EMAIL("urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"),
  /// The user name.
  UNSPECIFIED("urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified");

  private final String uri;

  NameIdFormat(String uri) {
    this.uri = uri;
  }

  /// The name on the wire.
  public String uri() {
    return uri;
  }

  static Optional<NameIdFormat> of(String uri) {
    return Arrays.stream(values()).filter(one -> one.uri.equals(uri)).findFirst();
  }
}
