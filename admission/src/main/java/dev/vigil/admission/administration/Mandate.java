// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import dev.vigil.admission.Actor;

/// Who asks for an administrative change, and why. Both stand in the event.
public record Mandate(Actor by, Reason reason) {}
