// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import java.util.function.Function;

/// The truth: a transactional store with one order of changes. A port; one contract suite runs on
/// every implementation.
public interface Store {

  /// Runs a change in the one order of all changes and returns once it is durable. If the body
  /// throws, nothing of it is kept and the exception is passed on. The body may run on another
  /// thread and must not wait for another change.
  ///
  /// @throws StoreUnavailable if the store cannot make it durable
  <T> T change(Function<? super Tx, ? extends T> body);

  /// Runs a query on a consistent state that holds every change returned so far.
  <T> T read(Function<? super View, ? extends T> query);

  /// The store could not do what was asked; nothing was changed.
  final class StoreUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
