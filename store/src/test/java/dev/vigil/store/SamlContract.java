// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.admission.SamlView;
import dev.vigil.admission.SamlView.SamlSignOn;
import dev.vigil.admission.Store;
import dev.vigil.admission.Tx;
import dev.vigil.identity.Session;
import dev.vigil.identity.saml.Assertions.NameId;
import dev.vigil.identity.saml.NameIdFormat;
import dev.vigil.identity.saml.RegisteredProvider;
import dev.vigil.identity.saml.RegisteredProvider.Attribute;
import dev.vigil.identity.saml.RegisteredProvider.Option;
import dev.vigil.identity.saml.ServiceProvider;
import dev.vigil.identity.saml.SpMetadata;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.SessionId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.assertj.core.api.ListAssert;
import org.assertj.core.api.OptionalAssert;

/// What every store keeps of SAML service providers. Run by [StoreContract].
final class SamlContract {

  private final Store store;
  private final Scene scene;

  SamlContract(Store store, Scene scene) {
    this.store = store;
    this.scene = scene;
  }

  private void change(Consumer<Tx> body) {
    store.change(tx -> {
      body.accept(tx);
      return true;
    });
  }

  private <T> OptionalAssert<T> one(Function<SamlView, Optional<T>> query) {
    Optional<T> answer = store.read(view -> query.apply(view.saml()));
    return assertThat(answer);
  }

  private <T> ListAssert<T> all(Function<SamlView, List<T>> query) {
    List<T> answer = store.read(view -> query.apply(view.saml()));
    return assertThat(answer);
  }

  static RegisteredProvider provider(String id, String entity) {
    String metadata =
        """
        <EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="%s">
          <SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
            <AssertionConsumerService index="0" Location="https://crm.example/acs"
              Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"/>
          </SPSSODescriptor>
        </EntityDescriptor>
        """
            .formatted(entity);
    var read = SpMetadata.read(Bytes.of(metadata.getBytes(StandardCharsets.UTF_8)));
    if (!(read instanceof Outcome.Done<ServiceProvider>(ServiceProvider described)))
      throw new AssertionError(read.toString());
    return new RegisteredProvider(
        id,
        "Kunden 😀",
        new AppId("crm"),
        metadata,
        described,
        NameIdFormat.EMAIL,
        Map.of("groups", Attribute.GROUPS, "urn:x y", Attribute.USER_NAME),
        Set.of(Option.UNSOLICITED));
  }

  void check() {
    var crm = provider("crm", "https://crm.example");
    var wiki = provider("wiki", "https://wiki.example");
    change(tx -> tx.saml().put(crm));
    change(tx -> tx.saml().put(wiki));
    change(tx -> tx.saml().put(crm));
    all(SamlView::providers).containsExactly(crm, wiki);
    one(v -> v.provider("crm")).contains(crm);
    one(v -> v.entity("https://wiki.example")).contains(wiki);
    one(v -> v.entity("https://WIKI.example")).isEmpty();
    assertThatThrownBy(() -> change(tx -> tx.saml().put(provider("other", "https://crm.example"))))
        .isInstanceOf(Tx.Conflict.class);
    signOns();
    change(tx -> tx.saml().removeProvider("crm"));
    one(v -> v.provider("crm")).isEmpty();
    all(v -> v.signOns("crm", "alice@bank.example")).isEmpty();
  }

  private void signOns() {
    var alice = scene.person("alice-of-saml@bank.example");
    var session = scene.session(alice, new Session.Binding.Cookie());
    change(tx -> tx.put(alice));
    change(tx -> tx.put(session));
    var name = new NameId(NameIdFormat.EMAIL, "alice@bank.example");
    var first = new SamlSignOn(session.id(), "crm", name, "_1", Scene.NOON);
    var second = new SamlSignOn(session.id(), "wiki", name, "_2", Scene.NOON);
    change(tx -> tx.saml().put(first));
    change(tx -> tx.saml().put(second));
    change(tx -> tx.saml().put(first));
    all(v -> v.signOns(session.id())).containsExactly(first, second);
    all(v -> v.signOns("crm", "alice@bank.example")).containsExactly(first);
    all(v -> v.signOns("crm", "ALICE@bank.example")).isEmpty();
    var nobody = new SamlSignOn(SessionId.random(scene), "crm", name, "_3", Scene.NOON);
    assertThatThrownBy(() -> change(tx -> tx.saml().put(nobody))).isInstanceOf(Tx.Conflict.class);
    var nowhere = new SamlSignOn(session.id(), "none", name, "_3", Scene.NOON);
    assertThatThrownBy(() -> change(tx -> tx.saml().put(nowhere))).isInstanceOf(Tx.Conflict.class);
  }
}
