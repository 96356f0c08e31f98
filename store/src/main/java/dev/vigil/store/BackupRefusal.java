// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import dev.vigil.kernel.Refusal;

/// Why a backup was not made or not restored. Nothing half-done is left behind.
public enum BackupRefusal implements Refusal {
  TARGET_EXISTS(
      409,
      "backup.target-exists",
      "there is already a file of this name",
      "choose another name; a backup replaces nothing"),
  NOT_A_DATA_FOLDER(
      409,
      "backup.not-a-data-folder",
      "this is not a data folder",
      "name the folder that the server was started with"),
  TRUTH_ELSEWHERE(
      409,
      "backup.truth-elsewhere",
      "this data folder keeps its truth in PostgreSQL",
      "back the database up with PostgreSQL's own means, and the folder as files"),
  NOT_WRITTEN(
      503,
      "backup.not-written",
      "the files could not be read or written",
      "check the space on the disk and who may write there"),
  FOLDER_NOT_EMPTY(
      409,
      "backup.folder-not-empty",
      "the folder to restore into is not empty",
      "name a folder that is empty or not there yet"),
  WRONG_PASSWORD(
      403,
      "backup.wrong-password",
      "the password does not open this backup, or the beginning of the file is damaged",
      "try again with the password it was made with"),
  DAMAGED(
      409,
      "backup.damaged",
      "the file is not a whole backup: it was changed or cut short",
      "take another copy of the file");

  private final Wording wording;

  BackupRefusal(int status, String code, String says, String next) {
    this.wording = new Wording(code, status, says, next);
  }

  @Override
  public Wording wording() {
    return wording;
  }
}
