// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.language;

/// A place in a source; lines and columns count from 1, columns in code points.
public record Place(String source, int line, int column) {

  @Override
  public String toString() {
    return source + ":" + line + ":" + column;
  }
}
