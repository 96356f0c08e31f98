// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import dev.vigil.kernel.Secret;
import java.util.Locale;

/// Where the truth is kept.
public sealed interface Database {

  /// One file in the data folder.
  record Sqlite() implements Database {}

  /// A PostgreSQL server; one database serves one Vigil.
  ///
  /// @param url a JDBC URL such as `jdbc:postgresql://db.example/vigil`, without user name and
  ///   password
  record Postgres(String url, String user, Secret password) implements Database {

    /// @throws IllegalArgumentException if it is no PostgreSQL URL or carries a password, which
    ///   would end up in logs
    public Postgres {
      if (!url.startsWith("jdbc:postgresql:"))
        throw new IllegalArgumentException("a PostgreSQL URL starts with `jdbc:postgresql:`");
      if (url.toLowerCase(Locale.ROOT).contains("password="))
        throw new IllegalArgumentException("the database's password does not belong in its URL");
    }
  }

  /// The name in the data folder's format file.
  default String label() {
    return switch (this) {
      case Sqlite _ -> "sqlite";
      case Postgres _ -> "postgresql";
    };
  }
}
