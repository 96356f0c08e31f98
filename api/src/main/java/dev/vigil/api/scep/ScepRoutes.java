// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.scep;

import dev.vigil.admission.device.Authorities;
import dev.vigil.api.http.Body;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Rate;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.pki.Branch;
import dev.vigil.pki.CertificateBag;
import dev.vigil.pki.scep.RegistrationKey;
import dev.vigil.pki.scep.ScepMessage;
import dev.vigil.pki.scep.ScepRefusal;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;

/// SCEP over HTTPS (RFC 8894 section 4). Anybody may ask: messages are signed and encrypted, and
/// the right to a certificate is inside.
public final class ScepRoutes {

  private static final String PATH = "/scep";

  /// RFC 8894 section 3.5.2. No DES3, no SHA-1, no GetNextCACert. SHA-384 is there because
  /// strongSwan 5.9.8 takes it for SHA-256.
  private static final String CAPABILITIES =
      "AES\nPOSTPKIOperation\nRenewal\nSCEPStandard\nSHA-256\nSHA-384\nSHA-512\n";

  private final Doors doors;
  private final PkiOperation operation;
  private final Published published;

  /// What devices are told to trust and encrypt to.
  ///
  /// @param root what the chain ends at
  public record Published(RegistrationKey key, Authorities authorities, X509Certificate root) {}

  public ScepRoutes(Doors doors, PkiOperation operation, Published published) {
    this.doors = doors;
    this.operation = operation;
    this.published = published;
  }

  public List<Route<?>> routes() {
    return List.of(
        Route.get(PATH, doors.everyone(), (request, _) -> get(request))
            .limited(Rate.perMinute(120)),
        Route.post(
                PATH,
                doors.everyone(),
                Body.scep(ScepMessage.LARGEST),
                (request, _) -> post(request))
            .limited(Rate.perMinute(60)));
  }

  private Response get(Request request) {
    return switch (request.query().getOrDefault("operation", "")) {
      case "GetCACaps" ->
          content("text/plain", Bytes.of(CAPABILITIES.getBytes(StandardCharsets.US_ASCII)));
      case "GetCACert" -> content("application/x-x509-ca-ra-cert", certificates());
      default -> refused(request, ScepRefusal.OPERATION);
    };
  }

  /// The registration authority's certificate, then the chain above it (RFC 8894 section 4.2.1.2).
  private Bytes certificates() {
    var authority = published.authorities.authority(Branch.DEVICE);
    return CertificateBag.of(
        List.of(
            der(published.key.certificate()), der(authority.certificate()), der(published.root)));
  }

  private Response post(Request request) {
    if (!"PKIOperation".equals(request.query().get("operation")))
      return refused(request, ScepRefusal.OPERATION);
    return switch (operation.answer(request.body())) {
      case Outcome.Done<PkiOperation.Answer>(PkiOperation.Answer answer) -> {
        answer.refused().ifPresent(refusal -> doors.refused(request, refusal));
        yield content("application/x-pki-message", answer.message());
      }
      case Outcome.Refused<PkiOperation.Answer>(Refusal refusal, String _) ->
          refused(request, refusal);
    };
  }

  private Response refused(Request request, Refusal refusal) {
    doors.refused(request, refusal);
    return Response.problem(refusal, "");
  }

  private static Response content(String type, Bytes bytes) {
    return new Response.Content(200, type, bytes, Map.of());
  }

  private static Bytes der(X509Certificate certificate) {
    try {
      return Bytes.of(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate of ours can be encoded", e);
    }
  }
}
