// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import dev.vigil.kernel.Refusal;

/// Why a data folder or a database was not opened. Nothing in it was changed.
public enum StoreRefusal implements Refusal {
  FOLDER_UNUSABLE(
      "store.folder-unusable",
      "the data folder cannot be read or written",
      "check that it is a folder and belongs to the account that runs this server"),
  FOLDER_IN_USE(
      "store.folder-in-use",
      "another server has this data folder open",
      "stop the other server, or give this one its own folder"),
  FOLDER_NEWER(
      "store.folder-newer",
      "the data folder was written by a newer version",
      "start the newer version, or restore a backup made before the upgrade"),
  FOLDER_UNKNOWN(
      "store.folder-unknown",
      "the file `vigil.format` in the data folder is not one that any version writes",
      "check that this is the right folder; restore a backup if it is damaged"),
  DATABASE_OF_ANOTHER_KIND(
      "store.database-of-another-kind",
      "this data folder belongs with another kind of database",
      "start with the database that the folder was made with, or with an empty folder"),
  DATABASE_MISSING(
      "store.database-missing",
      "the data folder has lost its database file `vigil.db`",
      "restore a backup into an empty folder; an empty database is not made in its place"),
  DATABASE_NEWER(
      "store.database-newer",
      "the database was written by a newer or an unknown version",
      "start the newer version, or restore a backup made before the upgrade"),
  DATABASE_IN_USE(
      "store.database-in-use",
      "another server holds the database",
      "stop the other server; one database serves one server"),
  DATABASE_UNREACHABLE(
      "store.database-unreachable",
      "the database cannot be opened",
      "check that it runs, its address, and the account and password");

  private final Wording wording;

  StoreRefusal(String code, String says, String next) {
    this.wording = new Wording(code, 503, says, next);
  }

  @Override
  public Wording wording() {
    return wording;
  }
}
