// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import static dev.vigil.store.Scene.NOON;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.admission.Tx.Conflict;
import dev.vigil.admission.provisioning.GroupId;
import dev.vigil.admission.provisioning.Provider;
import dev.vigil.admission.provisioning.ProviderId;
import dev.vigil.admission.provisioning.ProviderToken;
import dev.vigil.admission.provisioning.ProvisionedGroup;
import dev.vigil.admission.provisioning.ProvisionedUser;
import dev.vigil.identity.Population;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Sha256;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every store keeps of identity platforms that provision people.
abstract class ProvisioningContract extends EndingContract {

  private Provider provider(String name) {
    return new Provider(
        new ProviderId("prv_" + Bytes.of(scene.bytes(16))),
        Provider.Kind.ENTRA,
        name,
        Population.EMPLOYEE,
        Provider.Adoption.REFUSED,
        Optional.empty(),
        NOON);
  }

  private ProvisionedUser provisioned(
      Subject subject, Provider provider, Optional<String> external, Optional<Instant> deleted) {
    return new ProvisionedUser(
        subject.id(),
        provider.id(),
        external,
        "{\"title\":\"Müller 😀\"}",
        ProvisionedUser.Standing.WELCOME,
        NOON,
        NOON,
        deleted);
  }

  private ProvisionedGroup group(Provider provider, String name) {
    return new ProvisionedGroup(
        new GroupId("grp_" + Bytes.of(scene.bytes(16))),
        provider.id(),
        Optional.empty(),
        name,
        name,
        NOON,
        NOON);
  }

  @Test
  void providers_and_their_tokens_come_back_and_names_and_machines_are_nobody_elses() {
    var machine = scene.person("machine");
    var entra = provider("entra");
    var bound =
        new Provider(
            provider("x").id(),
            Provider.Kind.OKTA,
            "okta",
            Population.PARTNER,
            Provider.Adoption.BY_USER_NAME,
            Optional.of(machine.id()),
            NOON);
    var token =
        new ProviderToken(
            Sha256.of(new byte[] {1}), entra.id(), NOON, NOON.plusSeconds(9), Optional.of(NOON));
    change(tx -> {
      tx.put(machine);
      tx.provisioning().put(entra);
      tx.provisioning().put(bound);
      tx.provisioning().put(token);
    });
    all(v -> v.provisioning().providers()).containsExactly(entra, bound);
    one(v -> v.provisioning().provider(bound.id())).contains(bound);
    one(v -> v.provisioning().token(token.digest())).contains(token);
    all(v -> v.provisioning().tokensOf(bound.id())).isEmpty();
    assertThatThrownBy(() -> change(tx -> tx.provisioning().put(provider("entra"))))
        .isInstanceOf(Conflict.class);
    change(tx -> tx.provisioning().removeToken(token.digest()));
    all(v -> v.provisioning().tokensOf(entra.id())).isEmpty();
  }

  @Test
  void provisioned_people_and_groups_come_back_and_go_with_their_provider() {
    var entra = provider("entra");
    var alice = scene.person("alice");
    var bob = scene.person("bob");
    var kept = provisioned(alice, entra, Optional.of("ext-1"), Optional.empty());
    var gone = provisioned(bob, entra, Optional.of("ext-1"), Optional.of(NOON));
    var loans = group(entra, "loans");
    assertThatThrownBy(() -> change(tx -> tx.provisioning().put(loans)))
        .isInstanceOf(Conflict.class);
    change(tx -> {
      tx.provisioning().put(entra);
      assertThatThrownBy(() -> tx.provisioning().put(kept)).isInstanceOf(Conflict.class);
      tx.put(alice);
      tx.put(bob);
      tx.provisioning().put(kept);
      tx.provisioning().put(gone);
      tx.provisioning().put(loans);
    });
    all(v -> v.provisioning().users(entra.id())).containsExactly(kept);
    all(v -> v.provisioning().users(entra.id(), "ext-1")).containsExactly(kept);
    one(v -> v.provisioning().user(bob.id())).contains(gone);
    one(v -> v.provisioning().groupNamed("loans")).contains(loans);
    assertThatThrownBy(() -> change(tx -> tx.provisioning().put(group(entra, "loans"))))
        .isInstanceOf(Conflict.class);
    var cards = group(entra, "cards");
    change(tx -> tx.provisioning().put(cards));
    change(tx -> tx.provisioning().removeGroup(loans.id()));
    all(v -> v.provisioning().groups(entra.id())).containsExactly(cards);
    change(tx -> tx.provisioning().remove(entra.id()));
    all(v -> v.provisioning().providers()).isEmpty();
    one(v -> v.provisioning().user(alice.id())).isEmpty();
    one(v -> v.provisioning().group(cards.id())).isEmpty();
    one(v -> v.subject(alice.id())).contains(alice);
  }
}
