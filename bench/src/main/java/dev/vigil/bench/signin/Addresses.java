// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.signin;

/// Loopback addresses, one for each person's network.
final class Addresses {

  private static final int EACH = 250;

  private Addresses() {}

  /// The address of the person of this number.
  static String of(int person) {
    return "127.32.%d.%d".formatted(person / EACH, 1 + person % EACH);
  }
}
