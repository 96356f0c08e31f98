// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;

/// FIDO's own blob of 2021, at its time, under the root that every platform has.
class PublishedMetadataTest {

  private static final Instant THEN = Instant.parse("2021-11-15T12:00:00Z");
  private static final String BLOB =
      "fido-mds/webauthn4j-metadata-async/src/test/resources/integration/component/blob.jwt";

  private final Models.Signer signer = new Models.Signer(root(), "mds.fidoalliance.org");

  private static X509Certificate root() {
    try {
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      return Arrays.stream(factory.getTrustManagers())
          .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
          .filter(
              one -> one.getSubjectX500Principal().getName().contains("GlobalSign Root CA - R3"))
          .findFirst()
          .orElseThrow();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Models read() {
    return switch (Models.read(Samples.read(BLOB), signer, THEN)) {
      case Outcome.Done<Models>(Models models) -> models;
      case Outcome.Refused<Models> refused -> throw new AssertionError(refused.refusal().code());
    };
  }

  private static Model model(Models models, String id) {
    return models.known(UUID.fromString(id)).orElseThrow();
  }

  @Test
  void the_blob_is_taken_at_its_time_and_says_what_models_are() {
    var models = read();
    assertThat(models.number()).isEqualTo(9);
    assertThat(models.nextUpdate()).isEqualTo("2021-12-01");
    assertThat(models.currentAt(THEN)).isTrue();
    assertThat(models.currentAt(THEN.plusSeconds(30 * 86_400))).isFalse();
    var bio = model(models, "d41f5a69-b817-4144-a13c-9ebd6d9254d6");
    assertThat(bio.verifies()).as(bio.description()).isEqualTo(Set.of("fpt"));
    var pin = model(models, "ee882879-721c-4913-9775-3dfcce97072a");
    assertThat(pin.verifies()).as(pin.description()).isEqualTo(Set.of("pin"));
    var either = model(models, "d8522d9f-575b-4866-88a9-ba99fa02f35b");
    assertThat(either.verifies()).as(either.description()).isEmpty();
    var hello = model(models, "08987058-cadc-4b81-b6e1-30de50dcbe96");
    assertThat(hello.verifies()).as(hello.description()).isEmpty();
    assertThat(model(models, "3b1adb99-0dfe-46fd-90b8-7f7614a4de2a").certification())
        .contains(Certification.FIDO_CERTIFIED_L2);
  }

  @Test
  void it_is_refused_long_after_and_when_it_was_changed() {
    var blob = Samples.read(BLOB);
    assertThat(refusal(blob, Instant.parse("2026-11-22T12:00:00Z")))
        .isEqualTo(MetadataRefusal.CHAIN);
    int middle = blob.length() / 2;
    char other = blob.charAt(middle) == 'A' ? 'B' : 'A';
    assertThat(refusal(blob.substring(0, middle) + other + blob.substring(middle + 1), THEN))
        .isEqualTo(MetadataRefusal.SIGNATURE);
    assertThat(refusal(blob.substring(0, blob.length() - 50), THEN))
        .isEqualTo(MetadataRefusal.SIGNATURE);
  }

  private Refusal refusal(String blob, Instant at) {
    return switch (Models.read(blob, signer, at)) {
      case Outcome.Refused<Models>(Refusal refusal, String _) -> refusal;
      case Outcome.Done<Models> _ -> throw new AssertionError("taken");
    };
  }
}
