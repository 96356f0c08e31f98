// SPDX-License-Identifier: Apache-2.0
package dev.vigil.access;

/// Where answers to other enforcement points are recorded before they go out. A port; any number of
/// threads may append.
@FunctionalInterface
public interface AdviceRecords {

  /// Records an answer. False if there is no room, and then the answer is no.
  boolean append(Question question, Advice advice);
}
