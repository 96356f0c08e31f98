// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.document;

/// Ends the reading of a document whose problem has been reported.
final class Unreadable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Unreadable() {
    super("reported already", null, false, false);
  }
}
