// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation.play;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import dev.vigil.posture.attestation.AttestationRefusal;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a token holds (<https://developer.android.com/google/play/integrity/verdicts>). Reading
/// judges nothing. Fields that are not named here, such as recent device activity, are passed over.
///
/// @param requestPackage of the app that asked
/// @param app as it is installed; empty if Play did not look
/// @param device labels such as `MEETS_DEVICE_INTEGRITY`
/// @param appsDetected labels of other apps, such as `UNKNOWN_CAPTURING`; empty if Play did not
///   look
/// @param playProtect such as `NO_ISSUES`
/// @param testing whether the Play Console made the answer up
public record PlayVerdict(
    PlayRequest request,
    String requestPackage,
    Instant made,
    Optional<App> app,
    Set<String> device,
    Set<String> appsDetected,
    Optional<String> playProtect,
    boolean testing) {

  private static final int LARGEST = 32 * 1024;
  private static final int MOST = 32;

  /// An app as it is installed.
  ///
  /// @param recognized whether it is one that Play distributes
  /// @param signers digests of the certificates that signed it
  public record App(boolean recognized, String packageName, Set<Sha256> signers) {
    public App {
      signers = Set.copyOf(signers);
    }
  }

  public PlayVerdict {
    device = Set.copyOf(device);
    appsDetected = Set.copyOf(appsDetected);
  }

  /// The payload of a token.
  static Outcome<PlayVerdict> payload(String json) {
    return read(json, root -> root);
  }

  /// What Google's server answers to `decodeIntegrityToken`.
  public static Outcome<PlayVerdict> decoded(Bytes json) {
    var text = new String(json.toArray(), StandardCharsets.UTF_8);
    return read(text, root -> object(root, "tokenPayloadExternal"));
  }

  /// Where the payload stands in the content.
  private interface Place {
    Map<?, ?> in(Map<?, ?> root);
  }

  private static Outcome<PlayVerdict> read(String json, Place place) {
    if (json.length() > LARGEST) return Outcome.refused(AttestationRefusal.TOO_LARGE);
    try {
      return Outcome.done(of(place.in(JSONObjectUtils.parse(json))));
    } catch (ParseException | RuntimeException e) { // whatever is wrong, it is no verdict
      return Outcome.refused(AttestationRefusal.MALFORMED);
    }
  }

  private static PlayVerdict of(Map<?, ?> payload) {
    var request = object(payload, "requestDetails");
    var environment = object(payload, "environmentDetails");
    return new PlayVerdict(
        request(request),
        required(request, "requestPackageName"),
        Instant.ofEpochMilli(millis(request.get("timestampMillis"))),
        app(object(payload, "appIntegrity")),
        words(object(payload, "deviceIntegrity"), "deviceRecognitionVerdict"),
        words(object(environment, "appAccessRiskVerdict"), "appsDetected"),
        text(environment, "playProtectVerdict"),
        Boolean.TRUE.equals(object(payload, "testingDetails").get("isTestingResponse")));
  }

  /// One of both, never both.
  private static PlayRequest request(Map<?, ?> request) {
    var nonce = text(request, "nonce");
    var hash = text(request, "requestHash");
    if (nonce.isPresent() == hash.isPresent())
      throw new IllegalArgumentException("a nonce or a request hash");
    return nonce
        .<PlayRequest>map(
            value -> new PlayRequest.Nonce(Bytes.of(Base64.getUrlDecoder().decode(value))))
        .orElseGet(() -> new PlayRequest.RequestHash(hash.orElseThrow()));
  }

  private static long millis(@Nullable Object value) {
    return switch (value) {
      case Number number -> number.longValue();
      case String digits -> Long.parseLong(digits);
      case null, default -> throw new IllegalArgumentException("no time");
    };
  }

  private static Optional<App> app(Map<?, ?> app) {
    var verdict = required(app, "appRecognitionVerdict");
    if (verdict.equals("UNEVALUATED")) return Optional.empty();
    var signers =
        words(app, "certificateSha256Digest").stream()
            .map(digest -> Sha256.ofDigest(Base64.getUrlDecoder().decode(digest)))
            .collect(Collectors.toUnmodifiableSet());
    return Optional.of(
        new App(verdict.equals("PLAY_RECOGNIZED"), required(app, "packageName"), signers));
  }

  private static Map<?, ?> object(Map<?, ?> parent, String name) {
    return switch (parent.get(name)) {
      case null -> Map.of();
      case Map<?, ?> child -> child;
      default -> throw new IllegalArgumentException(name + " is no object");
    };
  }

  private static Set<String> words(Map<?, ?> parent, String name) {
    return switch (parent.get(name)) {
      case null -> Set.of();
      case List<?> list when list.size() <= MOST ->
          list.stream().map(String.class::cast).collect(Collectors.toUnmodifiableSet());
      default -> throw new IllegalArgumentException(name + " is no list");
    };
  }

  private static Optional<String> text(Map<?, ?> parent, String name) {
    return switch (parent.get(name)) {
      case null -> Optional.empty();
      case String text -> Optional.of(text);
      default -> throw new IllegalArgumentException(name + " is no text");
    };
  }

  private static String required(Map<?, ?> parent, String name) {
    return text(parent, name).orElseThrow();
  }
}
