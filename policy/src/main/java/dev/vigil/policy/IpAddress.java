// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// An IPv4 or IPv6 address, never a name; an IPv4-mapped IPv6 address is its IPv4 address.
public record IpAddress(InetAddress address) {

  /// Reads an address literal; nothing is looked up.
  ///
  /// @throws IllegalArgumentException if the text is not an address literal
  public static IpAddress parse(String text) {
    try {
      return new IpAddress(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("`" + text + "` is not an IP address", e);
    }
  }

  /// The address of 4 or 16 bytes.
  ///
  /// @throws IllegalArgumentException if there is another number of bytes
  public static IpAddress of(byte[] bytes) {
    try {
      return new IpAddress(InetAddress.getByAddress(bytes));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an IP address has 4 or 16 bytes, not " + bytes.length, e);
    }
  }

  @Override
  public String toString() {
    return address.getHostAddress();
  }
}
