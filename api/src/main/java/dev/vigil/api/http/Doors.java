// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.http;

import dev.vigil.identity.oauth.ProofOfKey;
import dev.vigil.identity.oauth.Proofs;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.TimeSource;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Optional;

/// Makes the callers that routes ask for, and proves them.
public final class Doors {

  private final Proofs proofs;
  private final TimeSource time;

  public Doors(Proofs proofs, TimeSource time) {
    this.proofs = proofs;
    this.time = time;
  }

  /// Nothing was proven.
  public record Anyone() {}

  /// Holds a key: a DPoP proof for exactly this request (RFC 9449), without a token.
  public record KeyHolder(ProofOfKey proof) {}

  /// A workload that showed its certificate over mutual TLS.
  ///
  /// @param thumbprint RFC 8705 `x5t#S256`
  /// @param der the certificate
  public record Workload(Sha256 thumbprint, Bytes der) {}

  /// Everybody, the whole network.
  public Caller<Anyone> everyone() {
    return new Caller<>("everyone", _ -> Outcome.done(new Anyone()));
  }

  /// Whoever proves a key.
  public Caller<KeyHolder> keyHolder() {
    return new Caller<>("key-holder", request -> proof(request, Optional.empty()).map(KeyHolder::new));
  }

  /// A client that showed a certificate on the listener that asks for one.
  public Caller<Workload> workload() {
    return new Caller<>("workload", request -> request.certificate().map(Doors::workload).orElseGet(() -> Outcome.refused(EdgeRefusal.CERTIFICATE_REQUIRED)));
  }

  private Outcome<ProofOfKey> proof(Request request, Optional<String> token) {
    return request
        .header("dpop")
        .map(header -> proofs.verify(header, new Proofs.Expected(request.method(), request.target().toString(), token), time.now()))
        .orElseGet(() -> Outcome.refused(EdgeRefusal.PROOF_REQUIRED));
  }

  private static Outcome<Workload> workload(X509Certificate certificate) {
    try {
      byte[] der = certificate.getEncoded();
      return Outcome.done(new Workload(Sha256.of(der), Bytes.of(der)));
    } catch (CertificateEncodingException e) {
      return Outcome.refused(EdgeRefusal.CERTIFICATE_REQUIRED);
    }
  }
}
