// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.provisioning;

import dev.vigil.admission.Actor;
import java.net.URI;
import java.util.Optional;

/// One request of a provider.
///
/// @param base the address that resources are below, such as `https://vigil.example/scim/v2`
/// @param ifMatch the `If-Match` header
public record Call(Provider provider, URI base, Optional<String> ifMatch) {

  Actor actor() {
    return new Actor.Provisioner(provider.id().value());
  }
}
