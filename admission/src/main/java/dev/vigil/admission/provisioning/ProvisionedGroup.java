// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.provisioning;

import java.time.Instant;
import java.util.Optional;

/// A group that a provider keeps. Its members are the people who have its name among their groups.
///
/// @param displayName as the provider writes it
/// @param name as policies write it; unique among all provisioned groups
public record ProvisionedGroup(
    GroupId id,
    ProviderId provider,
    Optional<String> externalId,
    String displayName,
    String name,
    Instant createdAt,
    Instant modifiedAt) {}
