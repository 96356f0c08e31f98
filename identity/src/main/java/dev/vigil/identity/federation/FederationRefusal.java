// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.federation;

import dev.vigil.kernel.Refusal;

/// Why a sign-in through another provider came to nothing.
public enum FederationRefusal implements Refusal {
  PROVIDER(
      "federation.provider", "there is no provider of this name", "choose one on the page", 404),
  UNREACHABLE(
      "federation.unreachable",
      "this provider cannot be reached at the moment",
      "try again shortly, or sign in another way",
      503),
  DISCOVERY(
      "federation.discovery",
      "what this provider says of itself does not fit its configuration",
      "tell an administrator; other ways to sign in still work",
      503),
  STATE(
      "federation.state",
      "this answer belongs to no sign-in of this browser",
      "start again from the app",
      400),
  MIX_UP(
      "federation.mix-up",
      "the answer came from another provider than the one that was asked",
      "start again from the app; tell an administrator if it happens again",
      400),
  DECLINED(
      "federation.declined",
      "the provider was not allowed to say who this is",
      "try again and agree there, or sign in another way",
      403),
  PROVIDER_REFUSED(
      "federation.provider-refused",
      "the provider could not sign this person in",
      "try again, or ask the help desk of the provider",
      403),
  PROVIDER_BUSY(
      "federation.provider-busy",
      "the provider has trouble at the moment",
      "try again shortly, or sign in another way",
      503),
  EXCHANGE(
      "federation.exchange",
      "the provider did not take the code back",
      "start again; tell an administrator if it happens again",
      502),
  TOKEN(
      "federation.token",
      "the provider's token is malformed or lacks a claim",
      "tell an administrator",
      502),
  HEADER(
      "federation.header",
      "the provider's token brings a key or names one elsewhere",
      "tell an administrator",
      502),
  ALGORITHM(
      "federation.algorithm",
      "the provider's token is not signed with an accepted algorithm",
      "set RS256, PS256 or ES256 at the provider",
      502),
  SIGNATURE(
      "federation.signature",
      "the provider's token is not signed by one of its keys",
      "tell an administrator",
      502),
  ISSUER(
      "federation.issuer",
      "the token was issued by another provider",
      "tell an administrator",
      403),
  TENANT(
      "federation.tenant",
      "people of this organisation may not sign in here",
      "sign in with an account of an organisation that may",
      403),
  AUDIENCE(
      "federation.audience",
      "the token was issued for another application",
      "tell an administrator",
      403),
  EXPIRED(
      "federation.expired",
      "the token has expired or is from the future",
      "start again; check the clocks if it happens again",
      403),
  NONCE(
      "federation.nonce", "the token belongs to another sign-in", "start again from the app", 403),
  STALE(
      "federation.stale",
      "the person signed in at the provider too long ago",
      "start again and sign in there afresh",
      403),
  NOT_LINKED(
      "federation.not-linked",
      "nobody here is linked to this account",
      "ask an administrator for an invitation and link the account there",
      403),
  NAME_TAKEN(
      "federation.name-taken",
      "somebody here has this user name already, and names are never linked",
      "sign in with a passkey and link the account, or ask an administrator for an invitation",
      409),
  LINKED_ELSEWHERE(
      "federation.linked-elsewhere",
      "this account is linked to somebody else",
      "use another account, or ask an administrator",
      409),
  INACTIVE(
      "federation.inactive", "this person may not sign in any more", "ask an administrator", 403),
  TOO_WEAK(
      "federation.too-weak",
      "this asks for a passkey, and another provider's word is none",
      "use your passkey",
      403),
  LOGOUT_TOKEN(
      "federation.logout-token",
      "the logout token is not valid",
      "send one as OpenID Back-Channel Logout section 2.4 says",
      400);

  private final Wording wording;

  FederationRefusal(String code, String says, String next, int status) {
    this.wording = new Wording(code, status, says, next);
  }

  @Override
  public Wording wording() {
    return wording;
  }
}
