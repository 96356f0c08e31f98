// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.attestation;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Secret;
import dev.vigil.posture.attestation.AttestationRefusal;
import dev.vigil.posture.attestation.play.PlayVerdict;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Has tokens of Play Integrity opened by Google
/// (<https://developer.android.com/google/play/integrity/reference/rest/v1/v1/decodeIntegrityToken>),
/// for apps that leave their tokens' keys with it. Google also spends them: one that it was shown
/// often says less. What comes back is to be judged like any verdict, by
/// [dev.vigil.posture.attestation.play.PlayIntegrity#judge].
public final class PlayIntegrityApi {

  /// Where Google answers.
  public static final URI GOOGLE = URI.create("https://playintegrity.googleapis.com");

  /// What an access token must be good for.
  public static final String SCOPE = "https://www.googleapis.com/auth/playintegrity";

  /// A package name as Android takes it; it becomes part of an address.
  private static final Pattern PACKAGE = Pattern.compile("[A-Za-z][A-Za-z0-9_.]{0,254}");

  private static final int LONGEST = 48 * 1024;
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;

  private final Sending web;
  private final URI google;
  private final Supplier<Outcome<Secret>> accessToken;
  private final Quota quota;

  /// @param accessToken for [#SCOPE]
  /// @param quota what the app may ask in a day
  public PlayIntegrityApi(
      Sending web, URI google, Supplier<Outcome<Secret>> accessToken, Quota quota) {
    this.web = web;
    this.google = google;
    this.accessToken = accessToken;
    this.quota = quota;
  }

  /// What the token holds, as Google says.
  public Outcome<PlayVerdict> decode(String packageName, String token, Instant now) {
    if (token.length() > LONGEST) return Outcome.refused(AttestationRefusal.TOO_LARGE);
    if (!PACKAGE.matcher(packageName).matches())
      return Outcome.refused(AttestationRefusal.WRONG_APP);
    return accessToken
        .get()
        .then(access ->
            quota.take(now)
                ? ask(packageName, token, access)
                : unavailable("the quota of today is used up"));
  }

  private Outcome<PlayVerdict> ask(String packageName, String token, Secret access) {
    var body = JSONObjectUtils.toJSONString(Map.of("integrity_token", token));
    var bearer = new String(access.reveal(), StandardCharsets.US_ASCII);
    var request =
        HttpRequest.newBuilder(URI.create(google + "/v1/" + packageName + ":decodeIntegrityToken"))
            .header("Authorization", "Bearer " + bearer)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return web.send(request)
        .map(PlayIntegrityApi::read)
        .orElseGet(() -> unavailable("Google does not answer"));
  }

  /// A bad request is a token that Google did not make for this app.
  private static Outcome<PlayVerdict> read(Sending.Answer answer) {
    return switch (answer.status()) {
      case OK -> PlayVerdict.decoded(answer.body());
      case BAD_REQUEST -> Outcome.refused(AttestationRefusal.MALFORMED);
      default -> unavailable("Google answered " + answer.status());
    };
  }

  private static Outcome<PlayVerdict> unavailable(String why) {
    return Outcome.refused(AttestationRefusal.VENDOR_UNREACHABLE, why);
  }
}
