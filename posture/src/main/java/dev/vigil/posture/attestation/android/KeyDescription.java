// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation.android;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.posture.attestation.AttestationRefusal;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Sequence;

/// What the secure hardware says of a key (`KeyDescription` of the schema, extension
/// `1.3.6.1.4.1.11129.2.1.17`, versions 1 to 500). Reading judges nothing.
///
/// @param level of who says it
/// @param keyLevel of who keeps the key
/// @param software what Android says; believed of nothing that hardware could say
/// @param hardware what the secure hardware says
record KeyDescription(
    int version,
    KeyLevel level,
    KeyLevel keyLevel,
    Bytes challenge,
    Authorizations software,
    Authorizations hardware,
    Optional<RootOfTrust> boot,
    Optional<AppIdentity> app) {

  /// The extension that holds it.
  static final String EXTENSION = "1.3.6.1.4.1.11129.2.1.17";

  private static final Set<Integer> VERSIONS = Set.of(1, 2, 3, 4, 100, 200, 300, 400, 500);
  private static final int FIELDS = 8;
  private static final int LARGEST = 8 * 1024;

  /// @param der the value of the extension
  static Outcome<KeyDescription> read(Bytes der) {
    if (der.size() > LARGEST) return Outcome.refused(AttestationRefusal.TOO_LARGE);
    try {
      return Outcome.done(of(ASN1Sequence.getInstance(der.toArray())));
    } catch (RuntimeException e) { // hostile input; the ASN.1 library throws a dozen kinds
      return Outcome.refused(
          AttestationRefusal.MALFORMED, "the key description is not of a schema that is known");
    }
  }

  private static KeyDescription of(ASN1Sequence fields) {
    if (fields.size() != FIELDS) throw new IllegalArgumentException("not eight fields");
    int version = Math.toIntExact(Asn1.number(fields.getObjectAt(0)));
    if (!VERSIONS.contains(version)) throw new IllegalArgumentException("an unknown version");
    Asn1.number(fields.getObjectAt(2)); // the version of KeyMint; says nothing that is used
    Asn1.octets(fields.getObjectAt(5)); // the unique id, which only system apps get
    var software = Tagged.of(fields.getObjectAt(6));
    var hardware = Tagged.of(fields.getObjectAt(7));
    return new KeyDescription(
        version,
        Asn1.oneOf(KeyLevel.values(), KeyLevel::number, fields.getObjectAt(1)),
        Asn1.oneOf(KeyLevel.values(), KeyLevel::number, fields.getObjectAt(3)),
        Asn1.octets(fields.getObjectAt(4)),
        Authorizations.of(software),
        Authorizations.of(hardware),
        hardware
            .value(Tagged.ROOT_OF_TRUST)
            .map(root -> RootOfTrust.of(ASN1Sequence.getInstance(root))),
        software.value(Tagged.APPLICATION_ID).map(AppIdentity::of));
  }
}
