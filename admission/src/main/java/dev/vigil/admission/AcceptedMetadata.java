// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import java.time.Instant;
import java.time.LocalDate;

/// The FIDO metadata blob that was used last: its number never goes back, over restarts either.
///
/// @param nextUpdate the day until which it may be relied upon
public record AcceptedMetadata(long number, LocalDate nextUpdate, Instant acceptedAt) {}
