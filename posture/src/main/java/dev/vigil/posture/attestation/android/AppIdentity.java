// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation.android;

import dev.vigil.kernel.Sha256;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Sequence;

/// The app that made the key, as Android says (`AttestationApplicationId` of the schema). The
/// secure hardware signs it, but only the system knows whether it is true.
///
/// @param packages more than one if apps share a user id
/// @param signers digests of the certificates that signed them
record AppIdentity(List<String> packages, Set<Sha256> signers) {

  private static final int LONGEST_NAME = 1024;

  AppIdentity {
    packages = List.copyOf(packages);
    signers = Set.copyOf(signers);
  }

  static AppIdentity of(ASN1Encodable octets) {
    var fields = ASN1Sequence.getInstance(Asn1.octets(octets).toArray());
    if (fields.size() != 2) throw new IllegalArgumentException("an app of another form");
    return new AppIdentity(
        Arrays.stream(Asn1.elements(fields.getObjectAt(0))).map(AppIdentity::name).toList(),
        Arrays.stream(Asn1.elements(fields.getObjectAt(1)))
            .map(digest -> Sha256.ofDigest(Asn1.octets(digest).toArray()))
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static String name(ASN1Encodable info) {
    var fields = ASN1Sequence.getInstance(info);
    if (fields.size() != 2) throw new IllegalArgumentException("a package of another form");
    Asn1.number(fields.getObjectAt(1)); // the app's version
    var name = Asn1.utf8(Asn1.octets(fields.getObjectAt(0)));
    if (name.length() > LONGEST_NAME) throw new IllegalArgumentException("too long a name");
    return name;
  }
}
