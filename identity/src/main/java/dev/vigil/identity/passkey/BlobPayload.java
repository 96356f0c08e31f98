// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.passkey;

import com.nimbusds.jose.util.X509CertUtils;
import dev.vigil.kernel.Outcome;
import java.security.cert.X509Certificate;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The payload of a metadata blob (FIDO Metadata Service 3, section 3.1). Words that are new to us
/// leave something unknown and spoil nothing; an entry that makes no sense is left out.
final class BlobPayload {

  /// Reports that end the trust in a model, whenever they were made.
  private static final Set<String> GRAVE =
      Set.of(
          "REVOKED",
          "USER_VERIFICATION_BYPASS",
          "ATTESTATION_KEY_COMPROMISE",
          "USER_KEY_REMOTE_COMPROMISE",
          "USER_KEY_PHYSICAL_COMPROMISE");

  /// Reports that end a certification.
  private static final Set<String> ENDING = Set.of("NOT_FIDO_CERTIFIED", "REVOKED", "RETIRED");

  private BlobPayload() {}

  static Outcome<Models> models(SignedBlob blob) {
    try {
      var payload = blob.payload();
      long number = ((Number) required(payload, "no")).longValue();
      var nextUpdate = LocalDate.parse((String) required(payload, "nextUpdate"));
      var models = new HashMap<UUID, Model>();
      for (var entry : objects(payload.get("entries"))) put(models, entry);
      return Outcome.done(new Models(number, nextUpdate, models));
    } catch (RuntimeException e) { // casts and parses of what is not as it should be
      return Outcome.refused(MetadataRefusal.UNREADABLE);
    }
  }

  private static Object required(Map<String, Object> object, String name) {
    return Objects.requireNonNull(object.get(name), name);
  }

  private static void put(Map<UUID, Model> models, Map<String, Object> entry) {
    if (!(entry.get("aaguid") instanceof String id)) return;
    try {
      models.put(UUID.fromString(id), model(entry));
    } catch (RuntimeException e) { // one entry that makes no sense: its model stays unknown
      models.remove(UUID.fromString(id));
    }
  }

  private static Model model(Map<String, Object> entry) {
    var statement = object(entry.getOrDefault("metadataStatement", Map.of()));
    var reports = objects(entry.get("statusReports")).stream().map(Report::of).toList();
    return new Model(
        text(statement.get("description")),
        roots(statement),
        certification(reports),
        reports.stream().map(Report::status).filter(GRAVE::contains).findFirst(),
        verifies(statement));
  }

  private static List<X509Certificate> roots(Map<String, Object> statement) {
    var roots = new ArrayList<X509Certificate>();
    for (Object one : list(statement.get("attestationRootCertificates"))) {
      var der = Base64.getMimeDecoder().decode(text(one));
      Optional.ofNullable(X509CertUtils.parse(der)).ifPresent(roots::add);
    }
    return roots;
  }

  /// A status report.
  ///
  /// @param from the day it counts from; the first of all days if it does not say
  private record Report(String status, LocalDate from) {
    static Report of(Map<String, Object> report) {
      return new Report(
          text(report.get("status")),
          report.get("effectiveDate") instanceof String day ? LocalDate.parse(day) : LocalDate.MIN);
    }
  }

  /// The highest level that was reported since the last report that ended one.
  private static Optional<Certification> certification(List<Report> reports) {
    var ended =
        reports.stream()
            .filter(report -> ENDING.contains(report.status()))
            .map(Report::from)
            .max(Comparator.naturalOrder());
    return reports.stream()
        .filter(report -> ended.map(day -> report.from().isAfter(day)).orElse(true))
        .flatMap(report -> Certification.named(report.status()).stream())
        .max(Comparator.naturalOrder());
  }

  /// Several ways, or one we do not know, leave it unknown. Vendors do not agree whether methods
  /// listed together are all asked for, so they count as if any could do.
  private static Set<String> verifies(Map<String, Object> statement) {
    var ways = new ArrayList<Verification>();
    for (Object alternative : list(statement.get("userVerificationDetails"))) {
      for (var one : objects(alternative))
        ways.add(
            Verification.labelled(text(one.get("userVerificationMethod")))
                .orElse(Verification.ALL));
    }
    return Verification.only(ways);
  }

  private static String text(@Nullable Object value) {
    return value instanceof String text ? text : "";
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  private static List<Map<String, Object>> objects(@Nullable Object value) {
    return list(value).stream().map(BlobPayload::object).toList();
  }

  @SuppressWarnings("unchecked") // JSON objects have string keys
  private static Map<String, Object> object(Object value) {
    return (Map<String, Object>) value;
  }
}
