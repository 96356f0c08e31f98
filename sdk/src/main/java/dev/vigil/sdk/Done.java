// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk;

/// It is as it was asked to be.
public enum Done implements ActResult {
  /// Something was changed for it.
  CHANGED,
  /// It was so already.
  UNCHANGED
}
