// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.passkey;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// How an authenticator verified the person, in FIDO's words (FIDO Registry, section 3.1) and in
/// those of RFC 8176.
enum Verification {
  PRESENCE(0x1, "presence_internal", ""),
  FINGERPRINT(0x2, "fingerprint_internal", "fpt"),
  PASSCODE(0x4, "passcode_internal", "pin"),
  VOICE(0x8, "voiceprint_internal", "vbm"),
  FACE(0x10, "faceprint_internal", "face"),
  LOCATION(0x20, "location_internal", "geo"),
  EYE(0x40, "eyeprint_internal", "iris"),
  PATTERN(0x80, "pattern_internal", "pin"),
  /// RFC 8176 has no word for a hand.
  HAND(0x100, "handprint_internal", ""),
  NONE(0x200, "none", ""),
  /// Several together, which ones it does not say.
  ALL(0x400, "all", ""),
  PASSCODE_OUTSIDE(0x800, "passcode_external", "pin"),
  PATTERN_OUTSIDE(0x1000, "pattern_external", "pin");

  private final long number;
  private final String label;
  private final String method;

  Verification(long number, String label, String method) {
    this.number = number;
    this.label = label;
    this.method = method;
  }

  static Optional<Verification> labelled(String label) {
    for (var each : values()) if (each.label.equals(label)) return Optional.of(each);
    return Optional.empty();
  }

  static Optional<Verification> numbered(long number) {
    for (var each : values()) if (each.number == number) return Optional.of(each);
    return Optional.empty();
  }

  /// The RFC 8176 value if everything that verifies a person here has the same one. A touch or
  /// nothing at all verifies nobody and does not count; what has no word leaves the whole unknown.
  static Set<String> only(Collection<Verification> ways) {
    var methods = new LinkedHashSet<String>();
    for (var way : ways) if (way != PRESENCE && way != NONE) methods.add(way.method);
    return methods.size() == 1 && !methods.contains("") ? Set.copyOf(methods) : Set.of();
  }
}
