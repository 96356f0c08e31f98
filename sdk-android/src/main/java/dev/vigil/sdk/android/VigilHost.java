// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.android;

import dev.vigil.sdk.Posture;
import dev.vigil.sdk.VigilClient;

/// What the app's `Application` implements, so that jobs find the one client of the process.
public interface VigilHost {

  /// The client; the same at each call.
  VigilClient vigil();

  /// What the phone looks like now, as far as it may leave the phone.
  Posture posture();
}
