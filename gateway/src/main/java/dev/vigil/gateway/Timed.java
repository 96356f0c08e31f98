// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

/// Something on an event loop that may have waited long enough.
interface Timed {

  /// Called some times a second with the monotonic clock.
  void sweep(long nanos);
}
