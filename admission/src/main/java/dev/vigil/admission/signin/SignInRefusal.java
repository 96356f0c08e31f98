// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.signin;

import dev.vigil.kernel.Refusal;

/// Why a page could not do what the person came for.
public enum SignInRefusal implements Refusal {
  VISIT(
      "sign-in.visit", "this sign-in has expired or was finished", "start again from the app", 410),
  CHALLENGE("sign-in.challenge", "this try has expired or was answered already", "try again", 409),
  TICKET(
      "sign-in.ticket",
      "this link has expired or was used",
      "ask an administrator for a new one",
      410),
  ADMINISTRATOR_EXISTS(
      "sign-in.administrator-exists",
      "there is or was an administrator already",
      "ask an administrator for an invitation",
      409),
  PASS(
      "sign-in.pass",
      "this user name and temporary access pass do not belong together, or the pass was used or has"
          + " expired",
      "check both, or ask your help desk for a new pass",
      403),
  PASS_LIFE(
      "sign-in.pass-life",
      "a temporary access pass lasts 5 minutes to 8 hours",
      "choose a life in between",
      422),
  PASS_FOR_ADMINISTRATOR(
      "sign-in.pass-for-administrator",
      "whoever can give this person a pass could become an administrator",
      "ask an administrator to give it",
      403),
  AGAIN(
      "sign-in.again",
      "this needs your passkey once more: it was last used more than ten minutes ago",
      "sign in again",
      401),
  ONLY_VOUCHED_FOR(
      "sign-in.only-vouched-for",
      "a sign-in through another provider cannot make a passkey",
      "sign in with a passkey first, or ask an administrator for an invitation",
      403),
  NOT_ACTIVE(
      "sign-in.not-active", "this person may not sign in any more", "ask an administrator", 403);

  private final Wording wording;

  SignInRefusal(String code, String says, String next, int status) {
    this.wording = new Wording(code, status, says, next);
  }

  @Override
  public Wording wording() {
    return wording;
  }
}
