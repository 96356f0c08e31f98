// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.pki;

import dev.vigil.admission.device.Authorities;
import dev.vigil.admission.device.CertificateStatuses;
import dev.vigil.api.http.Body;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Rate;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.TimeSource;
import dev.vigil.pki.Authority;
import dev.vigil.pki.Branch;
import dev.vigil.pki.RevocationList;
import dev.vigil.pki.StatusAnswers;
import dev.vigil.pki.StatusPoints;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// What outside verifiers ask, for every [Branch]: the revocation list (RFC 5280), the status of
/// one certificate (OCSP, RFC 6960, by POST and GET), the intermediate's certificate. The gateway
/// asks none of it: it has the positive list.
public final class PkiRoutes {

  private static final Duration REUSED = Duration.ofHours(1);

  private final Doors doors;
  private final CertificateStatuses statuses;
  private final Authorities authorities;
  private final TimeSource time;
  private final Map<Branch, Made> lists = new ConcurrentHashMap<>();

  public PkiRoutes(
      Doors doors, CertificateStatuses statuses, Authorities authorities, TimeSource time) {
    this.doors = doors;
    this.statuses = statuses;
    this.authorities = authorities;
    this.time = time;
  }

  /// A list and what it was made of.
  private record Made(
      X509Certificate issuer, List<RevocationList.Entry> revoked, RevocationList list) {}

  public List<Route<?>> routes() {
    return Arrays.stream(Branch.values()).flatMap(this::routes).toList();
  }

  private Stream<Route<?>> routes(Branch branch) {
    var responder = StatusPoints.responderPath(branch);
    return Stream.of(
        Route.get(StatusPoints.listPath(branch), doors.everyone(), (_, _) -> list(branch))
            .limited(Rate.perMinute(120)),
        Route.get(StatusPoints.issuerPath(branch), doors.everyone(), (_, _) -> issuer(branch))
            .limited(Rate.perMinute(120)),
        Route.post(
                responder,
                doors.everyone(),
                Body.of("application/ocsp-request", StatusAnswers.LARGEST),
                (request, _) -> status(branch, request.body()))
            .limited(Rate.perMinute(600)),
        Route.get(
                responder + "/{request}", doors.everyone(), (request, _) -> asked(branch, request))
            .limited(Rate.perMinute(600)));
  }

  /// The list is signed anew once something was revoked, and every hour.
  private Response list(Branch branch) {
    var now = time.now();
    var authority = authorities.authority(branch);
    var revoked = statuses.revoked(branch, now);
    var made =
        Optional.ofNullable(lists.get(branch))
            .filter(one -> one.issuer.equals(authority.certificate()))
            .filter(one -> one.revoked.equals(revoked))
            .filter(one -> now.isBefore(one.list.thisUpdate().plus(REUSED)))
            .filter(one -> !now.isBefore(one.list.thisUpdate()))
            .orElseGet(() -> made(authority, revoked));
    lists.put(branch, made);
    return content("application/pkix-crl", made.list.der());
  }

  private Made made(Authority authority, List<RevocationList.Entry> revoked) {
    return new Made(
        authority.certificate(), revoked, RevocationList.of(authority, revoked, time.now()));
  }

  private Response issuer(Branch branch) {
    try {
      return content(
          "application/pkix-cert",
          Bytes.of(authorities.authority(branch).certificate().getEncoded()));
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate of ours can be encoded", e);
    }
  }

  /// RFC 6960 appendix A.1: the request in base64 as the last part of the path.
  private Response asked(Branch branch, Request request) {
    try {
      return status(branch, Bytes.of(Base64.getDecoder().decode(request.segment("request"))));
    } catch (IllegalArgumentException e) {
      return status(branch, Bytes.of(new byte[0]));
    }
  }

  private Response status(Branch branch, Bytes request) {
    var answers =
        new StatusAnswers(authorities.authority(branch), serial -> statuses.of(branch, serial));
    var answer = answers.answer(request, time.now());
    var response = content("application/ocsp-response", answer.der());
    return answer.repeatable()
        ? response.with(
            "Cache-Control",
            "max-age=" + StatusAnswers.GOOD_FOR.toSeconds() + ", public, must-revalidate")
        : response;
  }

  private static Response content(String type, Bytes bytes) {
    return new Response.Content(200, type, bytes, Map.of());
  }
}
