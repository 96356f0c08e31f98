// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation;

import dev.vigil.kernel.Outcome;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.OtherName;

/// A TPM's attestation key, by its certificate (WebAuthn Level 3, section 8.3.1; TCG EK Credential
/// Profile, section 3.2.9). Other than that section the subject may have a name: authorities of
/// organisations write one.
///
/// @param identifiers `tpm_manufacturer` (such as `id:49424D00`), `tpm_model`, `tpm_version` and,
///   where the issuer wrote one, `permanent_identifier` (RFC 4043)
record AttestationKey(PublicKey key, Map<String, String> identifiers) {

  private static final String AK_CERTIFICATE = "2.23.133.8.3";
  private static final String ALTERNATIVE_NAMES = "2.5.29.17";
  private static final ASN1ObjectIdentifier PERMANENT_IDENTIFIER =
      new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.3");
  private static final Map<String, String> OF_THE_TPM =
      Map.of(
          "2.23.133.2.1", "tpm_manufacturer",
          "2.23.133.2.2", "tpm_model",
          "2.23.133.2.3", "tpm_version");

  AttestationKey {
    identifiers = Map.copyOf(identifiers);
  }

  static Outcome<AttestationKey> read(Chain chain) {
    if (!isForAttestation(chain.leaf())) return wrong("it is no attestation key's");
    var names = chain.extension(ALTERNATIVE_NAMES).flatMap(AttestationKey::names);
    var manufacturer = names.map(found -> found.getOrDefault("tpm_manufacturer", "")).orElse("");
    if (names.isEmpty() || !manufacturer.matches("id:[0-9A-Fa-f]{8}"))
      return wrong("it names no maker of the TPM");
    return Outcome.done(new AttestationKey(chain.leaf().getPublicKey(), names.get()));
  }

  private static Outcome<AttestationKey> wrong(String why) {
    return Outcome.refused(
        AttestationRefusal.CHAIN_BROKEN, "of the attestation key's certificate: " + why);
  }

  private static boolean isForAttestation(X509Certificate certificate) {
    try {
      var uses = Optional.ofNullable(certificate.getExtendedKeyUsage()).orElse(List.of());
      return certificate.getVersion() == 3
          && certificate.getBasicConstraints() < 0
          && uses.contains(AK_CERTIFICATE);
    } catch (CertificateParsingException e) {
      return false;
    }
  }

  /// Empty if they cannot be read.
  private static Optional<Map<String, String>> names(byte[] extension) {
    try {
      var found = new HashMap<String, String>();
      for (GeneralName name : GeneralNames.getInstance(extension).getNames()) {
        if (name.getTagNo() == GeneralName.directoryName)
          collect(X500Name.getInstance(name.getName()), found);
        if (name.getTagNo() == GeneralName.otherName)
          permanent(OtherName.getInstance(name.getName()))
              .ifPresent(value -> found.put("permanent_identifier", value));
      }
      return Optional.of(found);
    } catch (IllegalArgumentException | IllegalStateException e) {
      return Optional.empty();
    }
  }

  private static void collect(X500Name name, Map<String, String> found) {
    for (var relative : name.getRDNs())
      for (AttributeTypeAndValue one : relative.getTypesAndValues())
        Optional.ofNullable(OF_THE_TPM.get(one.getType().getId()))
            .flatMap(label -> text(one.getValue()).map(value -> Map.entry(label, value)))
            .ifPresent(entry -> found.put(entry.getKey(), entry.getValue()));
  }

  /// RFC 4043, section 2: the value comes first; one without a value names nothing here.
  private static Optional<String> permanent(OtherName name) {
    if (!name.getTypeID().equals(PERMANENT_IDENTIFIER)) return Optional.empty();
    var parts = ASN1Sequence.getInstance(name.getValue());
    if (parts.size() == 0 || !(parts.getObjectAt(0) instanceof ASN1UTF8String))
      return Optional.empty();
    return text(parts.getObjectAt(0));
  }

  /// Printable ASCII of reasonable length.
  private static Optional<String> text(ASN1Encodable value) {
    return value instanceof ASN1String string && string.getString().matches("[!-~ ]{1,128}")
        ? Optional.of(string.getString())
        : Optional.empty();
  }
}
