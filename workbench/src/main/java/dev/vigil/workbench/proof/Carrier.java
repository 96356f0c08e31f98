// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import dev.vigil.policy.IpAddress;
import dev.vigil.policy.Version;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;

/// How values that have an order become integers of the same order, and back. Between two
/// neighbours there is no integer that no value stands for, except where [#exists] says so.
enum Carrier {
  /// As it is.
  INTEGER(BigInteger.valueOf(Long.MIN_VALUE), BigInteger.valueOf(Long.MAX_VALUE)),
  /// The rank among all numbers of IEEE 754 binary64 but NaN; -0.0 is -1, right below 0.0.
  DECIMAL(rank(Double.NEGATIVE_INFINITY), rank(Double.POSITIVE_INFINITY)),
  /// Six numbers of nine digits.
  VERSION(BigInteger.ZERO, BigInteger.TEN.pow(54).subtract(BigInteger.ONE)),
  /// Days since 1970.
  DATE(
      BigInteger.valueOf(LocalDate.MIN.toEpochDay()),
      BigInteger.valueOf(LocalDate.MAX.toEpochDay())),
  /// Nanoseconds since 1970.
  TIMESTAMP(nanos(Instant.MIN), nanos(Instant.MAX)),
  /// Nanoseconds.
  DURATION(nanos(Long.MIN_VALUE, 0), nanos(Long.MAX_VALUE, 999_999_999)),
  /// IPv4 as it is, IPv6 above 2^128.
  ADDRESS(BigInteger.ZERO, BigInteger.TWO.pow(129).subtract(BigInteger.ONE));

  static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);

  private static final int PARTS = 6;
  private static final BigInteger PART = BigInteger.valueOf(1_000_000_000);
  private static final BigInteger IPV6 = BigInteger.TWO.pow(128);
  private static final BigInteger IPV4_END = BigInteger.TWO.pow(32);
  private static final BigInteger MAPPED = IPV6.add(BigInteger.valueOf(0xffffL).shiftLeft(32));

  private final BigInteger least;
  private final BigInteger most;

  Carrier(BigInteger least, BigInteger most) {
    this.least = least;
    this.most = most;
  }

  BigInteger of(Object value) {
    return switch (value) {
      case Long number -> BigInteger.valueOf(number);
      case Double number -> rank(number);
      case Version version -> number(version);
      case LocalDate date -> BigInteger.valueOf(date.toEpochDay());
      case Instant time -> nanos(time);
      case Duration duration -> nanos(duration.getSeconds(), duration.getNano());
      case IpAddress address -> number(address.address().getAddress());
      default -> throw new Outside.Reached("a constant `" + value + "`");
    };
  }

  Object back(BigInteger number) {
    return switch (this) {
      case INTEGER -> number.longValueExact();
      case DECIMAL -> unrank(number);
      case VERSION -> version(number);
      case DATE -> LocalDate.ofEpochDay(number.longValueExact());
      case TIMESTAMP -> time(number);
      case DURATION -> {
        var parts = floor(number);
        yield Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValueExact());
      }
      case ADDRESS -> address(number);
    };
  }

  /// That some value stands for the integer.
  String exists(String term) {
    var within = Smt.between(term, least, most);
    if (this != ADDRESS) return within;
    var mapped = Smt.between(term, MAPPED, MAPPED.add(IPV4_END).subtract(BigInteger.ONE));
    var gap = Smt.between(term, IPV4_END, IPV6.subtract(BigInteger.ONE));
    return Smt.and(within, Smt.not(gap), Smt.not(mapped));
  }

  static BigInteger nanos(Instant time) {
    return nanos(time.getEpochSecond(), time.getNano());
  }

  private static BigInteger nanos(long seconds, long nanos) {
    return BigInteger.valueOf(seconds)
        .multiply(BigInteger.valueOf(1_000_000_000))
        .add(BigInteger.valueOf(nanos));
  }

  static Instant time(BigInteger nanos) {
    var parts = floor(nanos);
    return Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValueExact());
  }

  private static BigInteger[] floor(BigInteger nanos) {
    var rest = nanos.mod(NANOS);
    return new BigInteger[] {nanos.subtract(rest).divide(NANOS), rest};
  }

  private static BigInteger rank(double number) {
    long bits = Double.doubleToRawLongBits(number);
    long size = bits & Long.MAX_VALUE;
    return BigInteger.valueOf(bits < 0 ? -size - 1 : size);
  }

  private static double unrank(BigInteger rank) {
    long number = rank.longValueExact();
    return Double.longBitsToDouble(number < 0 ? (-number - 1) | Long.MIN_VALUE : number);
  }

  private static BigInteger number(Version version) {
    var parts = version.parts();
    if (parts.size() > PARTS) throw new Outside.Reached("the version `" + version + "`");
    var number = BigInteger.ZERO;
    for (int i = 0; i < PARTS; i++) {
      int part = i < parts.size() ? parts.get(i) : 0;
      if (part < 0 || part >= PART.intValue())
        throw new Outside.Reached("the version `" + version + "`");
      number = number.multiply(PART).add(BigInteger.valueOf(part));
    }
    return number;
  }

  private static Version version(BigInteger number) {
    var parts = new ArrayList<Integer>();
    for (var left = number; parts.size() < PARTS; left = left.divide(PART))
      parts.addFirst(left.mod(PART).intValueExact());
    while (parts.size() > 1 && parts.getLast() == 0) parts.removeLast();
    return new Version(parts);
  }

  /// The number of an address, or of the first one of a network.
  static BigInteger number(byte[] address) {
    var number = new BigInteger(1, address);
    return address.length == 4 ? number : number.add(IPV6);
  }

  private static IpAddress address(BigInteger number) {
    int width = number.compareTo(IPV4_END) < 0 ? 4 : 16;
    byte[] digits = (width == 4 ? number : number.subtract(IPV6)).toByteArray();
    byte[] bytes = new byte[width];
    int length = Math.min(digits.length, width);
    System.arraycopy(digits, digits.length - length, bytes, width - length, length);
    return IpAddress.of(bytes);
  }
}
