// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki;

import dev.vigil.kernel.Entropy;
import dev.vigil.pki.CertificateWriter.Subject;
import java.net.InetAddress;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;

/// The organisation's own certificates: a root, an intermediate for each [Branch], and the
/// server's.
public final class Hierarchy {

  private static final Pattern DNS =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*");
  private static final Pattern NUMERIC = Pattern.compile("[0-9.]+|[0-9a-f:.]*:[0-9a-f:.]*");

  /// `id-kp-cmcRA` (RFC 6402 section 2.10).
  private static final String REGISTRATION_PURPOSE = "1.3.6.1.5.5.7.3.28";

  private final Entropy entropy;

  public Hierarchy(Entropy entropy) {
    this.entropy = entropy;
  }

  /// A root that may issue intermediates and servers, not intermediates of intermediates.
  public X509Certificate root(SigningKey key, String organisation, Validity validity) {
    var name =
        new X500NameBuilder()
            .addRDN(BCStyle.O, organisation)
            .addRDN(BCStyle.CN, "Vigil root")
            .build();
    return CertificateWriter.selfSigned(key, Subject.of(name, key.publicKey(), validity, entropy))
        .with(Extension.basicConstraints, true, new BasicConstraints(1))
        .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
        .sign();
  }

  /// An intermediate that may issue client certificates with names of its branch, and nothing else.
  public X509Certificate intermediate(
      Issuer root, Branch branch, PublicKey key, Validity validity) {
    var name =
        new X500NameBuilder().addRDN(BCStyle.CN, "Vigil " + branch.label() + " authority").build();
    var permitted = new GeneralSubtree(new GeneralName(unit(branch).build()));
    return CertificateWriter.issuedBy(
            root, Subject.of(name, key, validity.endingBy(root.notAfter()), entropy))
        .with(Extension.basicConstraints, true, new BasicConstraints(0))
        .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
        .with(
            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth))
        .with(
            Extension.nameConstraints,
            true,
            new NameConstraints(new GeneralSubtree[] {permitted}, null))
        .sign();
  }

  /// A certificate for the registration authority of SCEP (RFC 8894 section 3.3): it signs answers
  /// and is encrypted to, and is no client's.
  public X509Certificate registration(Issuer devices, PublicKey key, Validity validity) {
    var name = unit(Branch.DEVICE).addRDN(BCStyle.CN, "Vigil registration authority").build();
    return CertificateWriter.issuedBy(
            devices, Subject.of(name, key, validity.endingBy(devices.notAfter()), entropy))
        .with(Extension.basicConstraints, true, new BasicConstraints(false))
        .with(
            Extension.keyUsage,
            true,
            new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment))
        .with(
            Extension.extendedKeyUsage,
            false,
            new ExtendedKeyUsage(
                KeyPurposeId.getInstance(new ASN1ObjectIdentifier(REGISTRATION_PURPOSE))))
        .sign();
  }

  /// The beginning of every name of a branch.
  static X500NameBuilder unit(Branch branch) {
    return new X500NameBuilder().addRDN(BCStyle.OU, branch.label());
  }

  /// A server's certificate.
  ///
  /// @param hosts host names in lower case and address literals, at least one
  /// @throws IllegalArgumentException if a host is neither
  public X509Certificate server(Issuer root, PublicKey key, List<String> hosts, Validity validity) {
    if (hosts.isEmpty()) throw new IllegalArgumentException("a server has at least one name");
    var names = hosts.stream().map(Hierarchy::hostName).toArray(GeneralName[]::new);
    var subject = new X500Name(BCStyle.INSTANCE, "CN=Vigil server");
    return CertificateWriter.issuedBy(
            root, Subject.of(subject, key, validity.endingBy(root.notAfter()), entropy))
        .with(Extension.basicConstraints, true, new BasicConstraints(false))
        .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
        .with(
            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
        .with(Extension.subjectAlternativeName, false, new GeneralNames(names))
        .sign();
  }

  private static GeneralName hostName(String host) {
    if (NUMERIC.matcher(host).matches()) return new GeneralName(GeneralName.iPAddress, host);
    String plain = host.startsWith("*.") ? host.substring(2) : host;
    if (!DNS.matcher(plain).matches())
      throw new IllegalArgumentException("`" + host + "` is no host name or address");
    return new GeneralName(GeneralName.dNSName, host);
  }

  /// The host names and addresses that a server's certificate names; empty if it names none or
  /// cannot be read.
  public static Set<String> hostsOf(X509Certificate certificate) {
    try {
      var names = certificate.getSubjectAlternativeNames();
      if (names == null) return Set.of();
      return names.stream()
          .map(name -> canonical(String.valueOf(name.get(1))))
          .collect(Collectors.toUnmodifiableSet());
    } catch (CertificateParsingException e) {
      return Set.of();
    }
  }

  /// An address in its one spelling, a host name as it is.
  public static String canonical(String host) {
    return NUMERIC.matcher(host).matches() ? InetAddress.ofLiteral(host).getHostAddress() : host;
  }

  /// A certificate that only carries the public half of a key beside it, such as one that signs
  /// tokens; nobody trusts it.
  public X509Certificate label(SigningKey key, String purpose, Validity validity) {
    var name = new X500NameBuilder().addRDN(BCStyle.CN, purpose).build();
    return CertificateWriter.selfSigned(key, Subject.of(name, key.publicKey(), validity, entropy))
        .with(Extension.basicConstraints, true, new BasicConstraints(false))
        .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
        .sign();
  }
}
