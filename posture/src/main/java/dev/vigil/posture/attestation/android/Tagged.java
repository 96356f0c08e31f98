// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation.android;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Null;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;

/// The values of an `AuthorizationList` by tag, each at most once, in any order: not every phone
/// keeps that of the schema. Tags that nobody asks for are not looked into, so that newer schemas
/// may add some.
record Tagged(Map<Integer, ASN1Encodable> values) {

  static final int PURPOSE = 1;
  static final int NO_AUTH_REQUIRED = 503;
  static final int USER_AUTH_TYPE = 504;
  static final int ORIGIN = 702;
  static final int ROOT_OF_TRUST = 704;
  static final int OS_VERSION = 705;
  static final int OS_PATCH_LEVEL = 706;
  static final int APPLICATION_ID = 709;
  static final int VENDOR_PATCH_LEVEL = 718;
  static final int BOOT_PATCH_LEVEL = 719;

  private static final int MOST = 100;

  Tagged {
    values = Map.copyOf(values);
  }

  static Tagged of(ASN1Encodable list) {
    var sequence = ASN1Sequence.getInstance(list);
    if (sequence.size() > MOST) throw new IllegalArgumentException("too many authorizations");
    var values = new TreeMap<Integer, ASN1Encodable>();
    for (var element : sequence) {
      var tagged = ASN1TaggedObject.getContextInstance(element);
      if (values.put(tagged.getTagNo(), tagged.getExplicitBaseObject()) != null)
        throw new IllegalArgumentException("an authorization that is given twice");
    }
    return new Tagged(values);
  }

  Optional<ASN1Encodable> value(int tag) {
    return Optional.ofNullable(values.get(tag));
  }

  /// Whether this, which has no value, is granted.
  boolean granted(int tag) {
    return value(tag).map(ASN1Null::getInstance).isPresent();
  }
}
