// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.passkey;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What FIDO metadata say of one authenticator model (FIDO Metadata Statement 3).
///
/// @param description the vendor's name for it
/// @param roots the certificates under which it attests
/// @param certification its level now; empty if it has none or lost it
/// @param compromised the gravest report against it, such as `REVOKED`
/// @param verifies RFC 8176 values of the only way in which it can verify a person; empty if there
///   are several, or it is not known
public record Model(
    String description,
    List<X509Certificate> roots,
    Optional<Certification> certification,
    Optional<String> compromised,
    Set<String> verifies) {

  public Model {
    roots = List.copyOf(roots);
    verifies = Set.copyOf(verifies);
  }
}
