// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.rule;

import dev.vigil.kernel.AppId;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/// An app as a policy declares it.
///
/// @param sensitivity one of the values of `app.sensitivity`; empty if it does not say
/// @param host the name under which phones reach it; empty if it does not say
/// @param upstream where it is; empty if it does not say
public record DeclaredApp(
    AppId id,
    Optional<String> sensitivity,
    Set<String> tags,
    Optional<String> host,
    Optional<URI> upstream) {

  public DeclaredApp {
    tags = Set.copyOf(tags);
  }
}
