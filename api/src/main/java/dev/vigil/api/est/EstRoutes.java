// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.est;

import dev.vigil.admission.device.Authorities;
import dev.vigil.admission.device.Grants;
import dev.vigil.admission.device.Issued;
import dev.vigil.admission.device.Renewal;
import dev.vigil.api.http.Body;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Rate;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.pki.AcceptedKeys;
import dev.vigil.pki.Branch;
import dev.vigil.pki.CertificateBag;
import dev.vigil.pki.CertificateRequest;
import dev.vigil.pki.WantedKey;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// EST (RFC 7030): `cacerts`, `csrattrs`, `simpleenroll` with the secret of a right to enrol,
/// `simplereenroll` on the port that asks for the certificate itself. Content is base64 (RFC 8951).
public final class EstRoutes {

  private static final String BASE = "/.well-known/est";
  private static final int LARGEST = 2 * CertificateRequest.LARGEST;
  private static final int LONGEST_CREDENTIALS = 512;
  private static final String BASIC = "Basic ";
  private static final String CERTIFICATES = "application/pkcs7-mime; smime-type=certs-only";

  private final Doors doors;
  private final Grants grants;
  private final Renewal renewal;
  private final Published published;

  /// What devices are told to trust.
  ///
  /// @param root what the chain ends at
  public record Published(Authorities authorities, X509Certificate root) {}

  public EstRoutes(Doors doors, Grants grants, Renewal renewal, Published published) {
    this.doors = doors;
    this.grants = grants;
    this.renewal = renewal;
    this.published = published;
  }

  /// For the port of everybody.
  public List<Route<?>> routes() {
    return Stream.concat(
            mutualTls().stream(),
            Stream.of(
                Route.post(
                        BASE + "/simpleenroll",
                        doors.everyone(),
                        body(),
                        (request, _) -> enrol(request))
                    .limited(Rate.perMinute(60))))
        .toList();
  }

  /// For the port that asks for a client certificate: on the other one nobody has shown any, and
  /// renewal says so.
  public List<Route<?>> mutualTls() {
    return List.of(
        Route.get(BASE + "/cacerts", doors.everyone(), (_, _) -> authorities())
            .limited(Rate.perMinute(120)),
        Route.get(BASE + "/csrattrs", doors.everyone(), (_, _) -> wanted())
            .limited(Rate.perMinute(120)),
        Route.post(BASE + "/simplereenroll", doors.workload(), body(), this::renew)
            .limited(Rate.perMinute(60)));
  }

  private static Body body() {
    return Body.of("application/pkcs10", LARGEST);
  }

  private Response authorities() {
    var authority = published.authorities.authority(Branch.DEVICE);
    try {
      return content(
          CERTIFICATES,
          CertificateBag.of(
              List.of(
                  Bytes.of(authority.certificate().getEncoded()),
                  Bytes.of(published.root.getEncoded()))));
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate of ours can be encoded", e);
    }
  }

  private static Response wanted() {
    return content("application/csrattrs", WantedKey.DER);
  }

  private Response enrol(Request request) {
    var secret = password(request);
    if (secret.isEmpty()) return challenged(request, EstRefusal.PASSWORD_REQUIRED);
    return answer(
        request,
        csr(request).then(csr -> grants.spend(secret.get(), Grants.Protocol.EST, csr, List.of())));
  }

  /// The password of HTTP Basic authentication (RFC 7617).
  private static Optional<String> password(Request request) {
    return request
        .header("authorization")
        .filter(value -> value.regionMatches(true, 0, BASIC, 0, BASIC.length()))
        .filter(value -> value.length() <= LONGEST_CREDENTIALS)
        .flatMap(value -> decoded(value.substring(BASIC.length()).strip()))
        .map(bytes -> new String(bytes.toArray(), StandardCharsets.UTF_8))
        .filter(pair -> pair.indexOf(':') >= 0)
        .map(pair -> pair.substring(pair.indexOf(':') + 1))
        .filter(password -> !password.isEmpty());
  }

  private Response renew(Request request, Doors.Workload shown) {
    return answer(
        request,
        csr(request)
            .then(csr ->
                renewal.renew(new Renewal.Shown(shown.thumbprint(), csr, Optional.empty()))));
  }

  private static Outcome<CertificateRequest> csr(Request request) {
    var text = new String(request.body().toArray(), StandardCharsets.ISO_8859_1);
    return decoded(text.replaceAll("\\s", ""))
        .map(der -> CertificateRequest.parse(der, AcceptedKeys.ELLIPTIC_OR_RSA))
        .orElseGet(() -> Outcome.refused(EstRefusal.NOT_BASE64));
  }

  private static Optional<Bytes> decoded(String base64) {
    try {
      return Optional.of(Bytes.of(Base64.getDecoder().decode(base64)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// The certificate alone (RFC 7030 section 4.2.3).
  private Response answer(Request request, Outcome<Issued> outcome) {
    return switch (outcome) {
      case Outcome.Done<Issued>(Issued issued) ->
          content(CERTIFICATES, CertificateBag.of(List.of(issued.certificate().der())));
      case Outcome.Refused<Issued>(Refusal refusal, String detail) -> {
        doors.refused(request, refusal);
        yield Response.problem(refusal, detail);
      }
    };
  }

  /// Without content: clients that ask first without a password close the answer unread.
  private Response challenged(Request request, Refusal refusal) {
    if (request.header("authorization").isPresent()) doors.refused(request, refusal);
    return new Response.Content(
        refusal.status(),
        "",
        Bytes.of(new byte[0]),
        Map.of("WWW-Authenticate", "Basic realm=\"enrolment\", charset=\"UTF-8\""));
  }

  /// In one line, as RFC 8951 section 3.1 has it; not every client skips line breaks.
  private static Response content(String type, Bytes der) {
    var text = Base64.getEncoder().encode(der.toArray());
    return new Response.Content(
        200, type, Bytes.of(text), Map.of("Content-Transfer-Encoding", "base64"));
  }
}
