// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk;

/// What came of signing in, enrolling, renewing or reporting.
public sealed interface ActResult permits Done, Refused {}
