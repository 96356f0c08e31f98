// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.saml;

/// The names that SAML 2.0 and XML Signature give to things.
final class Uris {

  static final String PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";
  static final String ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";
  static final String METADATA = "urn:oasis:names:tc:SAML:2.0:metadata";
  static final String SIGNATURE = "http://www.w3.org/2000/09/xmldsig#";

  static final String POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";
  static final String REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
  static final String DEFLATE = "urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE";

  static final String STATUS = "urn:oasis:names:tc:SAML:2.0:status:";
  static final String BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
  static final String NAME_BASIC = "urn:oasis:names:tc:SAML:2.0:attrname-format:basic";

  static final String RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

  private Uris() {}
}
