// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.condition;

import dev.vigil.policy.IpAddress;

/// A range of addresses in CIDR notation (RFC 4632, RFC 4291 section 2.3), such as `10.0.0.0/8`.
public record Network(IpAddress first, int prefix) {

  /// Reads CIDR notation; a lone address is the range of itself.
  ///
  /// @throws IllegalArgumentException if it is anything else, or has bits set behind the prefix
  public static Network parse(String text) {
    int slash = text.indexOf('/');
    var first = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
    int width = first.address().getAddress().length * 8;
    int prefix = slash < 0 ? width : prefix(text, text.substring(slash + 1), width);
    var network = new Network(first, prefix);
    if (!network.startsAt(first)) {
      throw new IllegalArgumentException(
          "`"
              + text
              + "` has bits set behind its prefix; the network begins at "
              + network.start()
              + "/"
              + prefix);
    }
    return network;
  }

  private static int prefix(String text, String digits, int width) {
    if (!digits.isEmpty()
        && digits.length() <= 3
        && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      int prefix = Integer.parseInt(digits);
      if (prefix <= width) return prefix;
    }
    throw new IllegalArgumentException(
        "`" + text + "` needs a prefix length of 0 to " + width + " behind the slash");
  }

  private boolean startsAt(IpAddress address) {
    return start().equals(address);
  }

  private IpAddress start() {
    byte[] bytes = first.address().getAddress();
    for (int bit = prefix; bit < bytes.length * 8; bit++)
      bytes[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
    return IpAddress.of(bytes);
  }

  /// Whether the address lies in the range; an address of the other family never does.
  public boolean contains(IpAddress address) {
    return first.sharesPrefix(address, prefix);
  }

  @Override
  public String toString() {
    return first + "/" + prefix;
  }
}
