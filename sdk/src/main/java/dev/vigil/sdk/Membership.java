// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk;

import dev.vigil.sdk.port.Transport;
import java.net.URI;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What enrolment gave this device: its name, its certificate, whom to trust and where the gateway
/// is.
record Membership(
    String device, List<X509Certificate> chain, List<X509Certificate> anchors, URI gateway) {

  private static final int MOST_CERTIFICATES = 10;

  /// Reads what the issuer answered or the store kept; the form is the same.
  static Membership of(Json json) throws Halt {
    var device =
        json.text("device_id").orElseThrow(() -> Halt.unreadable("the enrolment names no device"));
    var gateway = gateway(json.textOr("gateway", ""));
    return new Membership(
        device,
        certificates(json, "certificate_chain"),
        certificates(json, "trust_anchors"),
        gateway);
  }

  private static URI gateway(String text) throws Halt {
    try {
      var uri = URI.create(text);
      if ("https".equals(uri.getScheme())
          && uri.getHost() != null
          && uri.getRawUserInfo() == null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw Halt.unreadable("the gateway's address is malformed");
    }
    throw Halt.unreadable("the gateway's address is not an https address");
  }

  private static List<X509Certificate> certificates(Json json, String name) throws Halt {
    var texts = json.texts(name);
    if (texts.isEmpty() || texts.size() > MOST_CERTIFICATES) {
      throw Halt.unreadable(
          "`" + name + "` does not hold 1 to " + MOST_CERTIFICATES + " certificates");
    }
    var certificates = new ArrayList<X509Certificate>();
    for (var text : texts) {
      try {
        certificates.add(Certificates.fromBase64(text));
      } catch (CertificateException e) {
        throw Halt.unreadable("`" + name + "` holds something that is no certificate");
      }
    }
    return List.copyOf(certificates);
  }

  /// Refuses a certificate that is not for our key, or that its own anchors would not accept.
  Membership checked(ECPublicKey key, Instant now) throws Halt {
    if (!isFor(key)) {
      throw Halt.untrusted("the certificate received is for another key");
    }
    if (!Certificates.leadsTo(chain, anchors, now)) {
      throw Halt.untrusted("the certificate received does not lead to the trust anchors received");
    }
    return this;
  }

  /// Whether this is the enrolment of this key.
  boolean isFor(ECPublicKey key) {
    return Arrays.equals(certificate().getPublicKey().getEncoded(), key.getEncoded());
  }

  X509Certificate certificate() {
    return chain.get(0);
  }

  Transport.Address address() {
    return new Transport.Address(
        gateway.getHost(), gateway.getPort() < 0 ? 443 : gateway.getPort());
  }

  Map<String, Object> write() {
    var members = new LinkedHashMap<String, Object>();
    members.put("device_id", device);
    members.put("certificate_chain", chain.stream().map(Certificates::toBase64).toList());
    members.put("trust_anchors", anchors.stream().map(Certificates::toBase64).toList());
    members.put("gateway", gateway.toString());
    return members;
  }
}
