// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports;

import dev.vigil.policy.IpAddress;
import dev.vigil.policy.condition.Network;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Networks as others write them, in the notation that locations take.
public final class Ranges {

  private static final int MOST = 256;

  private Ranges() {}

  /// A network in CIDR notation; bits set behind the prefix are cleared, which names the same
  /// network. Empty if it is no network.
  public static Optional<String> network(String cidr) {
    int slash = cidr.indexOf('/');
    try {
      var address = IpAddress.parse(slash < 0 ? cidr : cidr.substring(0, slash));
      byte[] bytes = address.address().getAddress();
      if (slash < 0) return Optional.of(Network.parse(cidr).toString());
      if (!cidr.substring(slash + 1).matches("[0-9]{1,3}")) return Optional.empty();
      int prefix = Integer.parseInt(cidr.substring(slash + 1));
      if (prefix > bytes.length * 8) return Optional.empty();
      for (int bit = prefix; bit < bytes.length * 8; bit++)
        bytes[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
      return Optional.of(Network.parse(IpAddress.of(bytes) + "/" + prefix).toString());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// The networks that make up a range from its first to its last address; empty if it is no range
  /// or needs too many.
  public static List<String> between(String first, String last) {
    try {
      byte[] low = IpAddress.parse(first).address().getAddress();
      byte[] high = IpAddress.parse(last).address().getAddress();
      if (low.length != high.length) return List.of();
      return between(new BigInteger(1, low), new BigInteger(1, high), low.length * 8);
    } catch (IllegalArgumentException e) {
      return List.of();
    }
  }

  private static List<String> between(BigInteger first, BigInteger last, int width) {
    var networks = new ArrayList<String>();
    var at = first;
    while (at.compareTo(last) <= 0) {
      if (networks.size() == MOST) return List.of();
      int free = at.signum() == 0 ? width : Math.min(width, at.getLowestSetBit());
      while (at.add(BigInteger.ONE.shiftLeft(free)).subtract(BigInteger.ONE).compareTo(last) > 0)
        free--;
      networks.add(new Network(address(at, width), width - free).toString());
      at = at.add(BigInteger.ONE.shiftLeft(free));
    }
    return networks;
  }

  private static IpAddress address(BigInteger number, int width) {
    byte[] bytes = new byte[width / 8];
    byte[] digits = number.toByteArray();
    int from = Math.max(0, digits.length - bytes.length);
    var significant = Arrays.copyOfRange(digits, from, digits.length);
    System.arraycopy(significant, 0, bytes, bytes.length - significant.length, significant.length);
    return IpAddress.of(bytes);
  }
}
