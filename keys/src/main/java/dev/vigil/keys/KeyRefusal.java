// SPDX-License-Identifier: Apache-2.0
package dev.vigil.keys;

import dev.vigil.kernel.Refusal;

/// Why the key store does not do what was asked.
public enum KeyRefusal implements Refusal {
  PASSWORD_SHORT(
      400,
      "keys.password-short",
      "the key store's password has fewer than 16 bytes",
      "choose a longer password, best 32 random bytes in text"),
  NOT_OPENED(
      503,
      "keys.not-opened",
      "the key store does not open: the password is another one, or the file was changed",
      "give the password it was made with, or restore the file from a backup"),
  DAMAGED(
      503,
      "keys.damaged",
      "the key store's file is damaged or not protected against changes",
      "restore the file from a backup"),
  TOO_OPEN(
      503,
      "keys.too-open",
      "others on this machine may read the key store",
      "set the folder to mode 0700 and the file to mode 0600, then rotate the keys"),
  UNREADABLE(
      503,
      "keys.unreadable",
      "the key store cannot be read or written",
      "check the folder's owner, its mode and the free space"),
  TOKEN_AWAY(
      503,
      "keys.token-away",
      "the PKCS#11 token with the authorities' keys cannot be used",
      "bring it back, or see `docs/keys.md`"),
  ROOT_IN_TOKEN(
      409,
      "keys.root-in-token",
      "the root key is in the PKCS#11 token and never leaves it",
      "copy the token with its maker's own tools"),
  ROOT_AWAY(
      409,
      "keys.root-away",
      "the root key was removed from this machine",
      "restore it from its export first"),
  ROOT_PRESENT(
      409, "keys.root-present", "the root key is here already", "nothing needs to be restored"),
  ROOT_OF_ANOTHER(
      400,
      "keys.root-of-another",
      "the export holds the root key of another installation",
      "give the export made by this one"),
  PURPOSE_UNKNOWN(
      404, "keys.unknown", "there is no such key", "list the keys and name one of them"),
  ROOT_NOT_ROTATED(
      409,
      "keys.root-not-rotated",
      "the root key is not rotated: every device trusts it",
      "set up a new installation instead");

  private final Wording wording;

  KeyRefusal(int status, String code, String says, String next) {
    this.wording = new Wording(code, status, says, next);
  }

  @Override
  public Wording wording() {
    return wording;
  }
}
