// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.device;

import dev.vigil.bench.Figures;
import dev.vigil.kernel.Bytes;
import dev.vigil.posture.attestation.Anchors;
import dev.vigil.posture.attestation.KnownApps;
import dev.vigil.posture.attestation.android.AndroidKeyAttestation;
import dev.vigil.posture.attestation.android.Expected;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Verifies statements, one at a time on one core: ours, and beside it the Java platform's own
/// check of the same chains, which reads the certificates as well but not what they say of the key.
final class Verifying {

  private final Stand stand;
  private final Ticker ticker;
  private final KeyPair key = Phone.pair();
  private final X509Certificate root;
  private final Instant now;
  private final AndroidKeyAttestation verifier;
  private final KnownApps apps = new KnownApps(Set.of(Phone.APP));

  Verifying(Stand stand, Ticker ticker) {
    this.stand = stand;
    this.ticker = ticker;
    this.now = stand.time().now();
    this.root = Phone.root(key, now).certificate();
    this.verifier =
        new AndroidKeyAttestation(new Anchors(List.of(), List.of(root)), Optional.empty());
  }

  private record Sent(List<Bytes> chain, Bytes challenge) {}

  private interface Check {
    void check(Sent sent) throws GeneralSecurityException;
  }

  Map<String, Object> measure(int count) throws GeneralSecurityException {
    ticker.begin("making statements");
    var all = new ArrayList<Sent>();
    int warmUp = count / 2;
    int turns = warmUp + count;
    // Each is verified once: the Java platform remembers certificates that it has read, and whether
    // they were signed well.
    for (int i = 0; i < 2 * turns; i++) {
      var challenge = Bytes.of(stand.entropy().bytes(32));
      all.add(new Sent(Phone.make().attest(key, challenge, now), challenge));
      ticker.done(i, 2 * turns);
    }
    // In turns, so that both are as warm and as disturbed.
    ticker.begin("verifying statements");
    var ours = new ArrayList<Double>();
    var peer = new ArrayList<Double>();
    for (int i = 0; i < turns; i++) {
      double mine = micros(all.get(i), this::vigil);
      double its = micros(all.get(turns + i), this::platform);
      if (i >= warmUp) {
        ours.add(mine);
        peer.add(its);
      }
      ticker.done(i, turns);
    }
    var figures = json(ours);
    figures.put("peer", "the Java platform's PKIX check of the same chains");
    json(peer).forEach((name, value) -> figures.put("peer_" + name, value));
    return figures;
  }

  private double micros(Sent sent, Check check) throws GeneralSecurityException {
    long began = stand.time().nanos();
    check.check(sent);
    return (stand.time().nanos() - began) / 1e3;
  }

  private void vigil(Sent sent) {
    Stand.done(
        verifier.verify(sent.chain, new Expected(sent.challenge, Optional.empty(), apps), now));
  }

  private void platform(Sent sent) throws GeneralSecurityException {
    var factory = CertificateFactory.getInstance("X.509");
    var chain = new ArrayList<X509Certificate>();
    for (var one : sent.chain.subList(0, sent.chain.size() - 1))
      chain.add(
          (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(one.toArray())));
    var parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(now));
    CertPathValidator.getInstance("PKIX").validate(factory.generateCertPath(chain), parameters);
  }

  private static Map<String, Object> json(List<Double> micros) {
    var times = new Figures(micros);
    double mean = micros.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    var all = new LinkedHashMap<String, Object>();
    all.put("p50_us", Math.round(times.median()));
    all.put("p99_us", Math.round(times.share(0.99)));
    all.put("per_second_per_core", Math.round(1e6 / mean));
    return all;
  }
}
