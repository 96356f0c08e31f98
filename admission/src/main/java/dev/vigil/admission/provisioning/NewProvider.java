// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.provisioning;

import dev.vigil.admission.administration.UserName;
import dev.vigil.identity.Population;
import java.time.Duration;
import java.util.Optional;

/// A provider to be added.
///
/// @param machine whose client certificates also prove it
/// @param tokenLife how long its first token lives
public record NewProvider(
    Provider.Kind kind,
    String name,
    Population population,
    Provider.Adoption adoption,
    Optional<UserName> machine,
    Duration tokenLife) {}
