// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.federation;

import dev.vigil.identity.federation.ProviderId;
import dev.vigil.kernel.SubjectId;
import java.time.Instant;
import java.util.Optional;

/// One sign-in through a provider, so that signing out there ends what came of it here.
///
/// @param reference names it in the session's authentication
/// @param upstreamSubject the `sub` of the ID token
/// @param sid the provider's session
public record SignOn(
    String reference,
    ProviderId provider,
    String upstreamSubject,
    Optional<String> sid,
    SubjectId subject,
    Instant at) {}
