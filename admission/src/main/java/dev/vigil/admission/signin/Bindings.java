// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.signin;

import dev.vigil.admission.TokenClaims;
import dev.vigil.admission.Work;
import dev.vigil.identity.Session;
import dev.vigil.identity.oauth.Audience;
import dev.vigil.identity.oauth.OAuthRefusal;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import dev.vigil.pki.IssuedCertificate;
import java.time.Instant;
import java.util.Optional;

/// Chooses whom an access token is for and what it is bound to: for the gateway the device's newest
/// valid certificate (RFC 8705), for the API the key (RFC 9449). Before enrolment there is only the
/// API.
final class Bindings {

  private Bindings() {}

  record Chosen(Audience audience, TokenClaims.Binding binding) {}

  /// @param wanted what was asked for; empty to take the gateway if it is possible
  static Outcome<Chosen> choose(Work work, Session.Binding binding, Optional<Audience> wanted) {
    return switch (binding) {
      case Session.Binding.Key(Sha256 key) ->
          wanted.equals(Optional.of(Audience.GATEWAY))
              ? Outcome.refused(OAuthRefusal.NOT_ENROLLED)
              : Outcome.done(api(key));
      case Session.Binding.Device(DeviceId device, Sha256 key) ->
          onDevice(newest(work, device), key, wanted);
      case Session.Binding.Certificate _, Session.Binding.Cookie _ ->
          Outcome.refused(OAuthRefusal.TARGET);
    };
  }

  private static Outcome<Chosen> onDevice(
      Optional<IssuedCertificate> certificate, Sha256 key, Optional<Audience> wanted) {
    if (wanted.equals(Optional.of(Audience.API)) || (wanted.isEmpty() && certificate.isEmpty()))
      return Outcome.done(api(key));
    return certificate
        .map(newest -> Outcome.done(gateway(newest.thumbprint())))
        .orElseGet(() -> Outcome.refused(OAuthRefusal.NO_CERTIFICATE));
  }

  private static Chosen api(Sha256 key) {
    return new Chosen(Audience.API, new TokenClaims.Binding.Key(key));
  }

  static Chosen gateway(Sha256 certificate) {
    return new Chosen(Audience.GATEWAY, new TokenClaims.Binding.Certificate(certificate));
  }

  private static Optional<IssuedCertificate> newest(Work work, DeviceId device) {
    return work.tx().certificatesOf(device).stream()
        .filter(certificate -> valid(certificate, work.now()))
        .reduce((_, later) -> later);
  }

  static boolean valid(IssuedCertificate certificate, Instant now) {
    return certificate.countsAt(now);
  }
}
