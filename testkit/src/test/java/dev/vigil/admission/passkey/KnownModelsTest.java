// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.util.Base64;
import dev.vigil.admission.Changes;
import dev.vigil.audit.SecurityEvent;
import dev.vigil.identity.passkey.MetadataRefusal;
import dev.vigil.identity.passkey.Models;
import dev.vigil.kernel.Outcome;
import dev.vigil.testkit.CollectedFacts;
import dev.vigil.testkit.ManualTime;
import dev.vigil.testkit.MemoryStore;
import dev.vigil.testkit.SeededEntropy;
import dev.vigil.testkit.TestCa;
import java.security.interfaces.ECPrivateKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The metadata that are in use: their number never goes back, over a restart either.
class KnownModelsTest {

  private static final String FIDO = "mds.fido.example";

  private final ManualTime time = ManualTime.atNoon();
  private final MemoryStore store = new MemoryStore(time);
  private final Changes changes =
      new Changes(store, new CollectedFacts(), time, new SeededEntropy(5));
  private final TestCa authority = TestCa.create("root");
  private final TestCa.Leaf leaf = authority.server(List.of(FIDO));

  private KnownModels started() {
    return new KnownModels(changes, new Models.Signer(authority.certificate(), FIDO));
  }

  private String blob(int number) throws Exception {
    var jws =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .x509CertChain(List.of(Base64.encode(leaf.certificate().getEncoded())))
                .build(),
            new Payload(
                "{\"no\":%d,\"nextUpdate\":\"2099-01-01\",\"entries\":[]}".formatted(number)));
    jws.sign(new ECDSASigner((ECPrivateKey) leaf.key()));
    return jws.serialize();
  }

  private List<String> events() {
    return changes.read(view -> view.eventsAfter(0, 100)).stream()
        .map(SecurityEvent::type)
        .toList();
  }

  @Test
  void the_number_goes_forward_only() throws Exception {
    var models = started();
    assertThat(models.get().number()).isZero();
    assertThat(models.take(blob(7))).isInstanceOf(Outcome.Done.class);
    assertThat(models.take(blob(6))).isEqualTo(Outcome.refused(MetadataRefusal.OLDER));
    assertThat(models.get().number()).as("the good one stays").isEqualTo(7);
    assertThat(models.take(blob(8))).isInstanceOf(Outcome.Done.class);
    assertThat(events())
        .containsExactly(
            "authenticator-metadata-accepted",
            "authenticator-metadata-refused",
            "authenticator-metadata-accepted");
  }

  @Test
  void a_restart_knows_the_last_number() throws Exception {
    assertThat(started().take(blob(7))).isInstanceOf(Outcome.Done.class);
    var again = started();
    assertThat(again.take(blob(6))).isEqualTo(Outcome.refused(MetadataRefusal.OLDER));
    assertThat(again.get()).isSameAs(Models.NONE);
    assertThat(again.take(blob(7)))
        .as("the same one, as it was kept")
        .isInstanceOf(Outcome.Done.class);
    assertThat(again.get().number()).isEqualTo(7);
  }

  @Test
  void rubbish_changes_nothing_and_leaves_an_event() throws Exception {
    var models = started();
    models.take(blob(7));
    assertThat(models.take("rubbish")).isEqualTo(Outcome.refused(MetadataRefusal.UNREADABLE));
    assertThat(models.get().number()).isEqualTo(7);
    assertThat(events()).contains("authenticator-metadata-refused");
  }
}
