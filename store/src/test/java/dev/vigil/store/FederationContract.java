// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import static dev.vigil.store.Scene.NOON;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.admission.Tx.Conflict;
import dev.vigil.admission.federation.FederatedIdentity;
import dev.vigil.admission.federation.SignOn;
import dev.vigil.identity.federation.ProviderId;
import dev.vigil.identity.federation.SubjectKey;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What every store keeps of accounts at other OpenID providers.
abstract class FederationContract extends ProvisioningContract {

  @Test
  void an_account_elsewhere_is_linked_to_one_person_only() {
    var alice = scene.person("alice@bank.example");
    var bob = scene.person("bob@bank.example");
    var entra = new ProviderId("entra");
    var key = new SubjectKey("tenant object");
    var link = new FederatedIdentity(entra, key, alice.id(), Set.of("staff"), NOON, NOON);
    assertThatThrownBy(() -> change(tx -> tx.federation().put(link))).isInstanceOf(Conflict.class);
    change(tx -> tx.put(alice));
    change(tx -> tx.put(bob));
    change(tx -> tx.federation().put(link));
    one(v -> v.federation().linked(entra, key)).contains(link);
    one(v -> v.federation().linked(new ProviderId("okta"), key)).isEmpty();
    one(v -> v.federation().linked(entra, new SubjectKey("tenant OBJECT"))).isEmpty();
    assertThatThrownBy(() ->
            change(tx ->
                tx.federation()
                    .put(new FederatedIdentity(entra, key, bob.id(), Set.of(), NOON, NOON))))
        .isInstanceOf(Conflict.class);
    var later = new FederatedIdentity(entra, key, alice.id(), Set.of(), NOON, NOON.plusSeconds(9));
    change(tx -> tx.federation().put(later));
    all(v -> v.federation().linksOf(alice.id())).containsExactly(later);
    all(v -> v.federation().linksOf(bob.id())).isEmpty();
    change(tx -> tx.federation().unlink(entra, key));
    one(v -> v.federation().linked(entra, key)).isEmpty();
  }

  @Test
  void a_sign_in_elsewhere_is_found_by_person_and_session_there_until_it_ends() {
    var alice = scene.person("alice@bank.example");
    var entra = new ProviderId("entra");
    var first = new SignOn("fed_1", entra, "sub", Optional.of("sid"), alice.id(), NOON);
    var second =
        new SignOn("fed_2", entra, "sub", Optional.empty(), alice.id(), NOON.plusSeconds(5));
    assertThatThrownBy(() -> change(tx -> tx.federation().put(first))).isInstanceOf(Conflict.class);
    change(tx -> tx.put(alice));
    change(tx -> tx.federation().put(first));
    change(tx -> tx.federation().put(second));
    var sub = Optional.of("sub");
    var sid = Optional.of("sid");
    all(v -> v.federation().signOns(entra, sub, Optional.empty())).containsExactly(first, second);
    all(v -> v.federation().signOns(entra, Optional.empty(), sid)).containsExactly(first);
    all(v -> v.federation().signOns(entra, Optional.of("other"), sid)).isEmpty();
    all(v -> v.federation().signOns(entra, Optional.empty(), Optional.empty())).isEmpty();
    all(v -> v.federation().signOns(new ProviderId("okta"), sub, sid)).isEmpty();
    one(v -> v.federation().signOn("fed_1")).contains(first);
    change(tx -> tx.federation().end("fed_1"));
    one(v -> v.federation().signOn("fed_1")).isEmpty();
    change(tx -> tx.federation().forget(alice.id(), NOON.plusSeconds(5)));
    one(v -> v.federation().signOn("fed_2")).contains(second);
    change(tx -> tx.federation().forget(alice.id(), NOON.plusSeconds(6)));
    one(v -> v.federation().signOn("fed_2")).isEmpty();
  }
}
