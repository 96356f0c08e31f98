// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports;

/// Takes what an export says in a way that cannot be carried over.
@FunctionalInterface
public interface Complaints {

  /// Something for which nothing of the policy can be carried over.
  ///
  /// @param path where it stands
  void refuse(String path, String why, String next);
}
