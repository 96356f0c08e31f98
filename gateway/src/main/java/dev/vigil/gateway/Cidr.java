// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import dev.vigil.policy.IpAddress;

/// A block of addresses, such as `10.0.0.0/8`. IPv4 and IPv6 never match each other.
public record Cidr(IpAddress network, int prefix) {

  /// @throws IllegalArgumentException if the prefix is longer than the address
  public Cidr {
    if (prefix < 0 || prefix > network.address().getAddress().length * Byte.SIZE) {
      throw new IllegalArgumentException("`" + prefix + "` is not a prefix length of " + network);
    }
  }

  /// Reads `address/prefix`, or an address alone.
  ///
  /// @throws IllegalArgumentException if the text is neither
  public static Cidr parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      var one = IpAddress.parse(text);
      return new Cidr(one, one.address().getAddress().length * Byte.SIZE);
    }
    try {
      return new Cidr(
          IpAddress.parse(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "`" + text + "` is not an address block such as 10.0.0.0/8", e);
    }
  }

  /// Whether the address lies in the block.
  public boolean contains(IpAddress other) {
    byte[] mine = network.address().getAddress();
    byte[] theirs = other.address().getAddress();
    if (mine.length != theirs.length) return false;
    for (int bit = 0; bit < prefix; bit += Byte.SIZE) {
      int mask = 0xff << Math.max(0, Byte.SIZE - (prefix - bit));
      if (((mine[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask & 0xff) != 0) return false;
    }
    return true;
  }
}
