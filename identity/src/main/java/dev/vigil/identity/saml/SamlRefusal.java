// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.saml;

import dev.vigil.kernel.Refusal;

/// Why a message or the metadata of a service provider was not taken (SAML 2.0 Core, Bindings,
/// Metadata; XML Signature).
public enum SamlRefusal implements Refusal {
  XML("saml.xml", "this is no XML that is read here", 400),
  TOO_LARGE("saml.too-large", "the message is too large", 400),
  ENCODING("saml.encoding", "the message is not encoded as its binding asks", 400),
  MESSAGE("saml.message", "the message lacks something, or has it in another form", 400),
  PROVIDER(
      "saml.provider",
      "this service provider is not registered here",
      403,
      "ask an administrator to register it with `vigil saml add`"),
  UNSIGNED("saml.unsigned", "the message is not signed, and it must be", 403, SamlRefusal.COMPARE),
  SIGNATURE(
      "saml.signature",
      "the signature is not by a key in the provider's metadata",
      403,
      SamlRefusal.COMPARE),
  WRAPPED("saml.wrapped", "the signature covers something other than the message", 403),
  ALGORITHM(
      "saml.algorithm",
      "the signature uses an algorithm that is not accepted",
      403,
      SamlRefusal.COMPARE),
  DESTINATION("saml.destination", "the message was meant for another address", 403),
  STALE(
      "saml.stale",
      "the message was made too long ago, or in the future",
      403,
      "go back to the app and sign in again; if it stays, compare the clocks"),
  REPLAYED("saml.replayed", "a message with this ID came before", 403, SamlRefusal.AGAIN),
  ACS(
      "saml.acs",
      "the answer would go to an address that is not in the metadata",
      403,
      SamlRefusal.COMPARE),
  RELAY_STATE("saml.relay-state", "the relay state is longer than 1024 bytes", 400),
  NAME_ID("saml.name-id", "names of this format are not given to this provider", 403),
  METADATA(
      "saml.metadata",
      "these are not the metadata of one SAML 2.0 service provider",
      400,
      "download the service provider's own metadata file and try again"),
  UNSOLICITED(
      "saml.unsolicited",
      "sign-in must begin at the app: this provider takes no other",
      403,
      SamlRefusal.AGAIN),
  REQUEST("saml.request", "this sign-in is over, or never began", 400, SamlRefusal.AGAIN),
  LOGOUT("saml.logout", "nobody is signed in there by this name and session", 403);

  private static final String COMPARE =
      "ask an administrator to compare the app's SAML settings with its registered metadata";
  private static final String AGAIN = "go back to the app and sign in again";

  private final Wording wording;

  SamlRefusal(String code, String says, int status) {
    this(code, says, status, "go back to the app and try again; if it stays, ask an administrator");
  }

  SamlRefusal(String code, String says, int status, String next) {
    this.wording = new Wording(code, status, says, next);
  }

  @Override
  public Wording wording() {
    return wording;
  }
}
