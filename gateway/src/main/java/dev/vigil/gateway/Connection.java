// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import dev.vigil.kernel.EvidenceTier;
import dev.vigil.kernel.Sha256;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Evidence;
import dev.vigil.policy.Facts;
import dev.vigil.policy.IpAddress;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/// What is known about a client's connection once its handshake is over; it holds for every request
/// on it.
///
/// @param certificate the thumbprint of the client's certificate
/// @param serverName the name asked for by SNI, lower case
/// @param client the client's address: the connection's, or what a trusted load balancer announced
/// @param network the facts of that address
record Connection(
    Sha256 certificate,
    Optional<String> serverName,
    Protocol protocol,
    IpAddress client,
    Facts facts,
    Facts network) {

  enum Protocol {
    HTTP_1("http/1.1"),
    HTTP_2("h2");

    private final String fact;

    Protocol(String fact) {
      this.fact = fact;
    }

    String fact() {
      return fact;
    }
  }

  /// @throws SSLPeerUnverifiedException if the client sent no certificate
  static Connection of(SSLSession session, Protocol protocol, IpAddress client, Instant at)
      throws SSLPeerUnverifiedException {
    byte[] certificate;
    try {
      certificate = session.getPeerCertificates()[0].getEncoded();
    } catch (java.security.cert.CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was just decoded has its encoding", e);
    }
    var seen = new Evidence(EvidenceTier.OBSERVED, at);
    var facts =
        Facts.about(Entity.CONNECTION, "", 0)
            .put("connection.mutual_tls", true, seen)
            .put("connection.tls_version", session.getProtocol(), seen)
            .put("connection.binding", "certificate", seen)
            .build();
    return new Connection(
        Sha256.of(certificate), serverName(session), protocol, client, facts, network(client, at));
  }

  /// The facts of a client's address.
  static Facts network(IpAddress address, Instant at) {
    return Facts.about(Entity.NETWORK, "", 0)
        .put("network.address", address, new Evidence(EvidenceTier.OBSERVED, at))
        .build();
  }

  private static Optional<String> serverName(SSLSession session) {
    if (!(session instanceof ExtendedSSLSession extended)) return Optional.empty();
    for (var name : extended.getRequestedServerNames()) {
      if (name instanceof SNIHostName host)
        return Optional.of(host.getAsciiName().toLowerCase(Locale.ROOT));
    }
    return Optional.empty();
  }
}
