// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation.android;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;

/// One `AuthorizationList` of the schema, as far as it is used.
///
/// @param open whether the key signs without its person (`noAuthRequired`)
/// @param unlockedBy bits of `userAuthType`: 1 a password, 2 a fingerprint or face
/// @param patched `osPatchLevel`, `vendorPatchLevel` and `bootPatchLevel`
/// @param names what the device is called (`attestationId...`), by name
record Authorizations(
    Set<Long> purposes,
    Optional<Long> origin,
    boolean open,
    Optional<Long> unlockedBy,
    Optional<Long> version,
    Levels patched,
    Map<String, String> names) {

  private static final Map<String, Integer> NAMES =
      Map.of(
          "brand",
          710,
          "device",
          711,
          "product",
          712,
          "serial_number",
          713,
          "imei",
          714,
          "meid",
          715,
          "manufacturer",
          716,
          "model",
          717,
          "second_imei",
          723);

  /// Patch levels as numbers, `YYYYMM` or `YYYYMMDD`.
  record Levels(Optional<Long> system, Optional<Long> vendor, Optional<Long> boot) {}

  Authorizations {
    purposes = Set.copyOf(purposes);
    names = Map.copyOf(names);
  }

  static Authorizations of(Tagged list) {
    var names = new LinkedHashMap<String, String>();
    NAMES.forEach((name, tag) ->
        list.value(tag)
            .map(value -> Asn1.utf8(Asn1.octets(value)))
            .ifPresent(text -> names.put(name, text)));
    return new Authorizations(
        list.value(Tagged.PURPOSE).map(Asn1::numbers).orElse(Set.of()),
        number(list, Tagged.ORIGIN),
        list.granted(Tagged.NO_AUTH_REQUIRED),
        number(list, Tagged.USER_AUTH_TYPE),
        number(list, Tagged.OS_VERSION),
        new Levels(
            number(list, Tagged.OS_PATCH_LEVEL),
            number(list, Tagged.VENDOR_PATCH_LEVEL),
            number(list, Tagged.BOOT_PATCH_LEVEL)),
        names);
  }

  private static Optional<Long> number(Tagged list, int tag) {
    Optional<ASN1Encodable> value = list.value(tag);
    return value.map(Asn1::number);
  }
}
