// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.signin;

import dev.vigil.bench.Child;
import java.util.function.LongSupplier;

/// A running server with an app and people who sign in to it.
///
/// Closing it ends the app, not the server.
///
/// @param asked how many requests the people's browsers have made
record Site(String name, Child server, App app, People people, LongSupplier asked)
    implements AutoCloseable {

  /// How many requests app and browsers have made.
  long requests() {
    return app.requests() + asked.getAsLong();
  }

  @Override
  public void close() {
    app.close();
  }
}
