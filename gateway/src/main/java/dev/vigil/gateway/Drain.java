// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

/// Tells a connection that the gateway is closing.
enum Drain {
  NOW
}
