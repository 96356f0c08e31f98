// SPDX-License-Identifier: Apache-2.0
/// The Java core's ports on Android 9 (API level 28) and later: keys and attestation in hardware,
/// sealed storage, the system's browser, sockets, and what the app can see of its phone.
///
/// Start with [VigilAndroid], which puts a client together.
@NullMarked
package dev.vigil.sdk.android;

import org.jspecify.annotations.NullMarked;
