// SPDX-License-Identifier: Apache-2.0
/// Devices: enrol a phone once for its key, renew its certificate, take its reports, register
/// partners' machines and workloads, and take trust away again.
///
/// Start with [Enrolment]; then [Renewal], [PostureReports], [Partners], [Revocation].
@NullMarked
package dev.vigil.admission.device;

import org.jspecify.annotations.NullMarked;
