// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import dev.vigil.kernel.AppId;
import java.net.URI;
import java.util.List;
import java.util.Set;

/// A protected enterprise application.
///
/// @param host the host name by which phones reach it through the gateway, lower case
/// @param upstream where it really is: scheme `http` or `https`, host and port
/// @param sensitivity `low`, `normal`, `high` or `critical`
/// @param transactions the requests that are transactions, which a person may have to approve one
///   by one
public record App(
    AppId id,
    String host,
    URI upstream,
    String sensitivity,
    Set<String> tags,
    List<Transaction> transactions) {

  public App {
    tags = Set.copyOf(tags);
    transactions = List.copyOf(transactions);
  }

  /// A request that is a transaction.
  ///
  /// @param path the exact normalised path
  /// @param shown the members of the JSON body that the person sees before approval, in order
  public record Transaction(String method, String path, List<String> shown) {

    public Transaction {
      shown = List.copyOf(shown);
    }
  }
}
