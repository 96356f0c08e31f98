// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.passkey;

import dev.vigil.kernel.Refusal;

/// Why a passkey was not renamed or removed.
public enum PasskeysRefusal implements Refusal {
  NO_SUCH_PASSKEY(
      "passkeys.unknown",
      "there is no such passkey",
      "list the passkeys and take an id from it",
      404),
  LAST_PASSKEY(
      "passkeys.last",
      "this is the only passkey, and without it there would be no way to sign in",
      "register another one first, or ask an administrator to remove it",
      409),
  LAST_ADMINISTRATOR(
      "passkeys.last-administrator",
      "this is the only passkey of the only administrator who can sign in",
      "register another one first",
      409),
  NAME_FORM(
      "passkeys.name",
      "a passkey's name is one line of at most 80 characters",
      "choose another name, such as `blue key`",
      400);

  private final Wording wording;

  PasskeysRefusal(String code, String says, String next, int status) {
    this.wording = new Wording(code, status, says, next);
  }

  @Override
  public Wording wording() {
    return wording;
  }
}
