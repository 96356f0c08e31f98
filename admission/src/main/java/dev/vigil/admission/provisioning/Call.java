// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.provisioning;

import dev.vigil.admission.Actor;
import dev.vigil.identity.scim.ScimRefusal;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/// One request of a provider.
///
/// @param base the address that resources are below, such as `https://vigil.example/scim/v2`
/// @param ifMatch the `If-Match` header
public record Call(Provider provider, URI base, Optional<String> ifMatch) {

  Actor actor() {
    return new Actor.Provisioner(provider.id().value());
  }

  /// @throws Unfit if the provider read another version than this
  void require(Supplier<Resource> current) {
    if (ifMatch.filter(header -> !current.get().named(header)).isPresent())
      throw new Unfit(ScimRefusal.VERSION, "");
  }
}
