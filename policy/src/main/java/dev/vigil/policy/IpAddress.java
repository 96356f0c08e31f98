// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/// An IPv4 or IPv6 address, never a name; an IPv4-mapped IPv6 address is its IPv4 address.
public final class IpAddress {

  private static final int IPV4_BYTES = 4;

  private final InetAddress address;

  // The address as one number of 128 bits, an IPv4 address in front.
  private final int width;
  private final long high;
  private final long low;

  /// The same address.
  public IpAddress(InetAddress address) {
    var bytes = ByteBuffer.wrap(address.getAddress());
    this.address = address;
    this.width = bytes.remaining() * Byte.SIZE;
    this.high =
        bytes.remaining() == IPV4_BYTES ? (long) bytes.getInt() << Integer.SIZE : bytes.getLong();
    this.low = bytes.hasRemaining() ? bytes.getLong() : 0;
  }

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

  /// The address as the platform has it.
  public InetAddress address() {
    return address;
  }

  /// Whether both are of one family and begin with the same bits.
  ///
  /// @param bits how many, 0 to 128
  public boolean sharesPrefix(IpAddress other, int bits) {
    if (width != other.width) return false;
    if (bits <= Long.SIZE) return ((high ^ other.high) & first(bits)) == 0;
    return high == other.high && ((low ^ other.low) & first(bits - Long.SIZE)) == 0;
  }

  private static long first(int bits) {
    return bits == 0 ? 0 : -1L << (Long.SIZE - bits);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IpAddress that && address.equals(that.address);
  }

  @Override
  public int hashCode() {
    return address.hashCode();
  }

  @Override
  public String toString() {
    return address.getHostAddress();
  }
}
