// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki.scep;

import dev.vigil.kernel.Bytes;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1PrintableString;
import org.bouncycastle.asn1.cms.AttributeTable;

/// The signed attributes of SCEP (RFC 8894 section 3.2.1) in a message that came.
final class ScepAttributes {

  private static final ASN1ObjectIdentifier VERISIGN =
      new ASN1ObjectIdentifier("2.16.840.1.113733.1.9");
  static final ASN1ObjectIdentifier MESSAGE_TYPE = VERISIGN.branch("2");
  static final ASN1ObjectIdentifier STATUS = VERISIGN.branch("3");
  static final ASN1ObjectIdentifier FAIL_INFO = VERISIGN.branch("4");
  static final ASN1ObjectIdentifier SENDER_NONCE = VERISIGN.branch("5");
  static final ASN1ObjectIdentifier RECIPIENT_NONCE = VERISIGN.branch("6");
  static final ASN1ObjectIdentifier TRANSACTION = VERISIGN.branch("7");
  static final ASN1ObjectIdentifier FAIL_TEXT = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.24.1");
  static final int NONCE_BYTES = 16;

  private static final int LONGEST_TRANSACTION = 255;

  private final AttributeTable table;

  ScepAttributes(AttributeTable table) {
    this.table = table;
  }

  Optional<String> messageType() {
    return text(MESSAGE_TYPE).filter(text -> text.length() <= 3);
  }

  Optional<String> transaction() {
    return text(TRANSACTION)
        .filter(text -> !text.isEmpty() && text.length() <= LONGEST_TRANSACTION);
  }

  Optional<Bytes> senderNonce() {
    return value(SENDER_NONCE)
        .filter(ASN1OctetString.class::isInstance)
        .map(one -> Bytes.of(((ASN1OctetString) one).getOctets()))
        .filter(nonce -> nonce.size() == NONCE_BYTES);
  }

  private Optional<String> text(ASN1ObjectIdentifier name) {
    return value(name)
        .filter(ASN1PrintableString.class::isInstance)
        .map(one -> ((ASN1PrintableString) one).getString());
  }

  /// The only value of an attribute that came once.
  private Optional<ASN1Encodable> value(ASN1ObjectIdentifier name) {
    var all = table.getAll(name);
    if (all.size() != 1) return Optional.empty();
    var values = org.bouncycastle.asn1.cms.Attribute.getInstance(all.get(0)).getAttrValues();
    return values.size() == 1 ? Optional.of(values.getObjectAt(0)) : Optional.empty();
  }
}
