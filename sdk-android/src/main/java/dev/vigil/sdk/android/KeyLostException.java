// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.android;

import java.security.GeneralSecurityException;

/// The device's key is gone for good: the phone's biometrics changed, or its screen lock was taken
/// away. What is left of it has been removed; the phone enrols anew with a new key.
public final class KeyLostException extends GeneralSecurityException {

  private static final long serialVersionUID = 1;

  KeyLostException(Throwable cause) {
    super("the device's key was invalidated by a change of the phone's locks", cause);
  }
}
