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
      "ask an administrator for an invitation, or run `vigil admin recover` on the server",
      409),
  USER_NAME(
      "sign-in.user-name",
      "the user name must be 3 to 254 of a-z, 0-9 and . _ % + @ -",
      "correct the user name",
      400),
  DISPLAY_NAME(
      "sign-in.display-name", "the name must be 1 to 200 characters", "correct the name", 400),
  USER_NAME_TAKEN(
      "sign-in.user-name-taken",
      "there is somebody with this user name already",
      "choose another user name",
      409),
  NO_PERSON("sign-in.no-person", "there is no such person", "check the name", 404);

  private final String code;
  private final String says;
  private final String next;
  private final int status;

  SignInRefusal(String code, String says, String next, int status) {
    this.code = code;
    this.says = says;
    this.next = next;
    this.status = status;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public String says() {
    return says;
  }

  @Override
  public String next() {
    return next;
  }

  @Override
  public int status() {
    return status;
  }
}
