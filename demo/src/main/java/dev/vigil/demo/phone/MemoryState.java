// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.phone;

import dev.vigil.sdk.port.Body;
import dev.vigil.sdk.port.StateStore;
import java.util.Optional;

/// A store that forgets everything when the process ends.
public final class MemoryState implements StateStore {

  private Optional<Body> state = Optional.empty();

  @Override
  public synchronized Optional<byte[]> load() {
    return state.map(Body::bytes);
  }

  @Override
  public synchronized void save(byte[] bytes) {
    state = Optional.of(Body.of(bytes));
  }

  @Override
  public synchronized void clear() {
    state = Optional.empty();
  }
}
