// SPDX-License-Identifier: Apache-2.0
package dev.vigil.testkit;

import dev.vigil.admission.SamlTx;
import dev.vigil.admission.Tx;
import dev.vigil.identity.saml.RegisteredProvider;
import dev.vigil.kernel.SessionId;
import dev.vigil.testkit.MemoryState.SignOnKey;
import java.util.List;
import java.util.Optional;

/// SAML service providers and sign-ins in a [MemoryState].
final class MemorySaml implements SamlTx {

  private final MemoryView view;

  MemorySaml(MemoryView view) {
    this.view = view;
  }

  @Override
  public Optional<RegisteredProvider> provider(String id) {
    return Optional.ofNullable(view.open().providers.get(id));
  }

  @Override
  public Optional<RegisteredProvider> entity(String entityId) {
    return providers().stream()
        .filter(one -> one.described().entityId().equals(entityId))
        .findFirst();
  }

  @Override
  public List<RegisteredProvider> providers() {
    return List.copyOf(view.open().providers.values());
  }

  @Override
  public List<SamlSignOn> signOns(SessionId session) {
    return view.open().samlSignOns.values().stream()
        .filter(one -> one.session().equals(session))
        .toList();
  }

  @Override
  public List<SamlSignOn> signOns(String provider, String nameId) {
    return view.open().samlSignOns.values().stream()
        .filter(one -> one.provider().equals(provider) && one.nameId().value().equals(nameId))
        .toList();
  }

  @Override
  public void put(RegisteredProvider provider) {
    var known = entity(provider.described().entityId());
    if (known.filter(one -> !one.id().equals(provider.id())).isPresent())
      throw new Tx.Conflict("another provider has this entity ID");
    view.open().providers.put(provider.id(), provider);
  }

  @Override
  public void removeProvider(String id) {
    view.open().samlSignOns.values().removeIf(one -> one.provider().equals(id));
    view.open().providers.remove(id);
  }

  @Override
  public void put(SamlSignOn signOn) {
    if (view.session(signOn.session()).isEmpty() || provider(signOn.provider()).isEmpty())
      throw new Tx.Conflict("there is no such session or provider");
    view.open().samlSignOns.put(new SignOnKey(signOn.session(), signOn.provider()), signOn);
  }
}
