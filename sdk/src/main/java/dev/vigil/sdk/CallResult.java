// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk;

/// What came of calling an app.
public sealed interface CallResult permits Answer, Refused {}
