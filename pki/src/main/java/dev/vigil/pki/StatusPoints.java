// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki;

import java.net.URI;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/// Where the status of a branch's certificates is told, for verifiers other than Vigil.
///
/// @param revocationList a CRL (RFC 5280 section 4.2.1.13)
/// @param responder an OCSP responder (RFC 6960)
/// @param issuer the intermediate's certificate (RFC 5280 section 4.2.2.1)
public record StatusPoints(URI revocationList, URI responder, URI issuer) {

  /// Where a server with this origin tells it.
  public static StatusPoints under(URI origin, Branch branch) {
    return new StatusPoints(
        URI.create(origin + listPath(branch)),
        URI.create(origin + responderPath(branch)),
        URI.create(origin + issuerPath(branch)));
  }

  public static String listPath(Branch branch) {
    return "/pki/" + branch.label() + ".crl";
  }

  public static String responderPath(Branch branch) {
    return "/pki/" + branch.label() + "/ocsp";
  }

  public static String issuerPath(Branch branch) {
    return "/pki/" + branch.label() + ".cer";
  }

  void writeInto(CertificateWriter writer) {
    var list = new DistributionPointName(new GeneralNames(name(revocationList)));
    var access =
        new ASN1Encodable[] {
          new AccessDescription(AccessDescription.id_ad_ocsp, name(responder)),
          new AccessDescription(AccessDescription.id_ad_caIssuers, name(issuer))
        };
    writer
        .with(
            Extension.cRLDistributionPoints,
            false,
            new CRLDistPoint(new DistributionPoint[] {new DistributionPoint(list, null, null)}))
        .with(
            Extension.authorityInfoAccess,
            false,
            AuthorityInformationAccess.getInstance(new DERSequence(access)));
  }

  private static GeneralName name(URI address) {
    return new GeneralName(GeneralName.uniformResourceIdentifier, address.toString());
  }
}
